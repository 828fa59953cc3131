//! Has the crates generated, runs cargo in alternation, and makes the table.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use compile_time::contenders::CONTENDERS;
use compile_time::generate;

const MODES: [&str; 2] = ["check", "build"];

/// CPU seconds of each measured run, by mode and contender.
type Times = Vec<Vec<Vec<f64>>>;

pub fn run(folder: &Path, events: usize, rounds: usize) -> io::Result<String> {
    for contender in CONTENDERS {
        eprintln!("preparing {}", contender.name);
        generate(&folder.join(contender.name), "[workspace]\n", "events", contender, 0..events)?;
        for mode in MODES {
            cargo(&folder.join(contender.name), mode)?;
        }
    }
    let mut times: Times = vec![vec![Vec::new(); CONTENDERS.len()]; MODES.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (index, contender) in CONTENDERS.iter().enumerate() {
            for (mode, times) in MODES.iter().zip(&mut times) {
                times[index].push(clean(&folder.join(contender.name), mode)?);
            }
        }
    }
    Ok(table(&mut times, events))
}

/// The crate alone, with nothing of it cached.
fn clean(folder: &Path, mode: &str) -> io::Result<f64> {
    let incremental = folder.join("target/debug/incremental");
    if incremental.exists() {
        fs::remove_dir_all(incremental)?;
    }
    let root = folder.join("src/lib.rs");
    fs::write(&root, fs::read(&root)?)?;
    let before = children_seconds();
    cargo(folder, mode)?;
    Ok(children_seconds() - before)
}

fn cargo(folder: &Path, mode: &str) -> io::Result<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([mode, "--quiet"]).arg("--target-dir").arg(folder.join("target")).current_dir(folder).stdin(Stdio::null());
    if cargo.status()?.success() { Ok(()) } else { Err(io::Error::other(format!("cargo {mode} failed in {}", folder.display()))) }
}

/// User and system time of all processes that have been waited for.
fn children_seconds() -> f64 {
    // SAFETY: `getrusage` fills the whole structure, which is plain numbers and may be zero before.
    let usage = unsafe {
        let mut usage = std::mem::zeroed::<libc::rusage>();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    #[expect(clippy::cast_precision_loss, reason = "seconds and microseconds of one benchmark")]
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn table(times: &mut Times, events: usize) -> String {
    let mut table = format!("{events} events; CPU ms an event, medians; × serde + schemars; × serde + schemars + bon + garde\n\n");
    table += "| contender | check | × | × | build | × | × |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n";
    let medians: Vec<Vec<f64>> = times.iter_mut().map(|of_mode| of_mode.iter_mut().map(|times| median(times)).collect()).collect();
    let position = |name: &str| CONTENDERS.iter().position(|contender| contender.name == name).unwrap_or_default();
    let (schemars, stack) = (position("serde-schemars"), position("serde-schemars-bon-garde"));
    for (index, contender) in CONTENDERS.iter().enumerate() {
        let _ = write!(table, "| {} |", contender.name);
        for of_mode in &medians {
            #[expect(clippy::cast_precision_loss, reason = "a number of events")]
            let milliseconds = of_mode[index] * 1e3 / events as f64;
            let ratio = |peer: usize| of_mode[index] / of_mode[peer];
            let _ = write!(table, " {milliseconds:.1} | {:.2} | {:.2} |", ratio(schemars), ratio(stack));
        }
        table.push('\n');
    }
    table
}
