//! What rustc advises of itself: paths that exist.

use super::consumer::Consumer;

const EVENTS: &str = "use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue};
#[derive(AuditEntity)] #[audit(type = \"user\")] pub struct User { #[audit(id)] pub id: u32 }
#[derive(AuditValue)] pub enum Kind { A }
#[derive(AuditMetadata)] pub struct Group { pub kind: Kind }
#[derive(AuditEvent)] #[audit(action = \"a.b\", version = 1)]
pub struct House { #[audit(actor)] pub by: Actor, #[audit(target)] pub user: User }
";

/// In a crate that depends on another one's events, and not on `audit-core` itself, rustc knows a trait by the module that defines it.
#[test]
fn a_trait_that_is_missing_is_imported_from_the_root() {
    let uses = "pub fn uses(house: events::House) {
    let _ = house.into_event(());
    let _ = (events::User::SCHEMA, events::Kind::TYPE, events::Group::KEYS);
}
";
    let said = Consumer::new("advice").said_behind(EVENTS, uses);
    for name in ["AuditEvent", "AuditEntity", "AuditValue", "AuditMetadata"] {
        assert!(
            said.contains(&format!("use audit_core::{name};")),
            "{name}: {said}"
        );
    }
    let advised = said.lines().filter(|line| line.contains("+ use ")).count();
    assert_eq!(advised, 4, "{said}");
}

/// rustc looks for it beside the file that calls the macro, the derive beside the macro's own.
#[test]
fn a_macro_of_another_folder_can_name_a_file_of_docs() {
    let consumer = Consumer::new("docs_elsewhere");
    consumer.write("src/plan.md", "The free one.");
    let source = "#[macro_use]\n#[path = \"elsewhere/described.rs\"]\nmod elsewhere;\ndescribed!();\npub const FREE: Plan = Plan::Free;\n";
    let messages = |file: &str| {
        let named = format!(
            "#[derive(audit_core::AuditValue)] pub enum Plan {{ #[doc = include_str!({file})] Free }}"
        );
        consumer.write(
            "src/elsewhere/described.rs",
            &format!("macro_rules! described {{ () => {{\n{named}\n}} }}\n"),
        );
        consumer.messages(source)
    };
    let found = messages("\"plan.md\"");
    let [error, "error: aborting due to 1 previous error"] =
        found.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        panic!("one error: {found:?}")
    };
    assert!(
        error.starts_with("src/elsewhere/described.rs:2:"),
        "{error}"
    );
    assert!(
        error.contains("audit[A0324]: the derive can't read this doc comment: "),
        "{error}"
    );
    assert_eq!(
        messages("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/plan.md\")"),
        [""; 0]
    );
}
