//! One event, from annotated types to the bytes that are sent and the schema that they obey.

use audit_core::{AuditEntity, AuditEvent, AuditValue, Context};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(name)]
    full_name: String,
    password_hash: String, // not marked: never leaves the process
}

#[derive(AuditEntity)]
#[audit(type = "document")]
struct Document {
    #[audit(id)]
    id: u64,
}

#[derive(AuditValue)]
#[audit(rename_all = "snake_case")]
enum Access {
    ReadOnly,
    FullAccess,
}

/// A document was shared with another person.
#[derive(AuditEvent)]
#[audit(action = "document.shared", version = 1)]
struct DocumentShared {
    #[audit(actor)]
    owner: User,
    #[audit(target)]
    document: Document,
    access: Access,
    /// The person's own words to the recipient.
    #[audit(truncate)]
    message: String,
    expires_in_days: Option<u32>,
}

fn main() {
    let trusted = std::env::args().any(|argument| argument == "--trusted");
    let event = DocumentShared::builder()
        .owner(User { id: "user_1".into(), full_name: "Zoë Ashworth".into(), password_hash: "$argon2id$…".into() })
        .document(Document { id: 4711 })
        .access(if trusted { Access::FullAccess } else { Access::ReadOnly })
        .message("The figures for Thursday")
        .context(Context::new("203.0.113.7"))
        .build();

    println!("{}", event.as_json());
    println!("{}", DocumentShared::SCHEMA_JSON);
}
