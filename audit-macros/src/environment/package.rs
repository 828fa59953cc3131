//! Which package is being compiled, and how far up its folder of schemas may lie.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use audit_rules::folder::MAX_FILE_BYTES;

use super::files;
use super::toml::{self, Entry};
use super::unit::Unit;
use super::{NoFolder, Problem};

/// A package, and where it belongs.
pub struct Package {
    /// Absolute.
    pub folder: PathBuf,
    /// The topmost folder in which schemas are looked up: the workspace's root, or the package's own folder where the package isn't one
    /// of the workspace's.
    pub root: PathBuf,
    /// Whether it lies below the root of the workspace that is built.
    pub is_local: bool,
    /// Whether its drafts are this build's business: it is one of the workspace's packages, and what is compiled may be released.
    pub needs_schemas: bool,
}

/// What [`Package::read`] finds. It is asked once however many events the package has.
static FOUND: Mutex<Option<(PathBuf, Arc<Package>)>> = Mutex::new(None);

impl Package {
    /// Reads cargo's variables, and the manifests around the package.
    pub fn read() -> Result<Arc<Self>, Problem> {
        let given =
            env::var_os("CARGO_MANIFEST_DIR").ok_or(Problem::NoPackageFolder(NoFolder::Unset))?;
        let given = PathBuf::from(given);
        let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        match &*found {
            Some((folder, package)) if *folder == given => return Ok(Arc::clone(package)),
            _ => {}
        }
        let package = Arc::new(Self::at(&given)?);
        *found = Some((given, Arc::clone(&package)));
        Ok(package)
    }

    fn at(given: &Path) -> Result<Self, Problem> {
        if given.as_os_str().is_empty() {
            return Err(Problem::NoPackageFolder(NoFolder::Empty));
        }
        let here =
            env::current_dir().map_err(|error| Problem::Unreadable(given.to_owned(), error))?;
        let folder = here.join(given);
        if !folder.is_dir() {
            return Err(Problem::NoPackageFolder(NoFolder::Absent(folder)));
        }
        let Unit {
            is_local,
            is_released,
        } = Unit::read();
        let root = Some(workspace_root(&folder, &here))
            .filter(|root| is_local && is_member(&folder, root));
        let needs_schemas = root.is_some() && is_released;
        Ok(Self {
            root: root.unwrap_or_else(|| folder.clone()),
            folder,
            is_local,
            needs_schemas,
        })
    }

    /// The folders in which schemas are looked up, from the package's upwards.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        let depth = self.root.components().count();
        self.folder
            .ancestors()
            .take_while(move |folder| folder.components().count() >= depth)
    }
}

/// The folder in which cargo runs the compiler, as one of those around the package: links may have given it another name. A foreign build
/// system may run it elsewhere.
fn workspace_root(folder: &Path, here: &Path) -> PathBuf {
    let is_here =
        |path: &&Path| *path == here || path.canonicalize().is_ok_and(|path| path == here);
    folder
        .ancestors()
        .find(is_here)
        .unwrap_or(folder)
        .to_owned()
}

/// Whether the package is one of the workspace's: what was packaged, vendored, patched in or excluded isn't, and neither is a workspace of
/// its own. A path dependency below the root is.
fn is_member(folder: &Path, root: &Path) -> bool {
    // By `cargo package` and in registries, by `cargo vendor`, by cargo in its own folders.
    let is_unpacked = ["Cargo.toml.orig", ".cargo-checksum.json", ".cargo-ok"]
        .iter()
        .any(|name| fs::symlink_metadata(folder.join(name)).is_ok());
    let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
    if is_unpacked || below.as_os_str().is_empty() {
        return !is_unpacked;
    }
    let own_folders = folder.ancestors().take(below.components().count());
    let is_table = |entry: &Entry| entry.path.first().is_some_and(|first| first == "workspace");
    if own_folders
        .filter_map(manifest)
        .any(|manifest| manifest.iter().any(is_table))
    {
        return false;
    }
    manifest(root).is_none_or(|manifest| claims(&manifest, below))
}

