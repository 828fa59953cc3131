//! Cargo settings of the tool's builds, which share compiled dependencies with the user's builds.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use toml::Table;

use super::settings::{Settings, dev_profile};
use super::{Core, Graph, Origin, Package};
use crate::atomic;
use crate::body::sha256;
use crate::failure::Failure;

/// Makes a folder one that backups leave out. Cargo writes it where it makes the folder itself.
const CACHE_TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# This file is a cache directory tag made by cargo-audit-schema.\n";

/// Above what cargo and people use for the number of codegen units, which only limits it.
const FIRST_NUMBER: u32 = 1000;

/// Relevant settings of the user's profile `dev`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Whether it may turn LTO on: libraries are bitcode then, without sections.
    may_have_lto: bool,
    /// The specifications of packages that have a profile of their own.
    packages: Vec<String>,
}

impl Profile {
    pub fn of(workspace_root: &Path, settings: Option<&Settings>) -> Self {
        let manifest = fs::read_to_string(workspace_root.join("Cargo.toml"))
            .ok()
            .and_then(|text| text.parse::<Table>().ok());
        let profiles = manifest.as_ref().and_then(dev_profile).into_iter();
        let profiles: Vec<_> = profiles
            .chain(settings.into_iter().flat_map(Settings::dev_profiles))
            .collect();
        let packages = profiles
            .iter()
            .filter_map(|profile| profile.get("package")?.as_table())
            .flat_map(Table::keys);
        Self {
            may_have_lto: std::env::var_os("CARGO_PROFILE_DEV_LTO").is_some()
                || profiles.iter().any(|profile| profile.contains_key("lto")),
            packages: packages.filter(|spec| *spec != "*").cloned().collect(),
        }
    }
}

impl Graph {
    /// The settings file of this workspace. Its name is a hash of its content, so no other run replaces it.
    pub fn settings_file(&self) -> Result<PathBuf, Failure> {
        let text = self.settings();
        let path = self
            .target_folder()
            .join(format!("settings-{}.toml", &sha256(&text)[..16]));
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return Ok(path);
        }
        if !self.target_directory.exists() {
            let tag = self.target_directory.join("CACHEDIR.TAG");
            atomic::replace(&tag, CACHE_TAG.as_bytes())?;
        }
        atomic::replace(&path, text.as_bytes())?;
        Ok(path)
    }

    fn settings(&self) -> String {
        let mut text = String::from("# How cargo-audit-schema builds this workspace.\n");
        if let Some(folder) = self.shared_folder() {
            // Strings of JSON are strings of TOML, and writing to a text doesn't fail.
            let _ = writeln!(text, "[build]\nbuild-dir = {}", Value::from(folder));
        }
        if self.profile.may_have_lto {
            text.push_str("[profile.dev]\nlto = \"off\"\n");
        }
        for package in self
            .packages
            .iter()
            .filter(|package| self.is_apart(package))
        {
            let spec = Value::from(self.profile.spec(package));
            let _ = writeln!(
                text,
                "[profile.dev.package.{spec}]\ncodegen-units = {}\ndebug = 0",
                FIRST_NUMBER + self.number()
            );
        }
        text
    }

    /// Where the user's builds keep what they compile, if this cargo can share it.
    fn shared_folder(&self) -> Option<&str> {
        // Braces are cargo's, for variables.
        self.build_directory
            .as_deref()?
            .to_str()
            .filter(|folder| !folder.contains(['{', '}']))
    }

    /// Whether a package is compiled apart from the user's builds: what holds events, because `AUDIT_SCHEMAS` has another value there, and what
    /// another checkout may have compiled in the same folder, as cargo doesn't tell checkouts of a workspace from each other.
    fn is_apart(&self, package: &Package) -> bool {
        let may_be_anothers = || !self.has_target_of_its_own() && package.origin >= Origin::Folder;
        package.core >= Core::Uses
            || (may_be_anothers() && package.folder.starts_with(&self.workspace_root))
    }

    /// A number that only this workspace has, by its path.
    fn number(&self) -> u32 {
        let root = self.workspace_root.as_os_str().as_encoded_bytes();
        let [first, second, third, ..] = hmac_sha256::Hash::hash(root);
        u32::from_be_bytes([0, first, second, third])
    }

    /// Whether what is compiled lies in the workspace, where other checkouts don't compile.
    fn has_target_of_its_own(&self) -> bool {
        self.build_directory
            .as_ref()
            .unwrap_or(&self.target_directory)
            .starts_with(&self.workspace_root)
            && self.target_directory.starts_with(&self.workspace_root)
    }

    /// Where this run builds: what is made in the end; and all else, where a cargo before 1.91 can't keep that elsewhere.
    pub fn target_folder(&self) -> PathBuf {
        let folder = self.target_directory.join("audit-schema");
        if self.has_target_of_its_own() {
            folder
        } else {
            folder.join(format!("{:06x}", self.number()))
        }
    }
}

