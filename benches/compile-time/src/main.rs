//! Compares what a build costs, with what users would write instead: `cargo run --release -p compile-time -- MEASUREMENT`.
//!
//! For each contender a crate of event types is generated in `target/compile-time` (one module a file, one use site an event: built,
//! checked where the contender can, serialized, and its schema asked for). All that the derives do is on: each of our events is compared
//! with a committed schema file. Contenders take turns; ratios are those of one round, and hold better than times. The peers are
//! dependencies of the generated crates only.

mod arguments;
mod callgrind;
mod cost;
mod measure;
mod schemas;
mod subject;
mod table;

use std::io;
use std::process::ExitCode;

use arguments::Measurement;

fn main() -> ExitCode {
    if let Some(log) = std::env::var_os(callgrind::LOG) {
        let arguments: Vec<_> = std::env::args_os().skip(1).collect();
        return ended(callgrind::rustc(&log, &arguments));
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let measurement = match arguments::parse(&arguments) {
        Ok(measurement) => measurement,
        Err(error) => {
            eprintln!("error: {error}\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    ended(run(measurement))
}

fn ended(result: io::Result<ExitCode>) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(measurement: Measurement) -> io::Result<ExitCode> {
    let table = match measurement {
        Measurement::Build { events, rounds } => measure::build::run(events, rounds)?,
        Measurement::Edit { events, rounds } => measure::edit::run(events, rounds)?,
        Measurement::Instructions => measure::instructions::run()?,
        Measurement::Linear { rounds } => measure::linear::run(rounds)?,
        Measurement::Size { small, large } => measure::size::run(small, large)?,
        Measurement::Cold { rounds } => measure::cold::run(rounds)?,
        Measurement::Budget => return measure::budget::run(),
        Measurement::CpuBudget => return measure::budget::cpu(),
    };
    print!("{table}");
    Ok(ExitCode::SUCCESS)
}
