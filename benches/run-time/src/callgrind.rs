//! What one event costs: the difference of two runs under callgrind, and what the counting allocator saw.

use std::io::ErrorKind;
use std::process::Command;

use run_time::{Contender, allocations};

/// Iterations of the shorter run, which has all that is done once.
const FEW: u64 = 200;
/// Further iterations of the longer one.
const MORE: u64 = 1000;

/// What one contender's event costs.
pub struct Measured {
    pub contender: Contender,
    pub instructions: u64,
    pub allocations: u64,
}

pub enum Outcome {
    Measured(Vec<Measured>),
    NoValgrind,
}

/// Measures each contender.
pub fn measure(contenders: &[Contender]) -> Result<Outcome, String> {
    let mut measured = Vec::new();
    for &contender in contenders {
        let (Some(few), Some(many)) = (
            instructions(contender, FEW)?,
            instructions(contender, FEW + MORE)?,
        ) else {
            return Ok(Outcome::NoValgrind);
        };
        let instructions = many.saturating_sub(few).div_ceil(MORE);
        measured.push(Measured {
            contender,
            instructions,
            allocations: allocations_an_event(contender),
        });
    }
    Ok(Outcome::Measured(measured))
}

/// Instructions that this program executes to make `number` events, or `None` without valgrind.
fn instructions(contender: Contender, number: u64) -> Result<Option<u64>, String> {
    let program =
        std::env::current_exe().map_err(|error| format!("this program's own path: {error}"))?;
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program);
    let output = match command
        .args(["--only", contender.name, &number.to_string()])
        .output()
    {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("valgrind: {error}")),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    // `==1234== Collected : 12345678`
    let collected = said
        .lines()
        .filter_map(|line| line.split_once("Collected :"))
        .find_map(|(_, count)| count.trim().parse().ok());
    match collected {
        Some(count) if output.status.success() => Ok(Some(count)),
        _ => Err(format!("valgrind said nothing of {contender:?}:\n{said}")),
    }
}

/// Once everything that is kept between events has been made.
fn allocations_an_event(contender: Contender) -> u64 {
    let (input, mut out) = (run_time::input::sample(), Vec::new());
    for _ in 0..2 {
        (contender.run)(&input, &mut out);
    }
    let before = allocations::count();
    (contender.run)(&input, &mut out);
    allocations::count() - before
}
