//! Cuts a joined list that is too long between its items.

use std::fmt::Write;

use crate::form::TextList;

/// As many whole items as fit before `…+N`, which counts the others, in at most `max` characters.
#[cold]
pub(super) fn cut<'v, M>(
    separator: &str,
    list: &'v (impl TextList<'v, M> + ?Sized),
    max: usize,
) -> String {
    let mut joined = Joined::default();
    let mut item_text = String::new();
    let mut left = 0_usize;
    list.each(&mut |item| {
        item_text.clear();
        let _ = write!(item_text, "{item}");
        if left > 0 || !joined.push(separator, &item_text, max) {
            left += 1;
        }
    });
    joined.end(left, max)
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
    fn end(mut self, mut left: usize, max: usize) -> String {
        loop {
            let rest = format!("…+{left}");
            let (bytes, chars) = self.last_end();
            if chars + rest.chars().count() <= max || self.ends.is_empty() {
                self.text.truncate(bytes);
                // A limit too small even for `…+37` keeps what fits of it.
                self.text.extend(rest.chars().take(max - chars.min(max)));
                return self.text;
            }
            self.ends.pop();
            left += 1;
        }
    }
}
