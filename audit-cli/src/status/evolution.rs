//! Findings about evolution: compares a version that isn't registered yet with those before it, in the mode of `audit.toml`.

use crate::diff::evolution::{Evolution, Mode};
use crate::diff::versions::{Schema, Snapshot};
use crate::diff::versions::{changes, lower};
use crate::finding::{Finding, code};
use crate::store::{Name, Store};

/// The forbidden changes of new versions. `code` is what the code renders, `folder` what is committed.
pub fn all(
    evolution: Evolution,
    code: &Snapshot,
    folder: &Snapshot,
    store: &Store,
) -> Vec<Finding> {
    // What is committed is what was promised; drafts are what may be promised next.
    let known: Snapshot = code
        .iter()
        .chain(folder)
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let open = code
        .iter()
        .filter(|((action, version), _)| !store.is_promised(action, *version));
    open.flat_map(|(name, schema)| of_version(evolution, name, schema, &known))
        .collect()
}

fn of_version(
    evolution: Evolution,
    (action, version): &Name,
    schema: &Schema,
    known: &Snapshot,
) -> Vec<Finding> {
    let before = lower(known, (action, *version)).rev();
    let before = before.take(if evolution.transitive { usize::MAX } else { 1 });
    before
        .filter_map(|(number, old)| {
            finding(
                evolution.mode,
                (action, *version),
                number,
                &changes(old, schema),
                schema,
            )
        })
        .collect()
}

fn finding(
    mode: Mode,
    (action, version): (&str, u32),
    before: u32,
    changes: &[crate::diff::Change],
    schema: &Schema,
) -> Option<Finding> {
    let breaking: Vec<_> = changes
        .iter()
        .filter(|change| !mode.allows(change.class))
        .cloned()
        .collect();
    let first = breaking.first()?.location.clone();
    // Of what isn't compared it isn't known.
    let is_certain = breaking.iter().any(|change| change.unread.all().is_empty());
    let (one, several) = if is_certain {
        ("isn't", "aren't")
    } else {
        ("may not be", "may not be")
    };
    let message = format!(
        "{action} version {version} {one} {} compatible with version {before}",
        mode.direction()
    );
    let help = format!(
        "{}; or change `evolution` in audit.toml, or waive the rule there",
        mode.way_out()
    );
    let package = schema.event.as_ref().map(|event| event.package.clone());
    let of_several = Some(format!(
        "{several} {} compatible with the versions before them",
        mode.direction()
    ));
    Some(Finding {
        of_several,
        package,
        changes: breaking,
        ..Finding::new(code::EVOLUTION, message, help)
            .about(action, version)
            .at(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Body, sha256};
    use crate::config::Config;
    use crate::diff::evolution::VALUES;

    fn schema(keys: &str) -> Schema {
        let text = format!(
            r#"{{"targets": [{{"type": "team"}}], "metadata": {{"additionalProperties": false, "properties": {{{keys}}}}}}}"#
        );
        Schema {
            body: Body::parse(&text).expect("a body"),
            sha256: sha256(&text),
            text,
            event: None,
            file: None,
        }
    }

    fn evolution(mode: &str) -> Evolution {
        let mut values = VALUES.iter();
        let value = values.find(|(name, _)| *name == mode).expect("a mode");
        value.1
    }

    fn versions(list: &[(u32, &str)]) -> Snapshot {
        list.iter()
            .map(|(version, keys)| (("a.b".to_owned(), *version), schema(keys)))
            .collect()
    }

    /// What is found: version, rules.
    fn found(
        mode: &str,
        code: &[(u32, &str)],
        folder: &[(u32, &str)],
    ) -> Vec<(u32, Vec<&'static str>)> {
        let evolution = evolution(mode);
        let findings = all(
            evolution,
            &versions(code),
            &versions(folder),
            &Store::default(),
        );
        let rules = |finding: &Finding| finding.changes.iter().map(|change| change.rule).collect();
        findings
            .iter()
            .map(|finding| (finding.version.unwrap_or(0), rules(finding)))
            .collect()
    }

    const A: &str = r#""a": {"type": "string"}"#;
    const A_AND_B: &str = r#""a": {"type": "string"}, "b": {"type": "string"}"#;

    #[test]
    fn each_mode_forbids_its_direction() {
        let (added, removed) = (
            vec![(2, vec!["key-added-optional"])],
            vec![(2, vec!["key-removed"])],
        );
        for (mode, on_adding, on_removing) in [
            ("none", false, false),
            ("backward", false, true),
            ("forward", true, false),
            ("full", true, true),
        ] {
            assert_eq!(
                found(mode, &[(2, A_AND_B)], &[(1, A)]),
                if on_adding { added.clone() } else { Vec::new() },
                "{mode}"
            );
            assert_eq!(
                found(mode, &[(2, A)], &[(1, A_AND_B)]),
                if on_removing {
                    removed.clone()
                } else {
                    Vec::new()
                },
                "{mode}"
            );
        }
    }

    #[test]
    fn what_isnt_compared_may_be_compatible() {
        let message = |before: &str, after: &str| {
            let findings = all(
                evolution("full"),
                &versions(&[(2, after)]),
                &versions(&[(1, before)]),
                &Store::default(),
            );
            findings
                .into_iter()
                .map(|finding| finding.message)
                .collect::<Vec<_>>()
        };
        let foreign = r##""a": {"$ref": "#/$defs/a"}"##;
        assert_eq!(
            message(foreign, A),
            ["a.b version 2 may not be fully compatible with version 1"]
        );
        assert_eq!(
            message(foreign, A_AND_B),
            ["a.b version 2 isn't fully compatible with version 1"]
        );
    }

    #[test]
    fn transitive_modes_look_at_every_lower_version() {
        // Removed in 2, and still missing in 3.
        let (code, folder) = ([(3, A)], [(1, A_AND_B), (2, A)]);
        assert_eq!(found("backward", &code, &folder), []);
        assert_eq!(
            found("backward-transitive", &code, &folder),
            [(3, vec!["key-removed"])]
        );
        // A gap is nobody's business.
        assert_eq!(
            found("backward", &[(9, A)], &[(1, A_AND_B)]),
            [(9, vec!["key-removed"])]
        );
    }

    #[test]
    fn what_is_registered_is_past_changing() {
        let mut store = Store::default();
        let registrations = r#"{"a.b": {"2": {"server": 1, "sha256": "x"}}}"#;
        store.registrations.insert(
            "production".into(),
            audit_rules::registrations::read(registrations.as_bytes()).expect("registrations"),
        );
        let evolution = evolution("full");
        assert_eq!(
            all(
                evolution,
                &versions(&[(2, A)]),
                &versions(&[(1, A_AND_B)]),
                &store
            ),
            []
        );
        assert_eq!(
            all(
                evolution,
                &versions(&[(3, A_AND_B)]),
                &versions(&[(2, A)]),
                &store
            )
            .len(),
            1
        );
        let emulator =
            "[environments.production]\napi-key-env = \"KEY\"\nurl = \"http://127.0.0.1:4010\"\n";
        store.environments = Config::parse(emulator).expect("settings").environments;
        assert_eq!(
            all(
                evolution,
                &versions(&[(2, A)]),
                &versions(&[(1, A_AND_B)]),
                &store
            )
            .len(),
            1,
            "an emulator is no promise"
        );
    }
}
