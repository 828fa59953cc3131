//! `build`: the crate alone, with nothing of it cached.

use std::io;

use compile_time::contenders::{AUDIT, Contender, PLAIN, SCHEMARS, SERDE, STACK};

use crate::cost::{CPU, Costs};
use crate::subject::{MODES, Subject};
use crate::table::Table;

pub fn run(events: usize, rounds: usize) -> io::Result<Table> {
    let contenders = [PLAIN, SERDE, SCHEMARS, STACK, AUDIT];
    let costs = alternate(&contenders, events, rounds, &MODES)?;
    let columns = [
        "contender",
        "check, ms",
        "× serde + schemars",
        "× stack",
        "build, ms",
        "× serde + schemars",
        "× stack",
    ];
    let what = format!("CPU ms an event of {events}, medians of {rounds} rounds");
    let mut table = Table::new(&format!("build {events} {rounds}"), &what, &columns);
    let [_, _, schemars, stack, _] = &costs[..] else {
        unreachable!("one a contender")
    };
    for (contender, own) in contenders.iter().zip(&costs) {
        let mut cells = vec![contender.title.to_owned()];
        for (mode, own) in own.iter().enumerate() {
            cells.push(format!("{:.1}", milliseconds(own.median(CPU), events)));
            cells.extend(
                [schemars, stack].map(|peer| format!("{:.2}", own.ratio(&peer[mode], CPU))),
            );
        }
        table.row(cells);
    }
    Ok(table)
}

/// The costs of clean builds, by contender and mode; one contender after the other in each round.
pub fn alternate(
    contenders: &[Contender],
    events: usize,
    rounds: usize,
    modes: &[&str],
) -> io::Result<Vec<Vec<Costs>>> {
    let subjects = contenders
        .iter()
        .map(|contender| Subject::prepare(contender, events, 0, modes))
        .collect::<io::Result<Vec<_>>>()?;
    let mut costs = vec![vec![Costs::default(); modes.len()]; subjects.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for (subject, costs) in subjects.iter().zip(&mut costs) {
            for (mode, costs) in modes.iter().zip(costs) {
                costs.0.push(subject.clean(mode)?);
            }
        }
    }
    Ok(costs)
}

/// Seconds of all events, as milliseconds of one.
#[expect(clippy::cast_precision_loss, reason = "a number of events")]
pub fn milliseconds(seconds: f64, events: usize) -> f64 {
    seconds * 1e3 / events as f64
}
