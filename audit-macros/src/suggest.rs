//! Finds the word that was meant: the nearest by edit distance, if it is near.

/// The word that was probably meant: the nearest by edit distance, if it is near; else one that begins with it or that it begins with.
/// Case and separators count for nothing.
pub fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let near = ((word.chars().count() + 1) / 3).max(1);
    let plain = plain(word);
    let by_distance = known
        .clone()
        .into_iter()
        .map(|other| {
            (
                distance(&plain, &self::plain(other)),
                distance(word, other),
                other,
            )
        })
        .filter(|(distance, ..)| *distance <= near)
        .min()
        .map(|(.., other)| other);
    let begins = |other: &&str| {
        let other = self::plain(other);
        plain.len() > 2
            && (other.starts_with(&plain) || other.len() > 2 && plain.starts_with(&other))
    };
    by_distance.or_else(|| known.into_iter().find(begins))
}

fn plain(word: &str) -> String {
    word.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Insertions, removals, replacements and swaps of neighbours that lead from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_near_words_only() {
        let known = ["target", "actor", "truncate"];
        assert_eq!(did_you_mean("tagret", known), Some("target"));
        assert_eq!(did_you_mean("object", known), None);
        assert_eq!(did_you_mean("truncat", known), Some("truncate"));
        assert_eq!(did_you_mean("trunc", known), Some("truncate"));
        assert_eq!(did_you_mean("truncate_to", known), Some("truncate"));
    }

    #[test]
    fn case_and_separators_count_for_nothing() {
        let known = [
            "lowercase",
            "UPPERCASE",
            "PascalCase",
            "camelCase",
            "snake_case",
            "SCREAMING_SNAKE_CASE",
            "kebab-case",
        ];
        for (word, meant) in [
            ("snake", "snake_case"),
            ("SnakeCase", "snake_case"),
            ("kebab_case", "kebab-case"),
            ("screaming_snake_case", "SCREAMING_SNAKE_CASE"),
            ("UpperCase", "UPPERCASE"),
            ("Pascal", "PascalCase"),
        ] {
            assert_eq!(did_you_mean(word, known), Some(meant), "{word}");
        }
        assert_eq!(did_you_mean("title", known), None);
    }
}
