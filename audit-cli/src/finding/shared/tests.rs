use super::*;
use crate::diff::locate;
use crate::location::Location;
use crate::testing::{Record, STRING, entity, entry, event, field, fields};

/// What changed, where: rule, object, key.
type Changed<'c> = (&'static str, &'c str, &'c str);

/// A finding of an event that isn't what the folder holds.
fn stale(record: &Record, changes: &[Changed<'_>]) -> Finding {
    let event = record.event();
    let change = |(rule, place, key): &Changed<'_>| Change {
        rule,
        place: (*place).into(),
        key: Some((*key).into()),
        message: format!("`{key}` of {place}: {rule}"),
        class: Class::WIDER,
        unread: crate::diff::Unread::default(),
        location: Location::default(),
        origin: Origin::Own,
    };
    let mut changes: Vec<_> = changes.iter().map(change).collect();
    locate(&mut changes, &event);
    let finding = Finding::new(
        code::STALE,
        format!("{} version 1 isn't what the folder holds", event.action),
        "help",
    );
    let location = changes[0].location.clone();
    let of_several = Some("aren't what the folder holds".into());
    Finding {
        changes,
        of_several,
        package: Some(event.package),
        ..finding.about(&event.action, 1).at(location)
    }
}

fn folded(records: &[Record], findings: &[Finding]) -> Vec<Finding> {
    fold(
        findings,
        &Catalogue::new(records.iter().cloned().map(entry).collect()),
    )
}

const ADDED: Changed<'_> = ("key-added-optional", "metadata", "region");
const REMOVED: Changed<'_> = ("key-removed", "metadata", "seats");

/// An event with a key of the group `Request`.
fn in_group(action: &str) -> Record {
    event(action, 1).field(
        field("region", STRING)
            .at("src/request.rs", 7)
            .of_group("Request", ""),
    )
}

fn said(finding: &Finding) -> (&str, Vec<&str>) {
    let (why, _) = finding
        .message
        .split_once(", so ")
        .unwrap_or((&finding.message, ""));
    (
        why,
        finding
            .changes
            .iter()
            .map(|change| change.message.as_str())
            .collect(),
    )
}

#[test]
fn a_key_of_a_group_is_one_finding() {
    let records: Vec<_> = (0..48)
        .map(|number| in_group(&format!("a.b{number:02}")).string("own"))
        .collect();
    let own = ("key-added-required", "metadata", "own");
    let changes = |index| {
        if index == 1 {
            vec![own, ADDED]
        } else {
            vec![ADDED]
        }
    };
    let findings: Vec<_> = records
        .iter()
        .enumerate()
        .map(|(index, record)| stale(record, &changes(index)))
        .collect();
    let folded = folded(&records, &findings);
    assert_eq!(folded.len(), 2);
    assert_eq!(
        (folded[0].action.as_deref(), &folded[0].changes[..]),
        (Some("a.b01"), &findings[1].changes[..1]),
        "its own stays"
    );
    let Finding {
        message,
        events,
        changes,
        location,
        package,
        ..
    } = &folded[1];
    assert_eq!(
        message,
        "keys of the group `Request` changed, so 48 events aren't what the folder holds: a.b00 version 1, a.b01 version 1, \
         a.b02 version 1, a.b03 version 1, a.b04 version 1 and 43 more"
    );
    assert_eq!(
        (
            events.len(),
            changes.len(),
            location.line,
            package.as_deref()
        ),
        (48, 1, Some(7), Some("acme"))
    );
}

/// In the root, behind prefixes, in the actor, in two targets: it is one field, and each event's changes are all there.
#[test]
fn a_group_is_one_in_every_role() {
    let region = |prefix: &str| {
        field(&format!("{prefix}region"), STRING)
            .at("src/request.rs", 7)
            .of_group("Request", prefix)
    };
    let space = || entity(Some("space"), "Space", "", None, &[fields(&[region("")])]);
    let records = [
        event("a.root", 1)
            .field(region("billed_"))
            .field(region("paid_")),
        event("a.actor", 1).actor(entity(
            Some("user"),
            "User",
            "",
            None,
            &[fields(&[region("")])],
        )),
        event("a.targets", 1)
            .target("source", space())
            .target("destination", space()),
    ];
    let added = |place, key| ("key-added-optional", place, key);
    let findings = [
        stale(
            &records[0],
            &[
                added("metadata", "billed_region"),
                added("metadata", "paid_region"),
            ],
        ),
        stale(
            &records[1],
            &[("key-added-required", "actor.metadata", "region")],
        ),
        stale(
            &records[2],
            &[
                added("targets[destination].metadata", "region"),
                added("targets[source].metadata", "region"),
            ],
        ),
    ];
    let folded = folded(&records, &findings);
    assert_eq!(folded.len(), 1, "{folded:?}");
    let all: Vec<_> = findings
        .iter()
        .flat_map(|finding| &finding.changes)
        .map(|change| change.message.as_str())
        .collect();
    assert_eq!(
        said(&folded[0]),
        ("keys of the group `Request` changed", all)
    );
    assert_eq!(
        (folded[0].events.len(), folded[0].location.line),
        (3, Some(7))
    );
}

