//! Compares what a build costs: `cargo run --release -p compile-time -- [EVENTS] [ROUNDS]`.
//!
//! For each contender a crate of EVENTS event types is generated (one module a file, one use site an event: built, checked where the
//! contender can, serialized), its dependencies are built, and then the crate alone is checked and built in alternation. CPU time is that of
//! cargo and all it waited for; ratios hold better than times. The peers are dependencies of the generated crates only.

mod measure;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|argument| argument.parse::<usize>());
    let (Ok(events), Ok(rounds)) = (numbers.next().unwrap_or(Ok(100)), numbers.next().unwrap_or(Ok(3))) else {
        eprintln!("usage: compile-time [EVENTS] [ROUNDS]");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/compile-time");
    match measure::run(&folder, events, rounds.max(1)) {
        Ok(table) => {
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
