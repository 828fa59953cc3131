//! How numbers of things are said.

/// How many names a sentence has.
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

/// `1 schema`, `2 schemas`
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
