//! `cold`: the dependencies from nothing, first with an empty registry cache (they are downloaded), then with a full one.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use compile_time::contenders::{AUDIT, AUDIT_WITH_JIFF, Contender, SCHEMARS, STACK};
use compile_time::manifest;

use crate::cost::{CPU, Cost, Costs, WALL};
use crate::subject::{cargo, home, pin, remove};
use crate::table::Table;

/// A crate that has the dependencies and nothing else, with a registry cache of its own.
struct Empty {
    folder: PathBuf,
}

impl Empty {
    fn make(contender: &Contender) -> io::Result<Self> {
        let folder = home()?.join(contender.name).join("cold");
        remove(&folder)?;
        manifest(&folder, "[workspace]\n\n", "cold", contender)?;
        pin(&folder)?;
        // What isn't needed leaves the lock file, so that `--locked` holds from here on.
        Cost::of(&mut cargo(&folder, &["fetch"]))?;
        Ok(Self { folder })
    }

    fn build(&self, arguments: &[&str]) -> io::Result<Cost> {
        remove(&self.folder.join("target"))?;
        Cost::of(&mut self.cargo(&[&["build", "--locked"], arguments].concat()))
    }

    /// Cargo as a first build on a machine runs it. Ours is a path and not from the registry, so it is only then compiled like the others.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = cargo(&self.folder, arguments);
        cargo
            .env("CARGO_HOME", self.cache())
            .env("CARGO_INCREMENTAL", "0");
        cargo
    }

    fn cache(&self) -> PathBuf {
        self.folder.join("cargo-home")
    }

    /// How many crates are compiled for it.
    fn crates(&self) -> io::Result<usize> {
        let output = self
            .cargo(&[
                "tree",
                "--edges",
                "normal,build",
                "--prefix",
                "none",
                "--no-dedupe",
                "--locked",
            ])
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let names: BTreeSet<_> = text
            .lines()
            .map(|line| line.split(' ').take(2).collect::<Vec<_>>())
            .collect();
        Ok(names.len() - 1)
    }
}

pub fn run(rounds: usize) -> io::Result<Table> {
    let contenders = [SCHEMARS, STACK, AUDIT, AUDIT_WITH_JIFF];
    let crates = contenders
        .iter()
        .map(Empty::make)
        .collect::<io::Result<Vec<_>>>()?;
    let mut costs = vec![[Costs::default(), Costs::default()]; crates.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (empty, [downloaded, cached]) in crates.iter().zip(&mut costs) {
            remove(&empty.cache())?;
            downloaded.0.push(empty.build(&[])?);
            cached.0.push(empty.build(&["--offline"])?);
        }
    }
    let columns = [
        "dependencies",
        "crates",
        "empty cache, s",
        "× serde + schemars",
        "full cache, s",
        "×",
        "CPU s",
        "×",
    ];
    let mut table = Table::new(
        &format!("cold {rounds}"),
        &format!("`cargo build` from nothing, medians of {rounds} rounds"),
        &columns,
    );
    for ((contender, empty), [downloaded, cached]) in contenders.iter().zip(&crates).zip(&costs) {
        let [peer_downloaded, peer_cached] = &costs[0];
        let mut cells = vec![contender.title.to_owned(), empty.crates()?.to_string()];
        for (own, peer, unit) in [
            (downloaded, peer_downloaded, WALL),
            (cached, peer_cached, WALL),
            (cached, peer_cached, CPU),
        ] {
            cells.extend([
                format!("{:.2}", own.median(unit)),
                format!("{:.2}", own.ratio(peer, unit)),
            ]);
        }
        table.row(cells);
    }
    Ok(table)
}
