use audit_core::{AuditEntity, AuditValue};

pub struct Input<'a> { pub text: [&'a str; 16], pub reason: Option<&'a str>, pub cents: i64, pub rate: f64 }

#[derive(Clone, Copy, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Plan { Free, Pro, Enterprise, LegacyAnnual }

#[derive(AuditEntity)]
#[audit(type = "user")]
pub struct User {
    #[audit(id)] pub id: String,
    #[audit(name)] pub name: String,
    #[audit(metadata)] pub department: String,
    #[audit(metadata)] pub session_id: String,
}

#[derive(AuditEntity)]
#[audit(type = "invoice")]
pub struct Invoice { #[audit(id)] pub id: String, #[audit(name)] pub name: String, #[audit(metadata)] pub number: String }

#[derive(AuditEntity)]
#[audit(type = "customer")]
pub struct Customer { #[audit(id)] pub id: String, #[audit(name)] pub name: String }
