//! `explain`: what an error's code, a finding's code or a rule's name means, and how to get out. Needs no project.

use audit_core::diagnostics::{DIAGNOSTICS, find};

use super::Outcome;
use crate::diff::rules;
use crate::failure::Failure;
use crate::finding::code::{ALL, Code};
use crate::suggest::{did_you_mean, within};

pub fn run(written: &str) -> Result<Outcome, Failure> {
    let asked = bare(written);
    let text = if let Some(Code { name, title, help }) = ALL.iter().find(|code| code.name == asked)
    {
        format!("{name}: {title}\n\nWhat to do: {help}\n")
    } else if let Some(rule) = rules::ALL.iter().find(|rule| rule.name == asked) {
        format!(
            "{}: {}\n\nA rule of `diff`, which says whether old events are valid under the new version (backward) and whether readers of\nthe old version can read new events (forward). docs/evolution.md has the whole table.\n",
            rule.name, rule.summary
        )
    } else {
        let code = number(asked).ok_or_else(|| no_code(written))?;
        let diagnostic = find(&code).ok_or_else(|| unknown(&code))?;
        format!("{code}: {}\n\n{}", diagnostic.title, diagnostic.explanation)
    };
    Ok(Outcome::ok(text))
}

/// What a finding's or an error's heading names: `stale` of `error[stale]:`.
fn bare(written: &str) -> &str {
    let written = written.trim().trim_end_matches(':');
    written
        .split_once('[')
        .and_then(|(_, rest)| rest.strip_suffix(']'))
        .unwrap_or(written)
}

/// `A0203`, of what people type: `a0203`, `0203`, `203`.
fn number(asked: &str) -> Option<String> {
    let digits = asked.strip_prefix(['A', 'a']).unwrap_or(asked);
    let is_number =
        (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("A{digits:0>4}"))
}

fn no_code(asked: &str) -> Failure {
    let failure = Failure::new(format!("{asked:?} is not a known code"));
    let digits = asked.strip_prefix('E').unwrap_or_default();
    if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return failure
            .help(format!("`rustc --explain {asked}` explains rustc's; where the error says `audit[A…]` too, ask for that"));
    }
    let names = ALL
        .iter()
        .map(|code| code.name)
        .chain(rules::ALL.iter().map(|rule| rule.name));
    failure.suggest(
        asked,
        names,
        "ask for what an error begins with, such as A0203, or for a finding's name, such as stale",
    )
}

fn unknown(code: &str) -> Failure {
    let known = DIAGNOSTICS.iter().map(|diagnostic| diagnostic.code);
    let help = did_you_mean(&within(1, code, known));
    Failure::new(format!("unknown code {code}"))
        .help(help.unwrap_or_else(|| "docs/diagnostics.md lists all codes".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(asked: &str) -> String {
        let Err(Failure::Message { help, .. }) = run(asked) else {
            unreachable!()
        };
        help
    }

    #[test]
    fn reads_what_people_type() {
        for asked in [
            "A0203",
            "a0203",
            "audit[A0203]",
            "audit[A0203]:",
            "0203",
            "203",
            " A0203 ",
        ] {
            assert_eq!(number(bare(asked)).as_deref(), Some("A0203"), "{asked}");
        }
        for asked in ["", "A", "A02033", "0x203", "E0277", "audit", "２０３"] {
            assert_eq!(number(bare(asked)), None, "{asked}");
        }
    }

    #[test]
    fn explains_findings_and_rules() {
        for asked in [
            "stale",
            "error[stale]:",
            "warning[unused-waiver]",
            "key-removed",
            "target-added",
        ] {
            assert!(
                run(asked).is_ok_and(|outcome| outcome.text.lines().count() > 2),
                "{asked}"
            );
        }
    }

    #[test]
    fn suggests_what_was_meant() {
        assert_eq!(help("A0500"), "did you mean A0501 or A0502 or A0503?");
        assert_eq!(help("A0515"), "did you mean A0315 or A0505?");
        for unknown in ["A0550", "9876"] {
            assert_eq!(help(unknown), "docs/diagnostics.md lists all codes");
        }
        assert!(help("E0277").starts_with("`rustc --explain E0277`"));
        assert!(help("something else").contains("such as A0203"));
        assert_eq!(help("key-remove"), "did you mean key-removed?");
    }
}
