//! `budget`: whether the derives still cost what they may, as a ratio to serde + schemars in the same run.

use std::io;
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::thread;

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

/// Compares the instructions of `cargo check`; where they can't be counted, CPU time.
pub fn run() -> io::Result<ExitCode> {
    if callgrind::is_there()? {
        return Ok(ended(&Vec::from_iter(instructions()?)));
    }
    eprintln!(
        "SKIPPED: valgrind is not installed, so builds are compared by their CPU time, which shows large changes alone"
    );
    cpu()
}

/// Compares CPU time.
pub fn cpu() -> io::Result<ExitCode> {
    let costs = alternate(&[SCHEMARS, AUDIT], EVENTS, ROUNDS, &MODES)?;
    let [schemars, ours] = &costs[..] else {
        unreachable!("one a contender")
    };
    let columns = ["", "serde + schemars, ms", "audit-core, ms", "×", "budget"];
    let what = format!("CPU ms an event of {EVENTS}, least of {ROUNDS} rounds");
    let mut table = Table::new("cpu-budget", &what, &columns);
    let mut over = Vec::new();
    for (index, mode) in MODES.iter().enumerate() {
        // The least of each and not a median: a build in CI mustn't fail because of what runs beside it.
        let [peer, own] =
            [schemars, ours].map(|costs| milliseconds(costs[index].least(CPU), EVENTS));
        let (budget, ratio) = (setting(FILE, mode)?, own / peer);
        over.extend(excess(
            &format!("the CPU seconds of `cargo {mode}`"),
            ratio,
            budget,
            "margin",
        )?);
        table.row(vec![
            format!("`cargo {mode}`"),
            format!("{peer:.1}"),
            format!("{own:.1}"),
            format!("{ratio:.2}"),
            format!("{budget:.2}"),
        ]);
    }
    print!("{table}");
    Ok(ended(&over))
}

fn ended(over: &[String]) -> ExitCode {
    for line in over {
        eprintln!("error: {line} (benches/compile-time/budget.toml)");
    }
    if over.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

/// What is over of instructions, which are stable enough for a narrow margin.
fn instructions() -> io::Result<Option<String>> {
    // Each has a target folder of its own.
    let (ours, schemars) = thread::scope(|scope| {
        let schemars = scope.spawn(|| an_event(&SCHEMARS));
        (an_event(&AUDIT), schemars.join())
    });
    let schemars = schemars.unwrap_or_else(|panic| resume_unwind(panic));
    let ratio = ours? / schemars?;
    let budget = setting(FILE, "check-instructions")?;
    println!(
        "instructions of `cargo check` an event: {ratio:.2} times those of serde + schemars, {budget:.2} are allowed"
    );
    excess(
        "the instructions of `cargo check`",
        ratio,
        budget,
        "instructions-margin",
    )
}

/// What is wrong where a ratio is further above its budget than the margin of this name allows.
fn excess(what: &str, ratio: f64, budget: f64, margin: &str) -> io::Result<Option<String>> {
    let is_over = ratio > budget * (1.0 + setting(FILE, margin)?);
    Ok(is_over.then(|| {
        format!("{what} are {ratio:.2} times those of serde + schemars, {budget:.2} are allowed")
    }))
}

/// The number after `name = `.
fn setting(file: &str, name: &str) -> io::Result<f64> {
    let value = file
        .lines()
        .filter_map(|line| line.split_once('='))
        .find(|(key, _)| key.trim() == name);
    let number = value.and_then(|(_, value)| value.trim().parse().ok());
    number.ok_or_else(|| io::Error::other(format!("budget.toml has no number `{name}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_may_end_as_far_above_as_the_margin_says() {
        let margin = setting(FILE, "margin").expect("in the file");
        let excess =
            |ratio| excess("both", ratio, 2.0, "margin").expect("the margin is in the file");
        assert_eq!(excess(1.99 * (1.0 + margin)), None);
        assert_eq!(
            excess(4.0).as_deref(),
            Some("both are 4.00 times those of serde + schemars, 2.00 are allowed")
        );
    }

    #[test]
    fn the_file_has_every_setting() {
        for name in MODES
            .into_iter()
            .chain(["margin", "check-instructions", "instructions-margin"])
        {
            assert!(
                setting(FILE, name).is_ok_and(|number| number > 0.0),
                "{name}"
            );
        }
        assert!(setting(FILE, "doc").is_err());
    }
}
