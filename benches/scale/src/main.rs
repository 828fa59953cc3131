//! Compares what the commands cost with the build that they need: `cargo run --release -p scale -- [EVENTS] [CRATES] [ROUNDS]`.
//!
//! A workspace of EVENTS event types in CRATES crates is generated. It is built from nothing as the tool builds it, and then cargo and each
//! command are run ROUNDS times in alternation, with nothing left to do and after a change to one crate; the table has wall-clock times.

mod measure;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<usize>().ok().filter(|number| *number > 0));
    let mut number = |default| numbers.next().unwrap_or(Some(default));
    let (Some(events), Some(crates), Some(rounds)) = (number(1000), number(20), number(5)) else {
        eprintln!("usage: scale [EVENTS] [CRATES] [ROUNDS]");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/scale");
    match measure::run(&folder, events, crates, rounds) {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
