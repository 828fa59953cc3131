//! `budget`: whether the derives still cost what they may, as a ratio to serde + schemars in the same run.

use std::io;
use std::process::ExitCode;

use compile_time::contenders::{AUDIT, SCHEMARS};

use super::build::{alternate, milliseconds};
use super::instructions::an_event;
use crate::callgrind;
use crate::cost::CPU;
use crate::subject::MODES;
use crate::table::Table;

const EVENTS: usize = 60;
const ROUNDS: usize = 3;

/// What is allowed, and why.
const FILE: &str = include_str!("../../budget.toml");

pub fn run() -> io::Result<ExitCode> {
    let costs = alternate(&[SCHEMARS, AUDIT], EVENTS, ROUNDS)?;
    let [schemars, ours] = &costs[..] else { unreachable!("one a contender") };
    let columns = ["", "serde + schemars, ms", "audit-core, ms", "×", "budget"];
    let what = format!("CPU ms an event of {EVENTS}, least of {ROUNDS} rounds");
    let mut table = Table::new("budget", &what, &columns);
    let mut over = Vec::new();
    for (index, mode) in MODES.iter().enumerate() {
        // The least of each and not a median: a build in CI mustn't fail because of what runs beside it.
        let [peer, own] = [schemars, ours].map(|costs| milliseconds(costs[index].least(CPU), EVENTS));
        let (budget, ratio) = (setting(FILE, mode)?, own / peer);
        table.row(vec![
            format!("`cargo {mode}`"),
            format!("{peer:.1}"),
            format!("{own:.1}"),
            format!("{ratio:.2}"),
            format!("{budget:.2}"),
        ]);
        if ratio > budget * (1.0 + setting(FILE, "margin")?) {
            over.push(format!("`cargo {mode}` takes {ratio:.2} times what serde + schemars take, {budget:.2} are allowed"));
        }
    }
    print!("{table}");
    if callgrind::is_there()? {
        over.extend(instructions()?);
    } else {
        eprintln!("SKIPPED: valgrind is not installed, so the instructions of `cargo check` are compared with nothing");
    }
    for line in &over {
        eprintln!("error: {line} (benches/compile-time/budget.toml)");
    }
    Ok(if over.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The same of instructions, which are stable enough for a narrow margin.
fn instructions() -> io::Result<Option<String>> {
    let ratio = an_event(&AUDIT)? / an_event(&SCHEMARS)?;
    let (budget, margin) = (setting(FILE, "check-instructions")?, setting(FILE, "instructions-margin")?);
    println!("\ninstructions of `cargo check` an event: {ratio:.2} times those of serde + schemars, {budget:.2} are allowed");
    Ok((ratio > budget * (1.0 + margin))
        .then(|| format!("`cargo check` takes {ratio:.2} times the instructions, {budget:.2} are allowed")))
}

/// The number after `name = `.
fn setting(file: &str, name: &str) -> io::Result<f64> {
    let value = file.lines().filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim() == name);
    let number = value.and_then(|(_, value)| value.trim().parse().ok());
    number.ok_or_else(|| io::Error::other(format!("budget.toml has no number `{name}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_setting() {
        for name in MODES.into_iter().chain(["margin", "check-instructions", "instructions-margin"]) {
            assert!(setting(FILE, name).is_ok_and(|number| number > 0.0), "{name}");
        }
        assert!(setting(FILE, "doc").is_err());
    }
}