#[test]
fn what_isnt_one_groups_stays_apart() {
    let apart = |records: &[Record]| {
        let findings: Vec<_> = records
            .iter()
            .map(|record| stale(record, &[ADDED]))
            .collect();
        assert_eq!(folded(records, &findings), findings);
    };
    // Keys of the events' own, which a macro put into one line; groups of one name.
    apart(
        &["a.b", "a.c"]
            .map(|action| event(action, 1).field(field("region", STRING).at("src/lib.rs", 7))),
    );
    let of = |action: &str, file: &str| {
        event(action, 1).field(field("region", STRING).at(file, 7).of_group("Request", ""))
    };
    apart(&[of("a.b", "one/src/lib.rs"), of("a.c", "other/src/lib.rs")]);
    // Several findings of one event, as each earlier version has one.
    let record = in_group("a.b");
    let twice = [
        stale(&record, &[ADDED]),
        Finding {
            message: "another".into(),
            ..stale(&record, &[ADDED])
        },
    ];
    assert_eq!(folded(&[record], &twice), twice);
}

#[test]
fn what_is_gone_was_in_a_group_where_all_that_have_it_lost_it() {
    let records = ["a.b", "a.c", "a.d"].map(in_group);
    let findings = records.each_ref().map(|record| stale(record, &[REMOVED]));
    assert_eq!(
        folded(&records, &findings[..2]),
        findings[..2],
        "the third never had it"
    );
    let gone = (
        "keys are gone from every event that has the group `Request`",
        vec!["`seats` of metadata: key-removed"],
    );
    let all = folded(&records, &findings);
    assert_eq!(
        (all.len(), said(&all[0]), all[0].events.len()),
        (1, gone.clone(), 3)
    );
    // A draft has no file that could hold it; a lint is about something else.
    let draft = |code| Finding::new(code, "a.d version 1", "").about("a.d", 1);
    let but_one = |code| [&findings[..2], &[draft(code)]].concat();
    assert_eq!(said(&folded(&records, &but_one(code::MISSING))[1]), gone);
    assert_eq!(folded(&records, &but_one(code::KEY_CASE)).len(), 3);
    // Without a group in common they lost it each on its own.
    let alone = ["a.b", "a.c"].map(|action| event(action, 1));
    let findings = alone.each_ref().map(|record| stale(record, &[REMOVED]));
    assert_eq!(folded(&alone, &findings), findings);
}

#[test]
fn a_renamed_key_is_gone_from_the_group_that_has_the_new_one() {
    let with_both = |action| {
        in_group(action).field(
            field("other", STRING)
                .at("src/other.rs", 2)
                .of_group("Another", ""),
        )
    };
    let records = ["a.b", "a.c"].map(with_both);
    let findings = records
        .each_ref()
        .map(|record| stale(record, &[REMOVED, ADDED]));
    let folded = folded(&records, &findings);
    let changes = vec![
        "`seats` of metadata: key-removed",
        "`region` of metadata: key-added-optional",
    ];
    assert_eq!(
        (folded.len(), said(&folded[0])),
        (1, ("keys of the group `Request` changed", changes))
    );
    assert_eq!(folded[0].location.file.as_deref(), Some("src/request.rs"));
    // Behind a prefix it is the same key.
    let prefixed = |action, prefix: &str| {
        event(action, 1)
            .field(field(&format!("{prefix}region"), STRING).of_group("Request", prefix))
    };
    let records = [prefixed("a.b", "x_"), prefixed("a.c", "y_")];
    let findings = [
        stale(&records[0], &[("key-removed", "metadata", "x_seats")]),
        stale(&records[1], &[("key-removed", "metadata", "y_seats")]),
    ];
    assert_eq!(
        fold(&findings, &Catalogue::new(records.map(entry).into())).len(),
        1
    );
}
