//! `size`: what an event adds to a debug library and to a stripped release program that can reach its use site.

use std::fmt::Write as _;
use std::fs;
use std::io;

use compile_time::contenders::{AUDIT, Contender, SCHEMARS, SERDE, STACK};

use crate::cost::Cost;
use crate::subject::Subject;
use crate::table::Table;

/// The programs, and what each does for every event.
const PROGRAMS: [(&str, &str); 2] = [
    ("record", "black_box(events::e{N}::record(&input));"),
    (
        "record-and-schema",
        "black_box((events::e{N}::record(&input), events::e{N}::schema()));",
    ),
];

/// A contender and the variables of its builds.
type Row = (Contender, &'static [(&'static str, &'static str)]);

pub fn run(small: usize, large: usize) -> io::Result<Table> {
    let rows: [Row; 5] = [
        (SERDE, &[]),
        (SCHEMARS, &[]),
        (STACK, &[]),
        (AUDIT, &[]),
        (AUDIT, &[("AUDIT_RECORDS", "off")]),
    ];
    let columns = [
        "contender",
        "debug library",
        "release program",
        "release program that asks for schemas, too",
    ];
    let mut table = Table::new(&format!("size {small} {large}"), "bytes an event", &columns);
    for (contender, variables) in rows {
        let (smaller, larger) = (
            sizes(&contender, variables, small)?,
            sizes(&contender, variables, large)?,
        );
        let title = if variables.is_empty() {
            contender.title.to_owned()
        } else {
            format!("{}, no records", contender.title)
        };
        let each = smaller
            .iter()
            .zip(larger)
            .map(|(smaller, larger)| larger.saturating_sub(*smaller) / (large - small) as u64);
        let mut cells: Vec<_> = [title]
            .into_iter()
            .chain(each.map(|bytes| bytes.to_string()))
            .collect();
        cells.resize(2 + PROGRAMS.len(), "–".into());
        table.row(cells);
    }
    Ok(table)
}

/// Bytes of the library and of each program.
fn sizes(contender: &Contender, variables: &[(&str, &str)], events: usize) -> io::Result<Vec<u64>> {
    eprintln!(
        "building {events} events: {} {variables:?}",
        contender.title
    );
    let subject = Subject::generate(contender, events)?;
    let programs = &PROGRAMS[..if contender.event.contains("pub fn schema") {
        2
    } else {
        1
    }];
    fs::create_dir_all(subject.folder.join("src/bin"))?;
    for (name, call) in programs {
        fs::write(
            subject.folder.join(format!("src/bin/{name}.rs")),
            program(events, call),
        )?;
    }
    for arguments in [&["build", "--lib"][..], &["build", "--release"]] {
        Cost::of(subject.cargo(arguments).envs(variables.iter().copied()))?;
    }
    let programs = programs
        .iter()
        .map(|(name, _)| format!("release/{name}{}", std::env::consts::EXE_SUFFIX));
    let files = ["debug/libevents.rlib".into()].into_iter().chain(programs);
    files
        .map(|file| fs::metadata(subject.target.join(file)).map(|about| about.len()))
        .collect()
}

/// A program that can reach every event, and whose compiler can't know which one it will.
fn program(events: usize, call: &str) -> String {
    let mut arms = String::new();
    for event in 0..events {
        let _ = writeln!(
            arms,
            "        {event} => {{ {} }}",
            call.replace("{N}", &event.to_string())
        );
    }
    format!(
        "use std::hint::black_box;\n\nfn main() {{\n    \
         let input = events::shared::Input {{ text: [\"x\"; 16], reason: None, cents: 1, rate: 0.5 }};\n    \
         match std::env::args().count() {{\n{arms}        _ => {{}}\n    }}\n}}\n"
    )
}
