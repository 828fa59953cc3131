//! Which known names a mistyped one may have meant.

use crate::failure::Failure;

/// At most this many are worth reading.
const SHOWN: usize = 3;

impl Failure {
    /// Adds the nearest names as help, or else `otherwise`.
    #[must_use]
    pub fn suggest<'n>(
        self,
        wrong: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: impl Into<String>,
    ) -> Self {
        let help = did_you_mean(&nearest(wrong, known));
        self.help(help.unwrap_or_else(|| otherwise.into()))
    }
}

/// `did you mean stale or lost?`
pub fn did_you_mean(near: &[impl AsRef<str>]) -> Option<String> {
    let near: Vec<_> = near.iter().map(AsRef::as_ref).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")))
}

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
        .map(|name| (strsim::levenshtein(wrong, name), name))
        .filter(|(far, _)| *far <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(SHOWN).map(|(_, name)| name).collect()
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
}
