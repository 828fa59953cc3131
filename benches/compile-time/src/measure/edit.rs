//! `edit`: one field of one event renamed, with everything else cached. The edited event is a draft, as one is while it is being written:
//! the build would reject the change to a committed one.

use std::fs;
use std::io;

use compile_time::contenders::{AUDIT, Contender, SCHEMARS, SERDE, STACK};
use compile_time::event_file;

use crate::cost::{CPU, Costs, WALL};
use crate::subject::{MODES, Subject};
use crate::table::Table;

pub fn run(events: usize, rounds: usize) -> io::Result<Table> {
    let contenders = [SERDE, SCHEMARS, STACK, AUDIT];
    let subjects = contenders
        .iter()
        .map(|contender| Subject::prepare(contender, events, 1, &MODES))
        .collect::<io::Result<Vec<_>>>()?;
    let mut costs = vec![vec![Costs::default(); MODES.len()]; subjects.len()];
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        for ((contender, subject), costs) in contenders.iter().zip(&subjects).zip(&mut costs) {
            rename(contender, subject, events - 1, round)?;
            for (mode, costs) in MODES.iter().zip(costs) {
                costs.0.push(subject.run(mode)?);
            }
        }
    }
    let columns = [
        "contender",
        "check, s",
        "CPU s",
        "× serde",
        "CPU ×",
        "build, s",
        "CPU s",
        "× serde",
        "CPU ×",
    ];
    let what = format!("a field of one event of {events} renamed, medians of {rounds} rounds");
    let mut table = Table::new(&format!("edit {events} {rounds}"), &what, &columns);
    for (contender, own) in contenders.iter().zip(&costs) {
        let mut cells = vec![contender.title.to_owned()];
        for (own, serde) in own.iter().zip(&costs[0]) {
            cells.extend([WALL, CPU].map(|unit| format!("{:.2}", own.median(unit))));
            cells.extend([WALL, CPU].map(|unit| format!("{:.2}", own.ratio(serde, unit))));
        }
        table.row(cells);
    }
    Ok(table)
}

/// Gives a field another name than it had in any round before.
fn rename(contender: &Contender, subject: &Subject, event: usize, round: usize) -> io::Result<()> {
    let source = contender
        .event
        .replace("{N}", &event.to_string())
        .replace("region", &format!("region_{round}"));
    fs::write(event_file(&subject.folder, event), source)
}
