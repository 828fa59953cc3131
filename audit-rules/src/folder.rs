//! What the files and folders of a folder of schemas are called.

use std::fmt::Write;

use crate::action::{device, is_registered_action, is_reserved};

/// The folder's usual name.
pub const FOLDER: &str = "schemas";

/// The file that marks the folder, and holds its settings.
pub const CONFIG: &str = "audit.toml";

/// The list of the committed bodies.
pub const INDEX: &str = "index.txt";

/// The folder of the environments' registrations.
pub const REGISTRATIONS: &str = "registrations";

/// Bytes in a registration body: 22 metadata objects of 50 keys are about 100 KiB, which is also what the service accepts in a request.
pub const MAX_BODY_BYTES: u64 = 1 << 20;

/// Bytes in the other files: event schemas hold docs, and registrations grow with every version.
pub const MAX_FILE_BYTES: u64 = 16 << 20;

/// The name of an action's folder: the action itself, percent-encoded where Windows or git accepts no such name, or where the name is
/// reserved.
pub fn folder_of(action: &str) -> String {
    let is_free = !is_reserved(action) && device(action).is_none() && !action.starts_with('.');
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

/// The action whose folder has this name.
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

/// The name of a body's file in its action's folder: `v3.json`.
pub fn body_file(version: u32) -> String {
    format!("v{version}.json")
}

/// A body's path in the folder of schemas: `user.signed_in/v3.json`.
pub fn body_path(action: &str, version: u32) -> String {
    format!("{}/{}", folder_of(action), body_file(version))
}

/// The version of a file, and whether it is an event schema: `v3.json` is `(3, false)`, `v3.event.json` is `(3, true)`.
pub fn version_of(file: &str) -> Option<(u32, bool)> {
    let name = file.strip_prefix('v')?.strip_suffix(".json")?;
    let (digits, is_event) = name
        .strip_suffix(".event")
        .map_or((name, false), |digits| (digits, true));
    Some((declared_version(digits)?, is_event))
}

/// The action and version of a body's path.
pub fn body_of(path: &str) -> Option<(String, u32)> {
    let (folder, file) = path.split_once('/')?;
    match version_of(file)? {
        (version, false) => Some((action_of(folder)?, version)),
        _ => None,
    }
}

/// A declared version as it is written: a positive integer, not `01` or `+1`.
pub fn declared_version(digits: &str) -> Option<u32> {
    let version: u32 = digits.parse().ok()?;
    (version > 0 && digits == version.to_string()).then_some(version)
}
