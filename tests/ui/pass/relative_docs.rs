//! Docs from a file beside the source. Macros are told where they are since Rust 1.88.

use audit_core::{Actor, AuditEntity, AuditEvent, Context};

#[derive(AuditEntity)]
#[audit(type = "document")]
struct Document {
    #[audit(id)]
    id: u32,
}

#[derive(AuditEvent)]
#[audit(action = "docs.relative", version = 1, actor = Actor)]
struct Relative {
    #[audit(target)]
    document: Document,
    #[doc = include_str!("relative_docs.md")]
    title: bool,
}

fn main() {
    let value = Relative { document: Document { id: 1 }, title: true };
    let _ = value.into_event_with_actor(&Actor::new("a", "b"), Context::empty());
    let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    // Written otherwise here, so that the program holds it once.
    let docs = "The_title,_from_a_file_beside_the_source.".replace('_', " ").into_bytes();
    assert!(program.windows(docs.len()).any(|window| window == docs));
}
