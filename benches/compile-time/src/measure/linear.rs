//! `linear`: whether an event costs the same in small and in large crates.

use std::io;

use compile_time::contenders::{AUDIT, SERDE};

use super::build::{alternate, milliseconds};
use crate::cost::{CPU, Costs};
use crate::subject::MODES;
use crate::table::Table;

const SIZES: [usize; 4] = [250, 500, 1000, 2000];

pub fn run(rounds: usize) -> io::Result<Table> {
    let contenders = [SERDE, AUDIT];
    let costs = SIZES
        .iter()
        .map(|events| alternate(&contenders, *events, rounds, &MODES))
        .collect::<io::Result<Vec<_>>>()?;
    let smallest = SIZES[0];
    let of_smallest = format!("× {smallest}");
    let columns = [
        "events",
        "serde, check, ms",
        &of_smallest,
        "build, ms",
        &of_smallest,
        "audit-core, check, ms",
        &of_smallest,
    ];
    let columns = [&columns[..], &["build, ms", &of_smallest]].concat();
    let mut table = Table::new(&format!("linear {rounds}"), "CPU ms an event", &columns);
    for (events, own) in SIZES.iter().zip(&costs) {
        let mut cells = vec![events.to_string()];
        let each = |costs: &[Vec<Costs>], events| -> Vec<f64> {
            costs
                .iter()
                .flatten()
                .map(|costs| milliseconds(costs.median(CPU), events))
                .collect()
        };
        for (own, first) in each(own, *events).iter().zip(each(&costs[0], smallest)) {
            cells.extend([format!("{own:.1}"), format!("{:.2}", own / first)]);
        }
        table.row(cells);
    }
    Ok(table)
}
