//! Text for terminals: plurals, lists that are cut, and control characters made visible.

/// Maximum number of names in a message.
const NAMED: usize = 5;

/// `user.signed_in version 1, team.created version 2 and 3 more`
pub fn named(names: &[String]) -> String {
    let more = if names.len() > NAMED {
        format!(" and {} more", names.len() - NAMED)
    } else {
        String::new()
    };
    names[..names.len().min(NAMED)].join(", ") + &more
}

/// `2 new, 0 changed, 1 removed`; the `rare` ones only where there are any.
pub fn counts(always: &[(usize, &str)], rare: &[(usize, &str)]) -> String {
    let rare = rare.iter().filter(|(count, _)| *count > 0);
    let parts = always.iter().chain(rare);
    let parts = parts.map(|(count, what)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// `1 schema`, `2 schemas`
pub fn pluralize(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The text with control characters escaped, since files may hold any.
pub fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            if steers(c) {
                c.escape_default().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect()
}

/// Controls, and the marks that turn the direction of what follows.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_would_steer_a_terminal() {
        assert_eq!(printable("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
        assert_eq!(printable("a\u{202e}b é"), "a\\u{202e}b é");
    }
}
