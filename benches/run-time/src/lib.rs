//! One realistic event, made in every way that is compared: from borrowed values to the bytes that are sent.

pub mod allocations;
pub mod contenders;
pub mod input;

use std::fmt;

use input::Input;

/// One way from values to bytes.
#[derive(Clone, Copy)]
pub struct Contender {
    /// What tables and the budget call it.
    pub name: &'static str,
    /// Leaves the event in the buffer. Who makes a buffer of its own for each event replaces this one.
    pub run: fn(&Input<'_>, &mut Vec<u8>),
    /// The event's keys stand where ours do, so that the bytes are the same and not only the value.
    pub exact: bool,
    /// Ours, and so in the budget.
    pub ours: bool,
}

impl fmt::Debug for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Makes the event `number` times with the contender of that name. `false` for an unknown name.
pub fn repeat(name: &str, number: u64) -> bool {
    let Some(contender) = contenders::all()
        .into_iter()
        .find(|contender| contender.name == name)
    else {
        return false;
    };
    let (input, mut out) = (input::sample(), Vec::new());
    for _ in 0..number {
        (contender.run)(std::hint::black_box(&input), &mut out);
        std::hint::black_box(&mut out);
    }
    true
}
