//! What the errors suggest to someone who wants to keep a value in: nothing that sends it.

use super::errors;
use crate::pipeline;

/// Words for it. On an entity's field, which nothing sends while it is unmarked, no attribute is the answer.
const KEPT: &str = "no_metadata not_metadata nometadata non_metadata without_metadata metadata_off metadata_none noMetadata skip_metadata \
    no_name dont_name never_name unnamed nameless noname name_hidden nameRedacted hide_name none not_id no_id noid id_hash hashed_id \
    redact redacted rename_redacted redact_truncate truncate_hashed display_masked join_anonymous flatten_private no_flatten no_display \
    hash hashed mask masked pii phi gdpr sensitive sensitve private secret confidential encrypted anonymize anonymous pseudonymized \
    hide hidden omit omitted exclude excluded skip skipped skip_serializing skip_rename ignore ignored internal_only protected remove \
    removed sanitized scrub strip suppress tokenized withhold withheld password_hash dont_send do_not_send never no not off false \
    without NO_NAME REDACT unrename \"redact\" \"hidden\" \"do not send\" \"skip\" !metadata";

/// More of them, and what becomes of them when a letter is wrong: a list of what is known is an answer, too.
const NOT_SENT: &str = "void safe local nil null blank empty drop dropped discard discarded erase erased delete deleted forgotten forget secure \
    sealed shield guard cloak veil cover muted mute silent quiet opaque blind blur unsent unlisted unlogged nolog no_log unmarked \
    keep keep_in stay inside closed wipe wiped purge purged filter filtered clear cleared encode cipher salt digest hmac zeroize \
    restricted classified taint avoid deny denied forbid block blocked limited trim hsah maks msak rdact redcat privat pivate hiden \
    ommit sesnitive scret ingore exlude anonimize encypt shadow shroud vault lock locked local_only lost mangle scramble garble \
    invisible transient in_memory in_process confine contain retain hold held guarded undisclosed black blackout dim fade stars last4 \
    partial coarse fuzz noise gone inert waste";

/// Mistyped, and sent.
const MISTYPED: [(&str, &str); 9] = [
    ("nmae", "name"),
    ("ide", "id"),
    ("metdata", "metadata"),
    ("trunc", "truncate"),
    ("truncate_to", "truncate"),
    ("renmae", "rename"),
    ("max_lenght", "max_len"),
    ("flaten", "flatten"),
    ("dispaly", "display"),
];

/// The one error of an attribute's list on a field that is otherwise fine.
fn of(
    derive: fn(proc_macro2::TokenStream) -> proc_macro2::TokenStream,
    item: &str,
    list: &str,
) -> String {
    let item = item.replace("LIST", list);
    let mut raised = errors(derive(
        item.parse()
            .unwrap_or_else(|error| panic!("{item}: {error}")),
    ));
    assert_eq!(raised.len(), 1, "{item}: {raised:#?}");
    raised.remove(0).text
}

fn on_entity(list: &str) -> String {
    of(
        pipeline::entity,
        "#[audit(type = \"user\")] struct User { #[audit(id)] id: String, #[audit(LIST)] phone: String }",
        list,
    )
}

fn on_event(list: &str) -> String {
    let event = "#[audit(action = \"a.b\", version = 1, actor = User)] struct Made { #[audit(target)] team: Team, #[audit(LIST)] phone: String }";
    of(pipeline::event, event, list)
}

fn on_group(list: &str) -> String {
    of(
        pipeline::metadata,
        "struct Group { #[audit(LIST)] phone: String }",
        list,
    )
}

/// Words between spaces; a quoted one may have spaces.
fn words(list: &str) -> impl Iterator<Item = String> {
    list.split('"')
        .enumerate()
        .flat_map(|(index, text)| match index % 2 {
            0 => text.split_whitespace().map(String::from).collect(),
            _ => vec![format!("\"{text}\"")],
        })
}

#[test]
fn what_is_kept_in_is_answered_by_what_keeps_it_in() {
    let values = [
        "metadata = false",
        "name = \"hash\"",
        "id = false",
        "metadata(redacted)",
        "name: private",
    ]
    .map(String::from);
    let wrong: Vec<String> = words(KEPT)
        .chain(values)
        .map(|list| format!("{list}: {}", on_entity(&list)))
        .filter(|said| {
            !said.contains("help: remove it: an unmarked field never leaves the process")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let in_text = of(
        pipeline::entity,
        "#[audit(type = \"user\")] struct User { #[audit(id)] id: String, #[audit = LIST] phone: String }",
        "\"redact\"",
    );
    assert!(in_text.contains("help: remove it: "), "{in_text}");
    let keeps_in = |said: &str| said.contains("#[audit(skip)]") || is_meant(said, "skip");
    let said = words(KEPT)
        .filter(|word| word != "skip")
        .flat_map(|word| [on_event, on_group].map(|on| (word.clone(), on(&word))));
    let wrong: Vec<_> = said.filter(|(_, said)| !keeps_in(said)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_suggestion_sends_what_is_kept_in() {
    let said = words(NOT_SENT)
        .flat_map(|word| [on_entity, on_event, on_group].map(|on| (word.clone(), on(&word))));
    let wrong: Vec<_> = said
        .filter(|(_, said)| said.contains("did you mean") && !said.contains("`skip`?"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether the whole help is that `meant` may be meant.
fn is_meant(said: &str, meant: &str) -> bool {
    said.ends_with(&format!(
        "\n  help: did you mean `{meant}`? (cargo audit-schema explain A0101)"
    ))
}

#[test]
fn mistyped_attributes_keep_their_suggestion() {
    for (typo, meant) in MISTYPED {
        let said = on_entity(typo);
        assert!(is_meant(&said, meant), "{typo}: {said}");
    }
    for (typo, meant) in [
        ("traget", "target"),
        ("actr", "actor"),
        ("skiped", "skip"),
        ("ocurred_at", "occurred_at"),
        ("tpye", "type"),
    ] {
        let said = on_event(typo);
        assert!(is_meant(&said, meant), "{typo}: {said}");
    }
    for (typo, meant) in [
        ("verison = 1", "version"),
        ("rename_al = \"x\"", "rename_all"),
        ("no_builder", "builder"),
    ] {
        let said = of(
            pipeline::event,
            "#[audit(action = \"a.b\", LIST)] struct Made { #[audit(actor)] by: User, #[audit(target)] team: Team }",
            typo,
        );
        assert!(is_meant(&said, meant), "{typo}: {said}");
    }
}
