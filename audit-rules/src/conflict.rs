//! Merge conflicts that version control has left in a file.

/// The markers that git puts at the start of a line.
const MARKERS: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];

/// The first line of a conflict, counted from 1, and what is wrong.
pub fn conflict(text: &[u8]) -> Option<(u32, String)> {
    // Canonical bodies hardly ever hold these characters, and looking for them is cheap.
    if !text
        .iter()
        .any(|byte| matches!(byte, b'<' | b'|' | b'=' | b'>'))
    {
        return None;
    }
    let ends = |rest: &[u8]| matches!(rest, [] | [b' ', ..]);
    let is_marker = |line: &[u8]| {
        MARKERS
            .iter()
            .any(|marker| line.strip_prefix(*marker).is_some_and(ends))
    };
    let lines = (1..).zip(text.split(|byte| *byte == b'\n'));
    let (number, marker) = lines
        .map(|(number, line)| (number, line.trim_ascii_end()))
        .find(|(_, line)| is_marker(line))?;
    Some((
        number,
        format!(
            "a merge conflict isn't resolved: `{}`",
            String::from_utf8_lossy(marker)
        ),
    ))
}
