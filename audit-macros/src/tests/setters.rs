//! Where editors go from a setter, and what they show of it: the field's own name and docs, from the builder and from a stub.

use proc_macro2::TokenStream;

use super::{docs, errors, functions};
use crate::pipeline;

const ITEM: &str = "#[audit(action = \"team.renamed\", version = 1)]
struct TeamRenamed {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    /// Why it was renamed.
    /// In words.
    reason: Option<Reason>,
    mfa: bool,
}";

fn both() -> [TokenStream; 2] {
    let broken = ITEM.replace("team.renamed", "renamed");
    [ITEM, &broken].map(|item| pipeline::event(item.parse().expect("it is a struct")))
}

#[test]
fn a_setter_stands_where_its_field_does() {
    for output in both() {
        let setters = functions(&output);
        for (name, field, line) in [
            ("user", "user", 4),
            ("team", "team", 6),
            ("reason", "reason", 9),
            ("maybe_reason", "reason", 9),
            ("mfa", "mfa", 10),
        ] {
            assert!(
                ITEM.lines()
                    .nth(line - 1)
                    .is_some_and(|text| text.contains(field))
            );
            assert!(
                setters.contains(&(name.into(), line)),
                "{name}: {setters:?}"
            );
        }
    }
}

#[test]
fn a_setter_has_its_field_s_docs() {
    for output in both() {
        let text = output.to_string();
        for setter in ["fn reason", "fn maybe_reason"] {
            let before = &text[..text
                .find(setter)
                .unwrap_or_else(|| panic!("{setter} is in the builder"))];
            let documented = before.rfind("Why it was renamed").map(|at| &before[at..]);
            let documented = documented.unwrap_or_else(|| panic!("{setter} has docs"));
            assert!(
                documented.contains("In words.") && !documented.contains("fn "),
                "{setter}: {documented}"
            );
        }
    }
}

const SPLIT: &str = "#[audit(action = \"team.renamed\", version = 1, actor = Actor)]
struct TeamRenamed {
    #[audit(target, split = \"batch_id\")]
    teams: Vec<Team>,
    #[audit(context)]
    context: Context,
}";

#[test]
fn no_docs_name_what_is_generated() {
    let parsed = |item: &str| item.parse::<TokenStream>().expect("it is an item");
    let outputs = [
        pipeline::event(parsed(ITEM)),
        pipeline::event(parsed(SPLIT)),
        pipeline::entity(parsed(
            "#[audit(type = \"user\")] struct User { #[audit(id)] id: String }",
        )),
        pipeline::entity(parsed(
            "enum Anyone { User(User), #[audit(type = \"system\", id = \"cron\")] System }",
        )),
        pipeline::metadata(parsed("struct Request { id: u32 }")),
        pipeline::value(parsed("#[audit(max_len = 2)] struct CountryCode(String);")),
        pipeline::value(parsed("enum Plan { Free, Paid }")),
    ];
    for output in &outputs {
        assert_eq!(errors(output.clone()).len(), 0, "{output}");
    }
    let docs: Vec<_> = outputs.into_iter().flat_map(docs).collect();
    for known in [
        "as many events",
        "with the value's own context",
        "with every violation",
    ] {
        assert!(
            docs.iter().any(|text| text.contains(known)),
            "{known}: {docs:?}"
        );
    }
    let named: Vec<_> = docs.iter().filter(|text| text.contains("__")).collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn the_builder_s_docs_list_its_setters() {
    let [output, _] = both();
    let text = output.to_string();
    let expected = "Required: `user`, `team`, `mfa`, `context`.\\n\\nOptional: `reason` (or `maybe_reason`), `occurred_at`.\\n\\nThen `try_build`, `build` where nothing can be rejected, or `encode_into`.";
    assert!(text.contains(expected), "{text}");
}
