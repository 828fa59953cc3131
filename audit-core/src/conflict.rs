//! Merge conflicts that version control has left in a file. The derives need it too and can't depend on `audit-core`:
//! `audit-macros/src/conflict.rs` is a copy, and a test compares the two.

/// What git begins the lines with that it puts into a file.
const MARKERS: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];

/// The first line of a conflict, counted from 1, and what stands in it.
pub fn conflict_line(text: &[u8]) -> Option<(u32, &[u8])> {
    // Canonical bodies hold these letters hardly ever, and looking for them is cheap.
    if !text.iter().any(|byte| matches!(byte, b'<' | b'|' | b'=' | b'>')) {
        return None;
    }
    let ends = |rest: &[u8]| matches!(rest, [] | [b' ', ..]);
    let is_marker = |line: &[u8]| MARKERS.iter().any(|marker| line.strip_prefix(*marker).is_some_and(ends));
    let lines = (1..).zip(text.split(|byte| *byte == b'\n'));
    lines.map(|(number, line)| (number, line.trim_ascii_end())).find(|(_, line)| is_marker(line))
}
