//! `instructions`: what an event adds to `cargo check`, in instructions of rustc: the difference of two crates.

use std::io;

use compile_time::contenders::{AUDIT, AUDIT_LITERALS, Contender, SCHEMARS, SERDE, STACK};

use crate::callgrind;
use crate::subject::Subject;
use crate::table::Table;

const SMALL: usize = 5;
const LARGE: usize = 15;

pub fn run() -> io::Result<Table> {
    if !callgrind::is_there()? {
        return Err(io::Error::other("valgrind, which counts, isn't installed"));
    }
    let contenders = [SERDE, SCHEMARS, STACK, AUDIT, AUDIT_LITERALS];
    let counts = contenders
        .iter()
        .map(an_event)
        .collect::<io::Result<Vec<_>>>()?;
    let what = format!("instructions of `cargo check` an event, from {SMALL} and {LARGE} events");
    let mut table = Table::new(
        "instructions",
        &what,
        &["contender", "million", "× serde + schemars", "× stack"],
    );
    for (contender, count) in contenders.iter().zip(&counts) {
        table.row(vec![
            contender.title.to_owned(),
            format!("{:.1}", count / 1e6),
            format!("{:.2}", count / counts[1]),
            format!("{:.2}", count / counts[2]),
        ]);
    }
    Ok(table)
}

/// What an event adds.
pub fn an_event(contender: &Contender) -> io::Result<f64> {
    let count = |events| callgrind::check(&Subject::prepare(contender, events, 0, &["check"])?);
    let (small, large) = (count(SMALL)?, count(LARGE)?);
    #[expect(
        clippy::cast_precision_loss,
        reason = "instructions of one compilation"
    )]
    let more = large.saturating_sub(small) as f64;
    #[expect(clippy::cast_precision_loss, reason = "a number of events")]
    let events = (LARGE - SMALL) as f64;
    Ok(more / events)
}
