//! Regular expressions that Ajv takes and that are found in a bounded time.

use serde_json::json;

/// The longest pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 4_096;
/// The most groups: the parser's stack grows with them.
const MAX_GROUPS: usize = 50;
/// How much memory the automata of a schema's patterns may take, in bytes: each has an equal part.
const MAX_AUTOMATA: usize = 8 * 1024 * 1024;
/// How much one of them may take.
const MAX_AUTOMATON: usize = 1024 * 1024;
/// The characters that a backslash may stand in front of, with the flag `u`.
const SYNTAX: &str = "^$\\.*+?()[]{}|/";
/// What a byte of text takes in an automaton, in steps.
const AUTOMATON: usize = 64;
/// What a byte of text takes where there may be trying, in steps.
const TRYING: usize = 1_000;

/// How much memory the automaton of one of a schema's patterns may take, in bytes.
pub fn max_automaton(count: usize) -> usize {
    (MAX_AUTOMATA / count.max(1)).min(MAX_AUTOMATON)
}

/// What a byte of text takes, in steps; or else what is wrong with the pattern.
pub fn check(source: &str, count: usize) -> Result<usize, String> {
    if source.len() > MAX_PATTERN_BYTES {
        return Err(format!(
            "this emulator takes patterns of at most {MAX_PATTERN_BYTES} bytes, this one has {}",
            source.len()
        ));
    }
    if source.matches('(').count() > MAX_GROUPS {
        return Err(format!(
            "this emulator takes patterns of at most {MAX_GROUPS} groups"
        ));
    }
    let invalid = |why: &str| format!("Invalid regular expression: /{source}/u: {why}");
    check_escapes(source).map_err(|why| invalid(&why))?;
    super::options(count)
        .build(&json!({"pattern": source}))
        .map_err(|_| {
            invalid(&format!(
                "this emulator can't read it, or it takes more than {} bytes once it is spelled out",
                max_automaton(count)
            ))
        })?;
    let looks = ["(?=", "(?!", "(?<=", "(?<!"];
    Ok(if looks.iter().any(|look| source.contains(look)) {
        TRYING
    } else {
        AUTOMATON
    })
}

/// What stands behind a backslash: with the flag `u` JavaScript takes no character that needs none, and `\1` or `\k<name>` take more than attempts.
fn check_escapes(source: &str) -> Result<(), String> {
    let (mut rest, mut in_class) = (source.chars(), false);
    while let Some(next) = rest.next() {
        match next {
            '\\' => match rest.next() {
                Some('1'..='9' | 'k') => {
                    return Err(
                        "this emulator can't check it: it refers back to a group".to_owned()
                    );
                }
                Some(escaped)
                    if !(escaped.is_ascii_alphanumeric()
                        || SYNTAX.contains(escaped)
                        || in_class && escaped == '-') =>
                {
                    return Err(format!("Invalid escape: \\{escaped}"));
                }
                _ => {}
            },
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
    }
    Ok(())
}