impl Profile {
    /// Package id specification: the user's own if there is one, because cargo rejects two for one package.
    fn spec(&self, package: &Package) -> String {
        let by_user = self.packages.iter().find(|spec| names(spec, package));
        by_user
            .cloned()
            .unwrap_or_else(|| format!("{}@{}", package.name, package.version))
    }
}

/// Whether a package id specification means the package: `acme`, `acme@1.2`, `file:///src/acme#1.2.3`, `file:///src#acme@1.2.3`.
fn names(spec: &str, package: &Package) -> bool {
    let (url, end) = spec.rsplit_once('#').unwrap_or(("", spec));
    let version = match end.split_once(['@', ':']) {
        Some((name, version)) if name == package.name => version,
        None if end == package.name => return true,
        None if url.rsplit('/').next() == Some(&package.name) => end,
        _ => return false,
    };
    let rest = package.version.strip_prefix(version);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '+']))
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    fn package(name: &str, core: Core) -> Package {
        Package {
            id: cargo_metadata::PackageId { repr: name.into() },
            name: name.into(),
            version: "1.2.3".into(),
            folder: format!("/work/{name}").into(),
            origin: Origin::Workspace,
            core,
            kind: Kind::Linked,
            can_reach_core: true,
            dependencies: Vec::new(),
            sources: Vec::new(),
            features: Vec::new(),
            has_features_off: false,
        }
    }

    fn graph(target: &str) -> Graph {
        Graph {
            workspace_root: "/work".into(),
            target_directory: target.into(),
            build_directory: Some(target.into()),
            packages: vec![
                package("acme", Core::Declares),
                package("tool", Core::Apart),
            ],
            ..Graph::default()
        }
    }

    #[test]
    fn what_holds_events_is_compiled_apart_and_all_else_shared() {
        let own = graph("/work/target");
        assert_eq!(own.target_folder(), Path::new("/work/target/audit-schema"));
        let settings: Table = own.settings().parse().expect("settings");
        assert_eq!(
            settings["build"]["build-dir"].as_str(),
            Some("/work/target")
        );
        let dev = dev_profile(&settings).expect("a profile");
        assert!(!dev.contains_key("lto"), "what needn't differ doesn't");
        assert_eq!(
            dev["package"]
                .as_table()
                .expect("packages")
                .keys()
                .collect::<Vec<_>>(),
            ["acme@1.2.3"]
        );

        let shared = graph("/elsewhere");
        assert!(
            shared
                .target_folder()
                .starts_with("/elsewhere/audit-schema")
                && shared.target_folder() != Path::new("/elsewhere/audit-schema")
        );
        let settings: Table = shared.settings().parse().expect("settings");
        let dev = dev_profile(&settings).expect("a profile");
        assert_eq!(dev["package"].as_table().expect("packages").len(), 2);
        let moved = Graph {
            workspace_root: "/work2".into(),
            ..graph("/elsewhere")
        };
        assert_ne!(moved.target_folder(), shared.target_folder());
    }

    #[test]
    fn packages_are_called_as_the_user_calls_them() {
        let acme = package("acme", Core::Declares);
        for spec in [
            "acme",
            "acme@1.2.3",
            "acme:1.2.3",
            "acme@1.2",
            "file:///work/acme#1.2.3",
            "path+file:///work/a#acme@1.2.3",
        ] {
            let profile = Profile {
                packages: vec!["tool".into(), spec.into()],
                ..Profile::default()
            };
            assert_eq!(profile.spec(&acme), spec);
        }
        for spec in [
            "acme2",
            "acme@1.2.30",
            "acme@2",
            "file:///work/acme#1.2.4",
            "file:///work/acme#tool@1.2.3",
        ] {
            let profile = Profile {
                packages: vec![spec.into()],
                ..Profile::default()
            };
            assert_eq!(profile.spec(&acme), "acme@1.2.3");
        }
    }
}
