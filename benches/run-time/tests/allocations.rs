//! No allocation besides the values that are owned and the one buffer; none at all into a buffer that has room.

use run_time::{allocations, contenders, input};

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

/// Allocations of one event, once the thread's own buffer has grown.
fn of(name: &str) -> u64 {
    let contender = contenders::all()
        .into_iter()
        .find(|contender| contender.name == name)
        .expect("there is such a contender");
    let (input, mut out) = (input::sample(), Vec::new());
    (contender.run)(&input, &mut out);
    let before = allocations::count();
    (contender.run)(&input, &mut out);
    allocations::count() - before
}

#[test]
fn nothing_but_values_and_one_buffer() {
    let strings = 17;
    assert_eq!([of("builder-owned"), of("literal-owned")], [strings + 1; 2]);
    assert_eq!([of("builder-borrowed"), of("literal-borrowed")], [1; 2]);
}

#[test]
fn nothing_into_a_buffer_with_room() {
    assert_eq!([of("builder-into"), of("literal-into")], [0; 2]);
}
