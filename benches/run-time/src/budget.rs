//! What ours may cost: counts that are stored and may not grow by more than 5 %, and ratios to the peers that always hold.

use std::fmt::{self, Write};
use std::path::PathBuf;

use crate::callgrind::Measured;
use crate::table::{self, FLOORS};

/// How far a count may be from its budget, in percent.
const TOLERANCE: u64 = 5;

/// Who may need at most how many hundredths of which floor's instructions.
const PROMISES: [(&str, u64, &str); 2] = [
    ("builder-owned", 50, FLOORS[0]),
    ("builder-borrowed", 150, FLOORS[1]),
];

/// Something that isn't as it was promised, or is better.
pub struct Finding {
    text: String,
    pub fails: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// One line of the budget.
struct Line<'t> {
    name: &'t str,
    instructions: u64,
    allocations: u64,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("budget.txt")
}

/// Writes what ours need now.
pub fn write(measured: &[Measured]) -> Result<(), String> {
    let mut text = String::from(
        "# Contender, instructions, allocations: an event of ours each. `cargo run --profile measure -p run-time` compares,\n\
         # `cargo run --profile measure -p run-time -- --bless` writes this file. Another compiler, C library or kind of processor counts a\n\
         # little differently.\n",
    );
    for Measured {
        contender,
        instructions,
        allocations,
    } in measured.iter().filter(|measured| measured.contender.ours)
    {
        let _ = writeln!(text, "{} {instructions} {allocations}", contender.name);
    }
    std::fs::write(path(), text).map_err(|error| format!("{}: {error}", path().display()))
}

/// What is beyond the budget, what is below it, and which promises don't hold.
pub fn compare(measured: &[Measured]) -> Result<Vec<Finding>, String> {
    let text = std::fs::read_to_string(path())
        .map_err(|error| format!("{}: {error}", path().display()))?;
    let lines = parse(&text)?;
    let mut findings = Vec::new();
    for ours in measured.iter().filter(|measured| measured.contender.ours) {
        match lines.iter().find(|line| line.name == ours.contender.name) {
            Some(line) => findings.extend(judge(ours, line)),
            None => findings.push(failure(format!(
                "{}: not in the budget, which --bless writes",
                ours.contender.name
            ))),
        }
    }
    for line in lines
        .iter()
        .filter(|line| table::instructions(measured, line.name) == 0)
    {
        findings.push(failure(format!(
            "{}: in the budget, but no such contender is measured",
            line.name
        )));
    }
    findings.extend(PROMISES.iter().filter_map(|(name, hundredths, floor)| {
        let [ours, floor_needs] = [*name, *floor].map(|name| table::instructions(measured, name));
        let broken = ours * 100 > floor_needs * hundredths;
        broken.then(|| failure(format!("{name}: {ours} instructions are more than {hundredths} % of {floor}'s {floor_needs}")))
    }));
    Ok(findings)
}

fn judge(ours: &Measured, line: &Line<'_>) -> Vec<Finding> {
    let (name, now, then) = (line.name, ours.instructions, line.instructions);
    let mut findings = Vec::new();
    if now * 100 > then * (100 + TOLERANCE) {
        findings.push(failure(format!(
            "{name}: {now} instructions, more than {TOLERANCE} % over the budget of {then}"
        )));
    } else if now * 100 < then * (100 - TOLERANCE) {
        let text = format!(
            "{name}: {now} instructions, more than {TOLERANCE} % under the budget of {then}: lower the budget (--bless)"
        );
        findings.push(Finding { text, fails: false });
    }
    if ours.allocations != line.allocations {
        let text = format!(
            "{name}: {} allocations instead of {}",
            ours.allocations, line.allocations
        );
        findings.push(Finding {
            text,
            fails: ours.allocations > line.allocations,
        });
    }
    findings
}

fn failure(text: String) -> Finding {
    Finding { text, fails: true }
}

fn parse(text: &str) -> Result<Vec<Line<'_>>, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            parse_line(line)
                .ok_or_else(|| format!("{}: `{line}` isn't a line of it", path().display()))
        })
        .collect()
}

fn parse_line(line: &str) -> Option<Line<'_>> {
    let mut words = line.split(' ');
    let line = Line {
        name: words.next()?,
        instructions: words.next()?.parse().ok()?,
        allocations: words.next()?.parse().ok()?,
    };
    words.next().is_none().then_some(line)
}
