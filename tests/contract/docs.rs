//! Doc comments, however they are given, in the record that tools read.

use audit_core::schema::record::MAGIC;
use audit_core::schema::record::read::{Event, read};
use audit_core::{Actor, AuditEntity, AuditEvent, AuditValue};

#[derive(AuditValue)]
#[allow(dead_code)]
enum Kind {
    #[doc = concat!("The ", "first")]
    First,
    #[cfg_attr(all(), doc = "The second")]
    Second,
}

#[derive(AuditEntity)]
#[audit(type = "document")]
#[doc = concat!("A document of ", env!("CARGO_PKG_NAME"), ", ", 1, ' ', true)]
struct Document {
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/title.md"))]
    title: String,
    /// Nobody reads it: `undefined!()`.
    #[doc = stringify!(not sent)]
    unsent: bool,
}

macro_rules! event {
    ($(#[$meta:meta])* $name:ident, $expression:expr, $literal:literal) => {
        $(#[$meta])*
        #[derive(AuditEvent)]
        #[audit(action = "docs.given", version = 1, actor = Actor)]
        struct $name {
            #[audit(target)]
            document: Document,
            kind: Kind,
            #[doc = $expression]
            by_expression: u8,
            #[doc = $literal]
            by_literal: u8,
            #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/title.md"))]
            by_path: u8,
            /// Above.
            #[doc = concat!(" And ", "below.")]
            in_parts: Option<u8>,
        }
    };
}

event! {
    /// An event that a macro makes.
    ///
    /// With two paragraphs.
    Given, concat!("An ", "expression"), "A literal"
}

fn record() -> Event {
    let program = std::fs::read(std::env::current_exe().expect("it runs")).expect("it can be read");
    let begins = program
        .windows(MAGIC.len())
        .enumerate()
        .filter(|(_, window)| *window == MAGIC)
        .map(|(at, _)| at);
    let mut events = begins.filter_map(|at| Some(read(&program[at..]).ok()?.0));
    events
        .find(|event| event.action == Given::ACTION)
        .expect("its record is in the program")
}

#[test]
fn docs_reach_the_record_however_they_are_given() {
    let event = record();
    assert_eq!(
        event.docs,
        "An event that a macro makes.\n\nWith two paragraphs."
    );
    let document = &event.targets[0].entity;
    assert_eq!(document.docs, "A document of audit-contract, 1 true");
    assert_eq!(document.metadata[0].docs, "The title.\n\nAs it was.");
    let of = |key: &str| {
        event
            .metadata
            .iter()
            .find(|field| field.key == key)
            .expect("it is a key")
    };
    assert_eq!(of("by_expression").docs, "An expression");
    assert_eq!(of("by_literal").docs, "A literal");
    assert_eq!(of("by_path").docs, "The title.\n\nAs it was.");
    assert_eq!(of("in_parts").docs, "Above.\nAnd below.");
    let values = of("kind").values.as_ref().expect("it is an enum");
    let values: Vec<_> = values
        .iter()
        .map(|value| (value.name.as_str(), value.docs.as_str()))
        .collect();
    assert_eq!(values, [("First", "The first"), ("Second", "The second")]);
}

#[test]
fn what_is_described_works() {
    let document = Document {
        id: 1,
        title: "t".into(),
        unsent: true,
    };
    assert!(!document.unsent || document.id == 1);
    let (kind, in_parts) = (Kind::Second, None);
    let given = Given {
        document,
        kind,
        by_expression: 1,
        by_literal: 2,
        by_path: 3,
        in_parts,
    };
    assert!(
        given
            .try_into_event_with_actor(&Actor::new("a", "b"), audit_core::Context::empty())
            .is_ok()
    );
}
