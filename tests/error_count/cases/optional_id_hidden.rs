//! An alias hides that an id is optional.

use audit_core::AuditEntity;

type Maybe<T> = Option<T>;

#[derive(AuditEntity)]
#[audit(type = "hidden")]
pub struct Hidden {
    #[audit(id)]
    id: Maybe<String>, //~
    #[audit(name)]
    name: Maybe<u8>,
}

#[derive(AuditEntity)]
#[audit(type = "hidden")]
pub struct HiddenNumber {
    #[audit(id)]
    id: Maybe<u8>, //~
}
