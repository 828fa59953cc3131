//! Every place where a block, a word or a half word begins or ends, against `serde_json`.

use super::*;

/// Longer than three blocks, so that each kind of end occurs.
const LENGTHS: std::ops::Range<usize> = 0..52;

/// Text of `length` characters, the one at `at` being `special`.
fn with(special: char, at: usize, length: usize, around: char) -> String {
    (0..length)
        .map(|index| if index == at { special } else { around })
        .collect()
}

fn by_serde(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

#[track_caller]
fn is_as_serde_writes(text: &str) {
    let mut out = String::new();
    string(&mut out, "\"", text);
    assert_eq!(out, by_serde(text), "{text:?}");
    let mut out = String::from("\"");
    Counting::new(&mut out, u16::MAX).push(text);
    out.push('"');
    assert_eq!(out, by_serde(text), "{text:?}, counted");
}

#[test]
fn characters_are_escaped_at_every_place() {
    for around in ['a', 'é', '🦀'] {
        for length in LENGTHS {
            for at in 0..=length {
                for special in ['\0', '\n', '\u{1f}', ' ', '"', '#', '\\', '\u{7f}', 'é'] {
                    is_as_serde_writes(&with(special, at, length, around));
                }
            }
        }
    }
}

#[test]
fn every_character_of_one_byte_is_as_it_should_be() {
    for special in (0..0x80_u8).map(char::from) {
        for length in [1, 4, 8, 16, 40] {
            is_as_serde_writes(&with(special, length / 2, length, 'a'));
        }
    }
}

#[test]
fn nothing_is_escaped_that_needs_not() {
    let all: String = ('\u{20}'..='\u{2fff}')
        .chain('\u{fff0}'..='\u{1000f}')
        .chain('\u{10fff0}'..=char::MAX)
        .collect();
    is_as_serde_writes(&all);
    let clean: String = all
        .chars()
        .filter(|letter| !matches!(letter, '"' | '\\'))
        .collect();
    assert!(is_clean(clean.as_bytes()) && scan(clean.as_bytes()).is_clean);
}

#[test]
fn pairs_are_escaped_wherever_they_stand() {
    for first in 0..20 {
        for second in 0..20 {
            let text: String = (0..40)
                .map(|at| {
                    if at == first || at == first + second {
                        '"'
                    } else {
                        '.'
                    }
                })
                .collect();
            is_as_serde_writes(&text);
        }
    }
}

/// A lane of a block counts to 255: as many blocks, and more.
#[test]
fn characters_are_counted() {
    for around in ['a', 'é', '✓', '🦀'] {
        for length in LENGTHS.chain(498..503).chain(4070..4090).chain([8200]) {
            for text in [
                with('"', length / 2, length, around),
                with('✓', length, length, around),
            ] {
                let scanned = scan(text.as_bytes());
                assert_eq!(
                    (scanned.chars, scanned.is_clean),
                    (length, !text.contains('"')),
                    "{length} {around}"
                );
            }
        }
    }
}

#[test]
fn parts_are_appended_whole() {
    let mut out = String::from("ä");
    push_all(&mut out, "b", "✓🦀", ["", "é"]);
    push_all(&mut out, &"c".repeat(100), "", ["d", ""]);
    push_all(&mut out, "", "", ["", ""]);
    assert_eq!(out, format!("äb✓🦀é{}d", "c".repeat(100)));
}
