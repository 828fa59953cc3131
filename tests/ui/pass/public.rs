//! Public events of a documented library, with private types in them and the other way about.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms)]

use audit_core::Context;

/// What others use.
pub mod events {
    use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

    /// Something.
    #[derive(AuditEvent)]
    #[audit(action = "p.public", version = 1)]
    pub struct Public {
        /// Who.
        #[audit(actor)]
        pub user: super::private::User,
        #[audit(target)]
        team: Team,
        kind: Kind,
        #[audit(flatten)]
        group: Group,
    }

    #[derive(AuditEntity)]
    #[audit(type = "team")]
    struct Team {
        #[audit(id)]
        id: u32,
    }

    #[derive(AuditValue)]
    enum Kind {
        A,
    }

    #[derive(AuditMetadata)]
    struct Group {
        flag: bool,
    }

    impl Public {
        /// Made inside.
        pub fn new(user: super::private::User) -> Self {
            Self { user, team: Team { id: 1 }, kind: Kind::A, group: Group { flag: true } }
        }
    }

    /// A bounded text.
    #[derive(AuditValue)]
    #[audit(max_len = 2)]
    pub struct Country(String);
}

mod private {
    use audit_core::{AuditEntity, AuditEvent};

    #[derive(AuditEntity)]
    #[audit(type = "user")]
    pub struct User {
        #[audit(id)]
        pub(crate) id: u32,
    }

    #[derive(AuditEvent)]
    #[audit(action = "p.private", version = 1)]
    pub(super) struct Private {
        #[audit(actor)]
        pub(super) user: User,
        #[audit(target)]
        pub(super) other: User,
        pub(super) country: super::events::Country,
    }

    pub(super) mod deeper {
        use audit_core::AuditEvent;

        #[derive(AuditEvent)]
        #[audit(action = "p.deeper", version = 1)]
        pub(in super::super) struct Deeper {
            #[audit(actor)]
            pub(crate) user: super::User,
            #[audit(target)]
            pub(crate) team: super::User,
        }
    }
}

fn main() {
    use audit_core::AuditEvent;
    use private::User;
    let public = events::Public::new(User { id: 1 });
    let _ = public.into_event(Context::empty());
    let country = events::Country::new("DE").unwrap();
    let _ = private::Private { user: User { id: 1 }, other: User { id: 2 }, country }.into_event(Context::empty());
    let _ = private::deeper::Deeper::builder().user(User { id: 1 }).team(User { id: 1 }).context(Context::empty()).build();
}
