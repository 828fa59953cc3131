//! What several events share: a key that changed in a group or an entity is one finding, which names what declares the key and counts the
//! events. What only one event changes stays that event's finding.

use std::collections::{BTreeMap, BTreeSet};

use super::{EventName, Finding, Level};
use crate::diff::{Change, Origin};
use crate::report::words::named;

/// Says once what several findings say of one key.
pub fn fold(findings: &[Finding]) -> Vec<Finding> {
    let mut concerned: BTreeMap<Identity<'_>, BTreeSet<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        for identity in finding.changes.iter().filter_map(|change| identity(finding, change)) {
            concerned.entry(identity).or_default().insert(index);
        }
    }
    concerned.retain(|_, members| members.len() > 1);
    let mut clusters: BTreeMap<(&Sentence<'_>, &BTreeSet<usize>), Vec<&Identity<'_>>> = BTreeMap::new();
    for (identity, members) in &concerned {
        clusters.entry((&identity.0, members)).or_default().push(identity);
    }
    let together: Vec<_> = clusters.iter().map(|((_, members), identities)| together(findings, members, identities)).collect();
    let left = findings.iter().filter_map(|finding| rest(finding, |identity| concerned.contains_key(&identity)));
    left.chain(together).collect()
}

/// What is said of the events: code, level, words, help.
type Sentence<'f> = (&'static str, Level, &'f str, &'f str);