/// Whether the manifest of a workspace's root takes in what lies `below` it.
fn claims(manifest: &[Entry], below: &Path) -> bool {
    let strings = |path: [&'static str; 2]| {
        manifest
            .iter()
            .filter(move |entry| entry.path == path)
            .filter_map(|entry| entry.string.as_deref())
    };
    let members = || strings(["workspace", "members"]);
    let lies_in = |path: &str| below.starts_with(plain(path));
    // As in cargo: `exclude` yields to what `members` names, and to no glob.
    if strings(["workspace", "exclude"]).any(lies_in) && !members().any(lies_in) {
        return false;
    }
    let name = below.to_string_lossy().replace('\\', "/");
    if members().any(|pattern| {
        fits(
            plain(pattern)
                .to_string_lossy()
                .trim_end_matches('/')
                .as_bytes(),
            name.as_bytes(),
        )
    }) {
        return true;
    }
    let is_replaced = |entry: &&Entry| {
        matches!(
            entry.path.first().map(String::as_str),
            Some("patch" | "replace")
        ) && entry.path.last().is_some_and(|last| last == "path")
    };
    let mut replaced = manifest
        .iter()
        .filter(is_replaced)
        .filter_map(|entry| entry.string.as_deref());
    let around = below.parent().unwrap_or(Path::new(""));
    !replaced.any(lies_in) && !around.iter().any(|name| name == "vendor")
}

/// Whether a pattern of `members` means the path: `*` and `?` stand for parts of a name, `**` for any folders.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    match (pattern, path) {
        ([], []) | ([b'*', b'*'], _) => true,
        ([b'*', b'*', b'/', after @ ..], _) => {
            let next = path.iter().position(|byte| *byte == b'/');
            fits(after, path) || next.is_some_and(|slash| fits(pattern, &path[slash + 1..]))
        }
        ([b'*', after @ ..], _) if fits(after, path) => true,
        ([b'*', ..], [byte, rest @ ..]) => *byte != b'/' && fits(pattern, rest),
        ([b'?', after @ ..], [byte, rest @ ..]) => *byte != b'/' && fits(after, rest),
        ([wanted, after @ ..], [byte, rest @ ..]) => wanted == byte && fits(after, rest),
        _ => false,
    }
}

/// `./vendor/` → `vendor`
fn plain(path: &str) -> &Path {
    let path = Path::new(path);
    path.strip_prefix(".").unwrap_or(path)
}

fn manifest(folder: &Path) -> Option<Vec<Entry>> {
    let bytes = files::read(&folder.join("Cargo.toml"), MAX_FILE_BYTES).ok()??;
    Some(toml::read(&String::from_utf8_lossy(&bytes)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs, io};

    use super::{claims, is_member, toml};

    #[test]
    fn a_workspace_of_its_own_is_no_member() -> io::Result<()> {
        let root = env::temp_dir().join(format!("audit-macros-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&root))?;
            fs::write(path, text)
        };
        write("Cargo.toml", "[package]\nname = 'root'\n")?;
        write("events/Cargo.toml", "[package]\nname = 'events'\n")?;
        write("own/Cargo.toml", "[workspace]\nmembers = ['a']\n")?;
        write("own/a/Cargo.toml", "[package]\nname = 'a'\n")?;
        write("packed/Cargo.toml.orig", "")?;
        let member = |path: &str| is_member(&root.join(path), &root);
        let found = ["", "events", "own", "own/a", "packed"].map(member);
        fs::remove_dir_all(&root)?;
        assert_eq!(found, [true, true, false, false, false]);
        Ok(())
    }

    #[test]
    fn a_workspace_takes_in_what_lies_below_it_but_for_what_is_others() {
        let manifest = toml::read(
            "[workspace]\nmembers = ['crates/*', 'vendor/own', './tool', 'third/**/own', 'fork?']\n\
             exclude = ['old', 'crates/legacy', 'tool']\n\
             [patch.crates-io]\nfoo = { path = './forks/foo' }\nbar.path = 'crates/bar'\n",
        );
        let claims = |below| claims(&manifest, Path::new(below));
        for below in [
            "crates/a",
            "crates/a/b",
            "crates/bar",
            "vendor/own",
            "tool",
            "tool/a",
            "events",
            "deep/events",
            "vendor",
            "forks/bar",
        ] {
            assert!(claims(below), "{below}");
        }
        for below in ["third/own", "third/vendor/own", "third/vendor/deep/own"] {
            assert!(claims(below), "{below}");
        }
        for below in [
            "vendor/other",
            "old",
            "old/deep",
            "crates/legacy",
            "crates/legacy/a",
            "crates/bar/derive",
            "forks/foo",
            "forks/foo/derive",
            "third/vendor/foo",
        ] {
            assert!(!claims(below), "{below}");
        }
    }
}
