//! How actions are spelt, and what their folders below `schemas/` are called: a copy of `audit-core/src/action.rs`, because a derive can't
//! depend on the crate that exports it. A test compares the two.

use std::fmt::Write;

/// Characters in an action.
pub const ACTION_CHARS: usize = 128;

/// Whether `action` is two or more lower-case segments of `[a-z0-9_]`, each beginning with a letter, joined by dots. It is its own folder's
/// name: what no file system can check out isn't one.
pub const fn is_action(action: &str) -> bool {
    let bytes = action.as_bytes();
    let (mut i, mut at_start, mut dots) = (0, true, 0);
    while i < bytes.len() {
        match bytes[i] {
            b'a'..=b'z' => at_start = false,
            b'0'..=b'9' | b'_' if !at_start => {}
            b'.' if !at_start => (at_start, dots) = (true, dots + 1),
            _ => return false,
        }
        i += 1;
    }
    dots > 0 && !at_start && bytes.len() <= ACTION_CHARS && !is_taken(bytes) && !is_device(bytes)
}

/// Whether the service may have `action`, however it is spelt: 1 to [`ACTION_CHARS`] printable ASCII characters without space, `/` and `\`; not
/// `.` and `..`, which every URL drops.
pub fn is_registered_action(action: &str) -> bool {
    (1..=ACTION_CHARS).contains(&action.len())
        && action
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'\\'))
        && !matches!(action, "." | "..")
}

/// The name of an action's folder: the action itself, percent-encoded where Windows or git takes no such name, or `schemas/` has it already.
pub fn folder_of(action: &str) -> String {
    let bytes = action.as_bytes();
    let is_free = !is_taken(bytes) && !is_device(bytes) && bytes.first() != Some(&b'.');
    let mut folder = String::with_capacity(action.len());
    for (at, letter) in action.char_indices() {
        let is_last = at + letter.len_utf8() == action.len();
        let needs_it = matches!(letter, '%' | '<' | '>' | ':' | '"' | '|' | '?' | '*')
            || (is_last && letter == '.');
        if needs_it || (at == 0 && !is_free) {
            // Writing into a `String` can't fail.
            let _ = write!(folder, "%{:02X}", u32::from(letter));
        } else {
            folder.push(letter);
        }
    }
    folder
}

/// The action whose folder has this name, if it is one's.
pub fn action_of(folder: &str) -> Option<String> {
    let mut parts = folder.split('%');
    let mut action = parts.next()?.to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        action.push(char::from(u8::from_str_radix(digits, 16).ok()?));
        action.push_str(rest);
    }
    (is_registered_action(&action) && folder_of(&action) == folder).then_some(action)
}

/// `schemas/` has files and a folder of these names.
const TAKEN: [&str; 3] = ["audit.toml", "index.txt", "registrations"];

/// What Windows takes for a device, whatever follows behind a dot. Those with a `#` have a digit from 1 there.
const DEVICES: [&str; 8] = [
    "aux", "con", "conin$", "conout$", "nul", "prn", "com#", "lpt#",
];

const fn is_taken(action: &[u8]) -> bool {
    let mut i = 0;
    while i < TAKEN.len() {
        if action.len() == TAKEN[i].len() && is_like(action, TAKEN[i].as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

const fn is_device(action: &[u8]) -> bool {
    let mut stem = 0;
    while stem < action.len() && action[stem] != b'.' {
        stem += 1;
    }
    let mut i = 0;
    while i < DEVICES.len() {
        if stem == DEVICES[i].len() && is_like(action, DEVICES[i].as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether `action` begins with `name`, in any case. It is as long at least.
const fn is_like(action: &[u8], name: &[u8]) -> bool {
    let mut i = 0;
    while i < name.len() {
        let letter = action[i].to_ascii_lowercase();
        if letter != name[i] && !(name[i] == b'#' && matches!(letter, b'1'..=b'9')) {
            return false;
        }
        i += 1;
    }
    true
}
