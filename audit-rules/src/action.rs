//! How actions are spelled.

/// Characters in an action.
pub const ACTION_CHARS: usize = 128;

/// Whether `action` is two or more lower-case segments of `[a-z0-9_]`, each beginning with a letter, joined by dots, and can name a
/// folder below `schemas/` on every file system.
pub fn is_action(action: &str) -> bool {
    action_problem(action, false).is_none()
}

/// Whether the service may have `action`, however it is spelled: 1 to [`ACTION_CHARS`] printable ASCII characters without space, `/` and
/// `\`; not `.` and `..`, which every URL drops.
pub fn is_registered_action(action: &str) -> bool {
    action_problem(action, true).is_none()
}

/// Why `action` can't be an action, or with `as_registered` one that the service has already.
pub fn action_problem(action: &str, as_registered: bool) -> Option<String> {
    if action.is_empty() {
        return Some("it is empty".into());
    }
    let is_allowed = |letter: char| {
        if as_registered {
            letter.is_ascii_graphic() && !matches!(letter, '/' | '\\')
        } else {
            matches!(letter, 'a'..='z' | '0'..='9' | '_' | '.')
        }
    };
    if let Some(letter) = action.chars().find(|letter| !is_allowed(*letter)) {
        return Some(format!("it holds {letter:?}"));
    }
    let problem = if as_registered {
        matches!(action, "." | "..").then(|| "no URL can hold it".into())
    } else {
        segment_problem(action)
    };
    if problem.is_none() && action.len() > ACTION_CHARS {
        return Some(format!(
            "it has {} characters, at most {ACTION_CHARS} are possible",
            action.len()
        ));
    }
    let folder_problem = || folder_problem(action).filter(|_| !as_registered);
    problem.or_else(folder_problem)
}

fn segment_problem(action: &str) -> Option<String> {
    let is_wrong = |segment: &&str| !segment.starts_with(|first: char| first.is_ascii_lowercase());
    match action.split('.').find(is_wrong) {
        Some("") => Some("a segment is empty".into()),
        Some(segment) => Some(format!("`{segment}` doesn't begin with a letter")),
        None => (!action.contains('.')).then(|| "it has no dot".into()),
    }
}

fn folder_problem(action: &str) -> Option<String> {
    if is_reserved(action) {
        return Some("schemas/ holds a file of that name".into());
    }
    let device = device(action)?;
    Some(format!(
        "Windows takes `{device}` for a device, whatever follows, and can't check out a folder of that name"
    ))
}

/// Whether `schemas/` has a file or a folder of this name, in any case.
pub(crate) fn is_reserved(name: &str) -> bool {
    use crate::folder::{CONFIG, INDEX, REGISTRATIONS};
    [CONFIG, INDEX, REGISTRATIONS]
        .iter()
        .any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// What Windows takes for a device in a name, whatever follows behind a dot.
pub(crate) fn device(name: &str) -> Option<&str> {
    let device = name.split('.').next()?;
    let lower = device.to_ascii_lowercase();
    let is_port = |kind| {
        let number = lower.strip_prefix(kind).map(str::as_bytes);
        matches!(number, Some([b'1'..=b'9']))
    };
    let is_device = matches!(
        lower.as_str(),
        "aux" | "con" | "conin$" | "conout$" | "nul" | "prn"
    );
    (is_device || is_port("com") || is_port("lpt")).then_some(device)
}
