use jiff::civil::date;

use super::*;
use crate::diff::Change;

const TODAY: Date = date(2027, 1, 31);

fn waiver(lint: &str) -> Waiver {
    Waiver {
        lint: lint.into(),
        action: None,
        key: None,
        until: TODAY,
        reason: "agreed".into(),
        at: Position { line: 3, column: 1 },
    }
}

fn circumstances() -> Circumstances {
    let file = Location {
        file: Some("schemas/audit.toml".into()),
        ..Location::default()
    };
    Circumstances {
        today: TODAY,
        file,
        whole: true,
    }
}

fn finding(code: Code, action: &str, key: &str) -> Finding {
    Finding {
        key: Some(key.into()),
        ..Finding::new(code, "said", "mend it").about(action, 1)
    }
}

fn evolution(rules: &[&'static str]) -> Finding {
    let change = |rule: &&'static str| Change {
        rule,
        place: "metadata".into(),
        key: Some("role".into()),
        message: "changed".into(),
        class: crate::diff::Class::OTHER,
        unread: crate::diff::Unread::default(),
        location: Location::default(),
        origin: crate::diff::origin::Origin::Own,
    };
    Finding {
        changes: rules.iter().map(change).collect(),
        ..finding(code::EVOLUTION, "a.b", "")
    }
}

/// Code and message of what is left.
fn left(
    findings: Vec<Finding>,
    waivers: &[Waiver],
    at: &Circumstances,
) -> Vec<(&'static str, String)> {
    apply(findings, waivers, at)
        .into_iter()
        .map(|finding| (finding.code.name, finding.message))
        .collect()
}

#[test]
fn covers_what_it_names_and_no_more() {
    let all = || {
        vec![
            finding(code::KEY_CASE, "a.b", "x"),
            finding(code::KEY_CASE, "a.b", "y"),
            finding(code::KEY_CASE, "a.c", "x"),
            finding(code::KEY_TYPES, "a.b", "x"),
        ]
    };
    let remaining = |waiver: Waiver| left(all(), &[waiver], &circumstances()).len();
    assert_eq!(remaining(waiver("key-case")), 1);
    assert_eq!(
        remaining(Waiver {
            action: Some("a.b".into()),
            ..waiver("key-case")
        }),
        2
    );
    assert_eq!(
        remaining(Waiver {
            key: Some("x".into()),
            ..waiver("key-case")
        }),
        2
    );
    assert_eq!(
        remaining(Waiver {
            action: Some("a.b".into()),
            key: Some("x".into()),
            ..waiver("key-case")
        }),
        3
    );
}

#[test]
fn its_last_day_is_a_day_on_which_it_holds() {
    let findings = || vec![finding(code::KEY_CASE, "a.b", "x")];
    let until = |day: Date| {
        left(
            findings(),
            &[Waiver {
                until: day,
                ..waiver("key-case")
            }],
            &circumstances(),
        )
    };
    assert_eq!(until(TODAY), []);
    assert_eq!(
        until(date(2027, 1, 30)),
        [
            ("key-case", "said".into()),
            (
                "expired-waiver",
                "the waiver of `key-case` ended on 2027-01-30, and what it waived is back".into()
            ),
        ]
    );
}

#[test]
fn an_expired_one_counts_what_is_back() {
    let over = Waiver {
        until: date(2026, 12, 31),
        action: Some("a.b".into()),
        key: Some("x".into()),
        ..waiver("key-case")
    };
    let many = vec![
        finding(code::KEY_CASE, "a.b", "x"),
        finding(code::KEY_CASE, "a.b", "x"),
    ];
    let list = apply(many, std::slice::from_ref(&over), &circumstances());
    let Finding {
        message,
        level,
        location,
        action,
        ..
    } = &list[2];
    assert_eq!(
        message,
        "the waiver of `key-case` for `x` of a.b ended on 2026-12-31, and the 2 findings that it waived are back"
    );
    assert_eq!(
        (
            *level,
            location.line,
            location.column,
            location.file.as_deref()
        ),
        (Level::Warning, Some(3), Some(1), Some("schemas/audit.toml"))
    );
    assert_eq!(action.as_deref(), Some("a.b"));
    let none = left(Vec::new(), &[over], &circumstances());
    assert_eq!(
        none[0].1,
        "the waiver of `key-case` for `x` of a.b ended on 2026-12-31, and nothing is left that it would cover"
    );
}

#[test]
fn another_waiver_of_the_same_may_still_hold() {
    let over = Waiver {
        until: date(2026, 12, 31),
        ..waiver("key-case")
    };
    let list = left(
        vec![finding(code::KEY_CASE, "a.b", "x")],
        &[over, waiver("key-case")],
        &circumstances(),
    );
    assert_eq!(
        list.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["expired-waiver"]
    );
}

#[test]
fn one_that_covers_nothing_is_said_where_that_can_be_known() {
    let whole = left(Vec::new(), &[waiver("key-case")], &circumstances());
    assert_eq!(
        whole,
        [(
            "unused-waiver",
            "the waiver of `key-case` waives nothing".into()
        )]
    );
    assert_eq!(
        left(
            Vec::new(),
            &[waiver("key-case")],
            &Circumstances {
                whole: false,
                ..circumstances()
            }
        ),
        []
    );
}

#[test]
fn a_rule_covers_changes_and_the_finding_when_none_is_left() {
    let list = apply(
        vec![evolution(&["key-removed", "type-changed", "key-removed"])],
        &[waiver("key-removed")],
        &circumstances(),
    );
    assert_eq!(list.len(), 1);
    assert_eq!(
        list[0]
            .changes
            .iter()
            .map(|change| change.rule)
            .collect::<Vec<_>>(),
        ["type-changed"]
    );
    let both = [waiver("key-removed"), waiver("type-changed")];
    assert_eq!(
        left(
            vec![evolution(&["key-removed", "type-changed"])],
            &both,
            &circumstances()
        ),
        []
    );
    let elsewhere = Waiver {
        key: Some("other".into()),
        ..waiver("key-removed")
    };
    assert_eq!(
        apply(
            vec![evolution(&["key-removed"])],
            &[elsewhere],
            &circumstances()
        )[0]
        .changes
        .len(),
        1
    );
}

#[test]
fn what_is_no_matter_of_agreement_stays() {
    let stale = Finding {
        code: code::STALE,
        ..evolution(&["key-removed"])
    };
    let list = left(vec![stale], &[waiver("key-removed")], &circumstances());
    assert_eq!(
        list.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["stale", "unused-waiver"]
    );
}
