//! Names of fields and variants, and the case that makes the fewest of them need a `rename`.

use super::enums::Enums;
use super::{KeyField, Keys, Named};
use crate::import::express::{Field, Object};
use crate::import::names::{self, Names};
use audit_rules::case::{CASES, Case};

/// The builder's methods (`audit-macros/src/check/setters.rs`).
pub const METHODS: [&str; 7] = [
    "actor",
    "build",
    "context",
    "encode_into",
    "occurred_at",
    "try_build",
    "try_build_all",
];

/// Fields for the keys of an object, in the struct `holder`.
pub fn keys(object: &Object, mut used: Names, holder: &str, enums: &mut Enums<'_>) -> Keys {
    let fields = &object.fields;
    let mut ident =
        |field: &Field| used.claim_field(&names::field_name(&field.key, "key"), "value");
    let pairs = fields
        .iter()
        .map(|field| (ident(field), field.key.as_str()));
    let pairs: Vec<_> = pairs.collect();
    let (case, named) = renamed(&pairs, Case::field);
    let field = |(field, named): (&Field, Named)| KeyField {
        named,
        choice: enums.of(field, holder),
        field: field.clone(),
    };
    Keys {
        case,
        fields: fields.iter().zip(named).map(field).collect(),
    }
}

/// Variants for the values of an enum.
pub fn variants(values: &[String]) -> (Option<Case>, Vec<Named>) {
    let mut used = Names::default();
    let mut variant = |value: &str| used.claim(&[names::variant_name(value)]);
    let pairs: Vec<_> = values
        .iter()
        .map(|value| (variant(value), value.as_str()))
        .collect();
    renamed(&pairs, Case::variant)
}

/// The case that needs the fewest renames; none if that is as good.
fn renamed(
    pairs: &[(String, &str)],
    apply: fn(Case, &str) -> String,
) -> (Option<Case>, Vec<Named>) {
    let renamed = |case: Option<Case>, ident: &str| {
        case.map_or_else(|| ident.to_owned(), |case| apply(case, ident))
    };
    let differ = |case: Option<Case>| {
        pairs
            .iter()
            .filter(|(ident, text)| renamed(case, ident) != *text)
            .count()
    };
    let cases = || CASES.iter().map(|(_, case)| Some(*case));
    // Of cases that fit equally, `snake_case` rather than `lowercase`, and `SCREAMING_SNAKE_CASE` rather than `UPPERCASE`.
    let preferred = [None, Some(Case::Snake), Some(Case::ScreamingSnake)];
    let best = preferred
        .into_iter()
        .chain(cases())
        .min_by_key(|case| differ(*case))
        .flatten();
    let named = |(ident, text): &(String, &str)| Named {
        ident: ident.clone(),
        rename: (renamed(best, ident) != *text).then(|| (*text).to_owned()),
    };
    (best, pairs.iter().map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Property, Types};

    fn object(keys: &[&str]) -> Object {
        let field = |key: &&str| Field {
            key: (*key).into(),
            docs: String::new(),
            property: Property::of(Types::BOOLEAN),
            optional: true,
        };
        Object {
            docs: String::new(),
            fields: keys.iter().map(field).collect(),
        }
    }

    /// The names of an event's targets, and those that are taken beside its actor.
    fn roles(targets: &[&str]) -> (Vec<String>, Names) {
        let mut names = Names::reserving(&METHODS);
        let claim = |kind: &&str| names.claim_field(&names::field_name(kind, "target"), "target");
        (targets.iter().map(claim).collect(), names)
    }

    /// The case, and each field with its rename.
    fn of_event(targets: &[&str], keys: &[&str]) -> (Option<Case>, Vec<String>) {
        let (_, roles) = roles(targets);
        let mut names = Names::default();
        let planned = super::keys(&object(keys), roles, "", &mut Enums::new(&mut names));
        (
            planned.case,
            planned
                .fields
                .into_iter()
                .map(|field| shown(field.named))
                .collect(),
        )
    }

    fn shown(Named { ident, rename }: Named) -> String {
        rename.map_or(ident.clone(), |rename| format!("{ident}={rename}"))
    }

    #[test]
    fn takes_the_case_that_needs_the_fewest_renames() {
        assert_eq!(
            of_event(&[], &["agent_name", "scope"]),
            (None, vec!["agent_name".into(), "scope".into()])
        );
        let (case, fields) = of_event(
            &[],
            &["agentName", "conversationId", "origin", "actor_type"],
        );
        assert_eq!(
            (case, fields.join(" ").as_str()),
            (
                Some(Case::Camel),
                "agent_name conversation_id origin actor_type=actor_type"
            )
        );
        let (case, fields) = of_event(&[], &["agentName", "actor_type"]);
        assert_eq!(
            (case, fields.join(" ").as_str()),
            (None, "agent_name=agentName actor_type")
        );
        let (case, fields) = of_event(&[], &["REQUEST-ID", "IP"]);
        assert_eq!(
            (case, fields.join(" ").as_str()),
            (Some(Case::ScreamingKebab), "request_id ip")
        );
    }

    #[test]
    fn keeps_keys_that_cannot_be_fields() {
        let keys = [
            "actor",
            "context",
            "build",
            "team",
            "self",
            "type",
            "2fa",
            "-",
            "agentName",
            "agent_name",
            "userID",
        ];
        let (case, fields) = of_event(&["team"], &keys);
        assert_eq!(case, Some(Case::Camel));
        assert_eq!(
            fields.join(" "),
            "actor_value=actor context_value=context build_value=build team_value=team self_value=self type key_2fa=2fa key=- \
             agent_name agent_name_value=agent_name user_id=userID"
        );
    }

    #[test]
    fn no_setter_is_another_ones_maybe() {
        let (_, fields) = of_event(
            &["maybe_team"],
            &["maybe_a", "a", "b", "maybe_b", "team", "a_maybe"],
        );
        assert_eq!(
            fields.join(" "),
            "maybe_a a_value=a b maybe_b_value=maybe_b team_value=team a_maybe"
        );
    }

    #[test]
    fn targets_are_fields_too() {
        let (idents, _) = roles(&["workspace", "actor", "Data Source", "data_source", "7"]);
        assert_eq!(
            idents,
            [
                "workspace",
                "actor_target",
                "data_source",
                "data_source_target",
                "target_7"
            ]
        );
    }

    #[test]
    fn values_become_variants() {
        let of = |values: &[&str]| {
            let values: Vec<_> = values.iter().map(ToString::to_string).collect();
            let (case, named) = variants(&values);
            (
                case,
                named.into_iter().map(shown).collect::<Vec<_>>().join(" "),
            )
        };
        assert_eq!(
            of(&["read_only", "full"]),
            (Some(Case::Snake), "ReadOnly Full".into())
        );
        assert_eq!(
            of(&["READ_ONLY", "FULL"]),
            (Some(Case::ScreamingSnake), "ReadOnly Full".into())
        );
        assert_eq!(
            of(&["readOnly", "full"]),
            (Some(Case::Camel), "ReadOnly Full".into())
        );
        assert_eq!(of(&["Admin", "Member"]), (None, "Admin Member".into()));
        assert_eq!(
            of(&["", "self", "c", "c++", "日", "月"]),
            (
                Some(Case::Snake),
                "Empty= SelfValue=self C C2=c++ Other=日 Other2=月".into()
            )
        );
    }
}
