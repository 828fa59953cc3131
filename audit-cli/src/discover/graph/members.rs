//! Where a workspace's members may be: `crates/*` takes in packages that come to stand there without a change to any manifest.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The folders with a manifest that the patterns of the workspace may mean, and perhaps some more; sorted. `None` where a pattern
/// reaches further than one would want to look.
pub fn candidates(root: &Path) -> Option<Vec<PathBuf>> {
    let manifest: Table = fs::read_to_string(root.join("Cargo.toml"))
        .ok()?
        .parse()
        .ok()?;
    let members = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("members"))
        .and_then(Value::as_array);
    let mut found = Vec::new();
    for pattern in members.into_iter().flatten() {
        let mut folders = vec![root.to_owned()];
        for name in Path::new(pattern.as_str()?) {
            let name = name.to_str()?;
            folders = match name.contains(['*', '?', '[']) {
                _ if name == "**" => return None,
                // Each of them: which ones it is is cargo's to say.
                true => folders.iter().flat_map(|folder| below(folder)).collect(),
                false => folders.iter().map(|folder| folder.join(name)).collect(),
            };
        }
        found.extend(
            folders
                .into_iter()
                .filter(|folder| folder.join("Cargo.toml").exists()),
        );
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

fn below(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|child| child.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn sees_packages_that_no_manifest_names() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let add = |name: &str| {
            fs::create_dir_all(folder.path().join(name))?;
            fs::write(folder.path().join(name).join("Cargo.toml"), "")
        };
        let of = |members: &str| {
            fs::write(
                folder.path().join("Cargo.toml"),
                format!("[workspace]\nmembers = [{members}]\n"),
            )
            .expect("written");
            let found = candidates(folder.path())?;
            let relative = |path: &PathBuf| {
                path.strip_prefix(folder.path())
                    .expect("below")
                    .display()
                    .to_string()
                    .replace('\\', "/")
            };
            Some(found.iter().map(relative).collect::<Vec<_>>())
        };
        for name in ["crates/a", "crates/deep/b", "tool"] {
            add(name)?;
        }
        fs::write(folder.path().join("crates/README.md"), "")?;
        assert_eq!(
            of("'crates/*', 'tool', 'gone'"),
            Some(vec!["crates/a".into(), "tool".into()])
        );
        assert_eq!(of("'crates/*/b'"), Some(vec!["crates/deep/b".into()]));
        add("crates/new")?;
        assert_eq!(
            of("'crates/n?w', 'crates/*'"),
            Some(vec!["crates/a".into(), "crates/new".into()])
        );
        assert_eq!(of("'crates/**'"), None);
        assert_eq!(of(""), Some(Vec::new()));
        Ok(())
    }
}