/// What makes changes of several events the same: what is said, the rule, the key and where it is from.
type Identity<'f> = (Sentence<'f>, &'static str, &'f str, Source<'f>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source<'f> {
    /// The key's field: file and line.
    Field(&'f str, u32),
    /// The place of a key that isn't there any more.
    Gone(&'f str),
}

fn identity<'f>(finding: &'f Finding, change: &'f Change) -> Option<Identity<'f>> {
    let source = match &change.origin {
        Origin::Field(_) => Source::Field(change.location.file.as_deref()?, change.location.line?),
        Origin::Gone(_) => Source::Gone(&change.place),
        Origin::Unknown => return None,
    };
    let sentence = (finding.code.name, finding.level, finding.of_several.as_deref()?, finding.help.as_str());
    Some((sentence, change.rule, change.key.as_deref()?, source))
}

/// One finding of all of them.
fn together(findings: &[Finding], members: &BTreeSet<usize>, identities: &[&Identity<'_>]) -> Finding {
    let members: Vec<_> = members.iter().map(|index| &findings[*index]).collect();
    let first = members[0];
    let is_meant = |change: &&Change| identity(first, change).is_some_and(|own| identities.contains(&&own));
    let changes: Vec<_> = first.changes.iter().filter(is_meant).cloned().collect();
    let events: BTreeSet<_> = members.iter().filter_map(|finding| finding.event()).collect();
    let names: Vec<_> = events.iter().map(|EventName { action, version }| format!("{action} version {version}")).collect();
    let message = format!(
        "{} changed, so {} events {}: {}",
        owner(&members, identities),
        events.len(),
        first.of_several.as_deref().unwrap_or_default(),
        named(&names)
    );
    let location = changes.first().map(|change| change.location.clone()).unwrap_or_default();
    let package = first.package.clone().filter(|package| members.iter().all(|other| other.package.as_ref() == Some(package)));
    Finding { message, changes, location, package, events: events.into_iter().collect(), ..first.clone() }
}

/// What declares the keys: the one group or entity that all of the events have.
fn owner(members: &[&Finding], identities: &[&Identity<'_>]) -> String {
    let changes = members.iter().flat_map(|finding| finding.changes.iter().map(move |change| (*finding, change)));
    let meant = changes.filter(|(finding, change)| identity(finding, change).is_some_and(|own| identities.contains(&&own)));
    let owners = meant.map(|(_, change)| match &change.origin {
        Origin::Field(owner) => owner.iter().cloned().collect(),
        Origin::Gone(owners) => owners.clone(),
        Origin::Unknown => BTreeSet::new(),
    });
    let common = owners.reduce(|one, other| one.intersection(&other).cloned().collect()).unwrap_or_default();
    match common.iter().next() {
        Some(owner) if common.len() == 1 => owner.clone(),
        _ => "what they share".into(),
    }
}

/// What is left of a finding without the changes that `is_said` elsewhere.
fn rest(finding: &Finding, is_said: impl Fn(Identity<'_>) -> bool) -> Option<Finding> {
    let is_left = |change: &&Change| !identity(finding, change).is_some_and(&is_said);
    let changes: Vec<_> = finding.changes.iter().filter(is_left).cloned().collect();
    if changes.len() == finding.changes.len() {
        return Some(finding.clone());
    }
    let location = changes.first()?.location.clone();
    Some(Finding { location, changes, ..finding.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Location, code};

    fn change(rule: &'static str, key: &str, line: u32, origin: Origin) -> Change {
        Change {
            rule,
            place: "metadata".into(),
            key: Some(key.into()),
            message: format!("`{key}` changed"),
            backward: true,
            forward: false,
            unread: crate::diff::Unread::default(),
            location: Location { file: Some("src/lib.rs".into()), line: Some(line), column: None },
            origin,
        }
    }

    fn finding(action: &str, changes: Vec<Change>) -> Finding {
        let location = changes[0].location.clone();
        let of_several = Some("aren't what the folder holds".into());
        let finding = Finding::new(code::STALE, format!("{action} version 1 isn't what the folder holds"), "help");
        Finding { changes, of_several, package: Some("acme".into()), ..finding.about(action, 1).at(location) }
    }

    fn of_group() -> Change {
        change("key-added-optional", "region", 7, Origin::Field(Some("the group `Request`".into())))
    }

    #[test]
    fn a_key_of_a_group_is_one_finding() {
        let own = change("key-removed", "seats", 30, Origin::Field(None));
        let events: Vec<_> = (0..48).map(|number| format!("a.b{number:02}")).collect();
        let mut findings: Vec<_> = events.iter().map(|action| finding(action, vec![of_group()])).collect();
        findings[1].changes.insert(0, own.clone());
        let folded = fold(&findings);
        assert_eq!(folded.len(), 2);
        assert_eq!((folded[0].action.as_deref(), &folded[0].changes), (Some("a.b01"), &vec![own]), "its own change stays its own");
        let Finding { message, events, changes, location, package, .. } = &folded[1];
        assert_eq!(
            message,
            "the group `Request` changed, so 48 events aren't what the folder holds: a.b00 version 1, a.b01 version 1, a.b02 version 1, \
             a.b03 version 1, a.b04 version 1 and 43 more"
        );
        assert_eq!((events.len(), changes.len(), location.line, package.as_deref()), (48, 1, Some(7), Some("acme")));
    }

    #[test]
    fn what_isnt_shared_stays_apart() {
        let own = |line| change("key-added-optional", "region", line, Origin::Field(None));
        let apart = vec![finding("a.b", vec![own(7)]), finding("a.c", vec![own(9)])];
        assert_eq!(fold(&apart), apart);
        let of_objects = change("object-opened", "", 7, Origin::Unknown);
        let unknown = vec![finding("a.b", vec![of_objects.clone()]), finding("a.c", vec![of_objects])];
        assert_eq!(fold(&unknown), unknown);
    }

    #[test]
    fn what_is_gone_was_in_the_group_that_all_have() {
        let gone = |line, groups: &[&str]| {
            let groups = groups.iter().map(|name| format!("the group `{name}`")).collect();
            change("key-removed", "region", line, Origin::Gone(groups))
        };
        let folded = fold(&[finding("a.b", vec![gone(1, &["Request", "Other"])]), finding("a.c", vec![gone(9, &["Request"])])]);
        assert!(folded[0].message.starts_with("the group `Request` changed, so 2 events"), "{folded:?}");
        let folded = fold(&[finding("a.b", vec![gone(1, &[])]), finding("a.c", vec![gone(9, &["Request"])])]);
        assert!(folded[0].message.starts_with("what they share changed, so 2 events"), "{folded:?}");
    }
}
