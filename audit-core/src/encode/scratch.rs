//! The buffer that events are written into before their length is known: one a thread, kept between events.

use std::cell::Cell;

/// Larger buffers are given back to the allocator, so that one huge event doesn't hold memory forever.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static SCRATCH: Cell<String> = const { Cell::new(String::new()) };
}

/// The thread's buffer, empty. An event built inside another's `Display` finds none and makes its own.
pub(super) fn take() -> String {
    SCRATCH.try_with(Cell::take).unwrap_or_default()
}

pub(super) fn give_back(mut scratch: String) {
    if scratch.capacity() <= KEPT_BYTES {
        scratch.clear();
        // While the thread ends there is nothing to keep it for.
        let _ = SCRATCH.try_with(|kept| kept.set(scratch));
    }
}
