//! Cuts a joined list that is too long: between its items, or within the first where not even that fits.

use std::fmt::Write;

use crate::form::TextList;

/// As many whole items as fit before `…+N`, which counts the others, in at most `max` characters. Where none does the first is cut as text
/// is, to end in `…`.
#[cold]
pub(super) fn cut<'v, M>(separator: &str, list: &'v (impl TextList<'v, M> + ?Sized), max: usize) -> String {
    let mut joined = Joined::default();
    let mut first = None;
    let mut item_text = String::new();
    let mut left = 0_usize;
    list.each(&mut |item| {
        item_text.clear();
        let _ = write!(item_text, "{item}");
        first.get_or_insert_with(|| item_text.clone());
        if left > 0 || !joined.push(separator, &item_text, max) {
            left += 1;
        }
    });
    joined.end(left, max, &first.unwrap_or_default())
}

/// The items that fit.
#[derive(Default)]
struct Joined {
    text: String,
    /// Where each item ends, in bytes and characters.
    ends: Vec<(usize, usize)>,
}

impl Joined {
    fn last_end(&self) -> (usize, usize) {
        self.ends.last().copied().unwrap_or_default()
    }

    /// Adds an item if it fits.
    fn push(&mut self, separator: &str, item: &str, max: usize) -> bool {
        let separator = if self.ends.is_empty() { "" } else { separator };
        let chars = self.last_end().1 + separator.chars().count() + item.chars().count();
        if chars > max {
            return false;
        }
        self.text.push_str(separator);
        self.text.push_str(item);
        self.ends.push((self.text.len(), chars));
        true
    }

    /// Ends in `…+N`, taking items away until that fits.
    fn end(mut self, mut left: usize, max: usize, first: &str) -> String {
        while let Some(&(bytes, chars)) = self.ends.last() {
            let rest = rest(left);
            if chars + rest.chars().count() <= max {
                self.text.truncate(bytes);
                return self.text + &rest;
            }
            self.ends.pop();
            left += 1;
        }
        cut_first(first, left, max)
    }
}

/// The beginning of the first item, and how many others there are. A limit too small for both keeps what fits of the number of all.
fn cut_first(first: &str, items: usize, max: usize) -> String {
    let others = if items > 1 { rest(items - 1) } else { String::new() };
    match max.checked_sub(others.chars().count() + 1) {
        Some(room) if room > 0 || items == 1 => first.chars().take(room).chain(['…']).chain(others.chars()).collect(),
        _ => rest(items).chars().take(max).collect(),
    }
}

/// So many items are left out.
fn rest(left: usize) -> String {
    format!("…+{left}")
}
