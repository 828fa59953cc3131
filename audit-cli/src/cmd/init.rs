//! `init`: makes the folder that holds the schemas.

use super::Outcome;
use crate::args::{Folder, Manifest};
use crate::atomic;
use crate::config;
use crate::console::Console;
use crate::discover::graph::workspace_root;
use crate::failure::Failure;
use crate::store::{self, Changes};

pub fn run(manifest: &Manifest, folder: &Folder, console: &Console) -> Result<Outcome, Failure> {
    let root = match &folder.schemas {
        Some(given) => given.clone(),
        None => workspace_root(manifest, console)?.join(store::FOLDER),
    };
    let shown = super::relative(&root.join(store::CONFIG));
    let made = config::create(&root)?;
    if made {
        // Builds that found no folder depend on the workspace's manifest.
        atomic::touch(&store::parent_dir(&root).join("Cargo.toml"));
    }
    let store = config::store(&root)?;
    if store.index.is_none() {
        let (store, _lock) = store.locked(console)?;
        store.apply(&Changes::default(), store.committed(), console)?;
    }
    Ok(Outcome::ok(if made {
        format!("made {shown}: `cargo audit-schema export` writes the schemas beside it\n")
    } else {
        format!("{shown} is there already\n")
    }))
}
