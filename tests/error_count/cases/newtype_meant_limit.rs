//! A newtype whose limit is misspelt, and the constructors that it would have.

use audit_core::AuditValue;

#[derive(AuditValue)]
#[audit(maxlen = 2)] //~
pub struct Misspelt(String);

#[derive(AuditValue)]
#[audit(max_len = "2")] //~
pub struct Quoted(String);

#[derive(AuditValue)]
#[audit(max_len = 2)]
pub struct Number(u32); //~^

pub fn uses() {
    let _ = (Misspelt::new("de"), Misspelt::try_from("de"), Misspelt::try_from(String::new()));
    let _ = (Quoted::new(String::from("de")), Quoted::try_from("de"));
    let _ = (Number::new(1_u32), Number::try_from("1"));
}
