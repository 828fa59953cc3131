//! Counts instructions and allocations an event, and compares ours with the budget: `cargo run --profile measure -p run-time`.
//!
//! Counts hardly move where times do, so that a change of 5 % is a finding and not noise. `--features peers` adds the peers that are
//! heavy to build.

mod budget;
mod callgrind;
mod table;

use std::process::ExitCode;

use callgrind::Outcome;
use run_time::allocations;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

const USAGE: &str = "usage: run-time [--bless | --may-skip]
       run-time --only CONTENDER NUMBER

Counts instructions and allocations an event and compares ours with the budget.
--bless     writes the budget instead
--may-skip  isn't a failure where there is no valgrind
--only      makes one contender's event NUMBER times, for profilers";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => measure(false, false),
        ["--bless"] => measure(true, false),
        ["--may-skip"] => measure(false, true),
        ["--only", name, number]
            if number
                .parse()
                .is_ok_and(|number| run_time::repeat(name, number)) =>
        {
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn measure(bless: bool, may_skip: bool) -> ExitCode {
    let measured = match callgrind::measure(&run_time::contenders::all()) {
        Ok(Outcome::Measured(measured)) => measured,
        Ok(Outcome::NoValgrind) if may_skip => {
            eprintln!(
                "skipped: there is no valgrind, so that NOTHING was compared with the budget"
            );
            return ExitCode::SUCCESS;
        }
        Ok(Outcome::NoValgrind) => {
            eprintln!(
                "error: there is no valgrind, which counts the instructions; install it, or pass --may-skip"
            );
            return ExitCode::from(2);
        }
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    print!("{}", table::render(&measured));
    let findings = if bless {
        budget::write(&measured).map(|()| Vec::new())
    } else {
        budget::compare(&measured)
    };
    match findings {
        Ok(findings) if findings.is_empty() => ExitCode::SUCCESS,
        Ok(findings) => {
            for finding in &findings {
                eprintln!("{finding}");
            }
            // What costs less than its budget is told, and is no failure.
            ExitCode::from(u8::from(findings.iter().any(|finding| finding.fails)))
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
