//! The modules of each crate lie in layers: none depends on one that depends on it, and there are few layers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The crates, each with its highest number of layers: from what depends on nothing to the commands.
const CRATES: [(&str, usize); 3] = [("audit-cli", 8), ("audit-core", 8), ("audit-emulator", 11)];

/// Each module of the crate, and those that its product code names.
type Modules = BTreeMap<String, BTreeSet<String>>;

#[test]
fn modules_lie_in_layers() {
    for (name, most) in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        let layers = layers(&folder.join("src"));
        assert!((2..=most).contains(&layers), "{name}: {layers} layers");
    }
}

/// The number of layers of a crate.
fn layers(root: &Path) -> usize {
    let mut modules = Modules::new();
    for file in files(root) {
        let below = file.strip_prefix(root).expect("a file in it");
        let module = below.iter().next().expect("a name");
        let module = Path::new(module).with_extension("");
        let module = module.to_str().expect("Unicode").to_owned();
        if !["lib", "main", "testing"].contains(&module.as_str()) {
            let text = fs::read_to_string(&file).expect("a source file");
            modules.entry(module).or_default().extend(named(&text));
        }
    }
    let layers = modules.keys().map(|name| layer(name, &modules, &[]));
    layers.max().expect("a module")
}

/// Those with product code.
fn files(folder: &Path) -> Vec<PathBuf> {
    let children = fs::read_dir(folder)
        .expect("a folder")
        .map(|child| child.expect("a child").path());
    let product = children.filter(|path| path.file_stem().is_none_or(|name| name != "tests"));
    product
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The modules that a source file names behind `crate::`, outside of its tests.
fn named(text: &str) -> BTreeSet<String> {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let code: Vec<_> = text
        .lines()
        .filter_map(|line| line.split("//").next())
        .collect();
    let code = code.concat();
    code.split("crate::").skip(1).flat_map(names).collect()
}

/// `store::Store` → `store`, `{lint, diff::{Change, Class}}` → `lint`, `diff`
fn names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![word(path)];
    };
    let (mut depth, mut names) = (0_usize, vec![word(group.trim_start())]);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(word(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|&c| c.is_alphanumeric() || c == '_')
        .collect()
}

/// The layer of a module: one above the highest that it depends on. `above` is what led here.
fn layer(name: &str, modules: &Modules, above: &[&str]) -> usize {
    assert!(
        !above.contains(&name),
        "a circle: {} → {name}",
        above.join(" → ")
    );
    let above: Vec<_> = above.iter().copied().chain([name]).collect();
    let below = modules[name]
        .iter()
        .filter(|below| *below != name && modules.contains_key(*below));
    below
        .map(|below| layer(below, modules, &above))
        .max()
        .unwrap_or(0)
        + 1
}
