//! The same work on many things at once, on as many threads as the machine has cores, within reason.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// More at once would hold too much in memory: what is read may be large.
const MOST: usize = 8;

/// Results of `work`, in the order of the items. `done` gets the number of finished items, on the calling thread.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize),
) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(MOST)
        .min(items.len());
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut results: Vec<(usize, R)> = Vec::with_capacity(items.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(|| {
                // Items differ in size by a factor of 100, so threads take one at a time.
                let sender = sender;
                while let Some((index, item)) = take(&next, items) {
                    if sender.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        // The threads have senders of their own; when they are through the channel closes.
        drop(sender);
        for result in receiver {
            results.push(result);
            done(results.len());
        }
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn take<'i, T>(next: &AtomicUsize, items: &'i [T]) -> Option<(usize, &'i T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, items.get(index)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_counts() {
        let items: Vec<u64> = (0..1000).collect();
        let mut counts = Vec::new();
        let doubled = map(&items, |item| item * 2, |count| counts.push(count));
        assert_eq!(
            doubled,
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
        assert_eq!(counts, (1..=1000).collect::<Vec<_>>());
        assert!(map(&[], |item: &u8| *item, |_| unreachable!()).is_empty());
    }
}
