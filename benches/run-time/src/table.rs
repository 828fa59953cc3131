//! The measurements as a table, as it stands in `docs/performance.md`.

use std::fmt::Write;

use crate::callgrind::Measured;

/// What ratios are of: the floor in owned strings, and the one in borrowed strings.
pub const FLOORS: [&str; 2] = ["serde-owned", "writer-borrowed"];

pub fn render(measured: &[Measured]) -> String {
    let [serde, writer] = FLOORS.map(|name| instructions(measured, name));
    let mut table = format!(
        "| contender | instructions | × {} | × {} | allocations |\n",
        FLOORS[0], FLOORS[1]
    );
    table += "| --- | ---: | ---: | ---: | ---: |\n";
    for Measured {
        contender,
        instructions,
        allocations,
    } in measured
    {
        let (name, bold) = (contender.name, if contender.ours { "**" } else { "" });
        let [of_serde, of_writer] = [serde, writer].map(|floor| hundredths(*instructions, floor));
        let _ = writeln!(
            table,
            "| {bold}{name}{bold} | {instructions} | {of_serde} | {of_writer} | {allocations} |"
        );
    }
    table
}

/// The instructions of a contender; 0 for an unknown name.
pub fn instructions(measured: &[Measured], name: &str) -> u64 {
    measured
        .iter()
        .find(|measured| measured.contender.name == name)
        .map_or(0, |measured| measured.instructions)
}

/// `0.47`, rounded up: no ratio looks better than it is.
fn hundredths(part: u64, whole: u64) -> String {
    let hundredths = (part * 100).div_ceil(whole.max(1));
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
