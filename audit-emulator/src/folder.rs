//! A folder of schemas: `<action>/v<N>.json`, registered in order of N at the start.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use audit_rules::conflict;
use audit_rules::folder::{action_of, version_of};
use serde_json::Value;

use crate::clock::Millis;
use crate::error::Error;
use crate::register::register_missing;
use crate::store::Store;

/// The versions of an action, by number.
type Versions = BTreeMap<u32, PathBuf>;

/// Registers what isn't there yet.
pub fn register_all(store: &Store, folder: &Path, now: Millis) -> Result<(), Error> {
    let actions = read(folder)?;
    if actions.is_empty() {
        let message = format!("{} holds no schemas", folder.display());
        return Err(Error::new(
            message,
            "it has to hold a folder for each action, with v1.json, v2.json … in it",
        ));
    }
    store.transaction(|db| {
        for (action, versions) in &actions {
            let bodies: Result<Vec<_>, Error> = versions
                .values()
                .map(|path| Ok((path.display().to_string(), body(path)?)))
                .collect();
            register_missing(db, action, bodies?, now)?;
        }
        Ok(())
    })
}

fn read(folder: &Path) -> Result<BTreeMap<String, Versions>, Error> {
    let mut actions = BTreeMap::new();
    for (name, path) in children(folder)? {
        let Some(action) = action_of(&name).filter(|_| path.is_dir()) else {
            continue;
        };
        let versions: Versions = children(&path)?
            .into_iter()
            .filter_map(|(name, path)| match version_of(&name)? {
                (version, false) => Some((version, path)),
                _ => None,
            })
            .collect();
        if !versions.is_empty() {
            actions.insert(action, versions);
        }
    }
    Ok(actions)
}

fn children(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let failed = |error| Error::io("read the folder", folder, &error);
    let mut children = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        children.push((
            entry.file_name().to_string_lossy().into_owned(),
            entry.path(),
        ));
    }
    Ok(children)
}

fn body(path: &Path) -> Result<Value, Error> {
    let text = fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    if let Some((line, problem)) = conflict(&text) {
        let message = format!("{}:{line}:1: {problem}", path.display());
        return Err(Error::new(message, "resolve it as in any other file"));
    }
    serde_json::from_slice(&text).map_err(|error| {
        Error::new(
            format!("{}: not JSON: {error}", path.display()),
            "a registration body is a JSON object",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schemas;

    const A: &str = r#"{"targets": [{"type": "a"}]}"#;
    const B: &str = r#"{"targets": [{"type": "b"}]}"#;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn versions(store: &Store, action: &str) -> Vec<String> {
        let bodies = |db: &rusqlite::Connection| schemas::versions(db, action);
        store
            .transaction(bodies)
            .unwrap()
            .iter()
            .map(|schema| schema.body["targets"][0]["type"].to_string())
            .collect()
    }

    #[test]
    fn versions_are_registered_in_order_and_once() {
        let store = Store::open(None).unwrap();
        let folder = folder(&[
            ("a.b/v1.json", A),
            ("a.b/v2.json", B),
            ("a.b/v10.json", A),
            ("a.b/v2.event.json", "{}"),
            ("registrations/v1.json", "{}"),
            ("index.txt", ""),
        ]);
        for _ in 0..2 {
            register_all(&store, folder.path(), 0).unwrap();
            assert_eq!(versions(&store, "a.b"), [r#""a""#, r#""b""#, r#""a""#]);
        }
    }

    #[test]
    fn a_folder_s_name_is_decoded() {
        let store = Store::open(None).unwrap();
        register_all(
            &store,
            folder(&[
                ("agents%3Acreate/v1.json", A),
                ("USER_REGISTERED/v1.json", A),
                ("no action/v1.json", A),
            ])
            .path(),
            0,
        )
        .unwrap();
        for action in ["agents:create", "USER_REGISTERED"] {
            assert_eq!(versions(&store, action), [r#""a""#], "{action}");
        }
        assert!(versions(&store, "no action").is_empty());
    }

    #[test]
    fn an_edited_version_is_registered_alone() {
        let store = Store::open(None).unwrap();
        register_all(
            &store,
            folder(&[("a.b/v1.json", A), ("a.b/v2.json", B)]).path(),
            0,
        )
        .unwrap();
        let edited = folder(&[
            ("a.b/v1.json", r#"{"targets": [{"type": "c"}]}"#),
            ("a.b/v2.json", B),
        ]);
        for _ in 0..2 {
            register_all(&store, edited.path(), 0).unwrap();
            assert_eq!(versions(&store, "a.b"), [r#""a""#, r#""b""#, r#""c""#]);
        }
    }

    #[test]
    fn a_bad_file_is_named_and_nothing_is_kept() {
        let store = Store::open(None).unwrap();
        for (text, said) in [
            ("{", "not JSON"),
            (r#"{"targets": []}"#, "at least one item"),
            (
                "{\r\n=======\r\n}",
                "v1.json:2:1: a merge conflict isn't resolved: `=======`",
            ),
        ] {
            let folder = folder(&[("a.b/v1.json", A), ("c.d/v1.json", text)]);
            let error = register_all(&store, folder.path(), 0)
                .unwrap_err()
                .to_string();
            assert!(error.contains(said) && error.contains("v1.json"), "{error}");
            assert!(versions(&store, "a.b").is_empty());
        }
        let error = register_all(&store, folder(&[]).path(), 0).unwrap_err();
        assert!(error.to_string().contains("holds no schemas"), "{error}");
        assert!(
            register_all(&store, Path::new("/no/such"), 0)
                .unwrap_err()
                .message()
                .contains("/no/such")
        );
    }
}
