//! Entities, groups and values whose names are a macro's arguments.

use audit_core::{AuditEntity, AuditMetadata, AuditValue};

macro_rules! types {
    ($entity:ident, $any:ident, $group:ident, $value:ident, $code:ident, $field:ident: $type:ty) => {
        #[derive(AuditEntity)]
        #[audit(type = "team")]
        struct $entity {
            #[audit(id)]
            id: u64,
            #[audit(metadata)]
            $field: $type,
            #[audit(flatten)]
            group: $group,
        }
        #[derive(AuditEntity)]
        enum $any {
            Team($entity),
        }
        #[derive(AuditMetadata)]
        struct $group {
            inner: Inner,
            #[audit(flatten)]
            more: More,
            #[audit(max_len = 5)]
            code: $code,
        }
        #[derive(AuditValue)]
        enum $value {
            A,
        }
        #[derive(AuditValue)]
        #[audit(max_len = 5)]
        struct $code(String);
    };
}

#[derive(AuditMetadata)]
struct More {
    more: bool,
}

types!(Team, Any, Group, Inner, Code, flag: bool);

fn main() {
    let group = Group { inner: Inner::A, more: More { more: true }, code: Code::new("c").unwrap() };
    let _ = Any::Team(Team { id: 1, flag: true, group });
}
