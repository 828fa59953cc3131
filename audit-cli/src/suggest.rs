//! Which known names a mistyped one may have meant.

/// At most this many are worth reading.
const SHOWN: usize = 3;

/// The names nearest to `wrong`, best first; those that share too little are left out.
pub fn nearest<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    within((wrong.chars().count() / 3).max(2), wrong, known)
}

/// The names that at most `limit` edits lead to, best first.
pub fn within<'n>(
    limit: usize,
    wrong: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Vec<&'n str> {
    let mut near: Vec<_> = known
        .into_iter()
        .map(|name| (distance(wrong, name), name))
        .filter(|(far, _)| *far <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(SHOWN).map(|(_, name)| name).collect()
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["user.signed_in", "user.signed_out", "team.created"];
        assert_eq!(
            nearest("user.sined_in", known),
            ["user.signed_in", "user.signed_out"]
        );
        assert!(nearest("invoice.paid", known).is_empty());
        assert!(nearest("", known).is_empty());
    }

    #[test]
    fn counts_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "é"), 1);
        assert_eq!(distance("same", "same"), 0);
    }
}
