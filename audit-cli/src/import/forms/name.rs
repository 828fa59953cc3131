//! The action and version in a file's name: `<action>/v<N>.json`, or `<action>.json` for the first version.

use audit_core::limits::is_action;
use audit_core::schema::action_of;

use crate::store::{FOLDER, version_of};

/// Action and version, as far as the name has them. `file` has `/` between its names.
pub fn parse(file: &str) -> (Option<String>, Option<u32>) {
    let mut names = file.rsplit('/');
    let name = names.next().unwrap_or_default();
    let stem = name.strip_suffix(".json").unwrap_or(name);
    let folder = names.next();
    if let Some((version, false)) = version_of(name) {
        // Only below `schemas` a folder is an action's, whatever its name.
        let action = if names.next() == Some(FOLDER) {
            folder.and_then(action_of)
        } else {
            dotted(folder)
        };
        return (action, Some(version));
    }
    // A name with a dot is an action, even an invalid one.
    let action = Some(stem).filter(|stem| stem.contains('.'));
    (
        action.map(ToOwned::to_owned).or_else(|| dotted(folder)),
        None,
    )
}

fn dotted(folder: Option<&str>) -> Option<String> {
    folder
        .filter(|folder| is_action(folder))
        .map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names() {
        let named = |action: Option<&str>, version| (action.map(Into::into), version);
        for (file, expected) in [
            (
                "schemas/user.login/v3.json",
                named(Some("user.login"), Some(3)),
            ),
            ("user.login.json", named(Some("user.login"), None)),
            ("a.b/user.login.json", named(Some("user.login"), None)),
            ("user.login/schemas.json", named(Some("user.login"), None)),
            ("user.login/v0.json", named(Some("user.login"), None)),
            ("user.login/v3.json", named(Some("user.login"), Some(3))),
            (
                "acme/schemas/USER_REGISTERED/v3.json",
                named(Some("USER_REGISTERED"), Some(3)),
            ),
            ("answers/v3.json", named(None, Some(3))),
            ("schemas/answers/old/v3.json", named(None, Some(3))),
            (
                "schemas/agents%3Acreate/v3.json",
                named(Some("agents:create"), Some(3)),
            ),
            ("no action/v3.json", named(None, Some(3))),
            ("schemas/v3.json", named(None, Some(3))),
            ("acme/schemas/v3.json", named(None, Some(3))),
            ("schemas/schemas/v3.json", named(Some("schemas"), Some(3))),
            ("v3.json", named(None, Some(3))),
            ("User.Login.json", named(Some("User.Login"), None)),
            ("answer.json", named(None, None)),
            ("", named(None, None)),
        ] {
            assert_eq!(parse(file), expected, "{file}");
        }
    }
}
