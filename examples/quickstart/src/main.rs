//! One event, from annotated types to the bytes that are sent and the schema that they obey.

use audit_core::{AuditEntity, AuditEvent, AuditValue, Context, Registrations};

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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let trusted = std::env::args().any(|argument| argument == "--trusted");
    let event = DocumentShared::builder()
        .owner(User {
            id: "user_1".into(),
            full_name: "Zoë Ashworth".into(),
            password_hash: "$argon2id$…".into(),
        })
        .document(Document { id: 4711 })
        .access(if trusted {
            Access::FullAccess
        } else {
            Access::ReadOnly
        })
        .message("The figures for Thursday")
        .context(Context::new("203.0.113.7"))
        .build();

    // `version = 1` is a name in the code. What is sent is the number that the service gave to this schema in an environment. Programs load
    // it from the file that `cargo audit-schema push` writes: Registrations::load("schemas/registrations/production.json")?
    let registrations = r#"{"document.shared": {"1": {"server": 3, "sha256": "23dd486c2fa59c83d85e2ffb825dfda16319c4f035897c13d2dc544148545409"}}}"#;
    let registrations = Registrations::from_json(registrations)?;

    println!("{}", event.to_wire(&registrations)?);
    println!("{}", DocumentShared::SCHEMA_JSON);
    Ok(())
}
