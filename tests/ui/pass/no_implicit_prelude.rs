//! No names in scope, under a path that isn't `audit_core`.
#![no_implicit_prelude]
#![deny(warnings)]

mod re_export {
    pub use ::audit_core as audit;
}

mod hidden {
    use super::re_export::audit::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Text};

    #[derive(AuditValue)]
    #[audit(crate = super::re_export::audit)]
    pub enum Kind {
        A,
        B,
    }

    #[derive(AuditValue)]
    #[audit(crate = super::re_export::audit, max_len = 3)]
    pub struct Code(::std::string::String);

    #[derive(AuditMetadata)]
    #[audit(crate = super::re_export::audit, strings = "truncate")]
    pub struct Group {
        pub note: ::std::string::String,
        pub tag: ::std::option::Option<Text<4>>,
        #[audit(join = "; ")]
        pub list: ::std::vec::Vec<u8>,
        #[audit(display)]
        pub shown: u8,
    }

    #[derive(AuditEntity)]
    #[audit(crate = super::re_export::audit, type = "user")]
    pub struct User {
        #[audit(id)]
        pub id: u32,
        #[audit(name)]
        pub name: ::std::option::Option<&'static str>,
        #[audit(metadata)]
        pub kind: Kind,
    }

    #[derive(AuditEntity)]
    #[audit(crate = super::re_export::audit)]
    pub enum Who {
        User(User),
        #[audit(type = "system", id = "cron")]
        System,
    }

    #[derive(AuditEvent)]
    #[audit(crate = super::re_export::audit, action = "n.hidden", version = 1)]
    pub struct Hidden {
        #[audit(actor)]
        pub who: Who,
        #[audit(target)]
        pub user: User,
        #[audit(flatten)]
        pub group: Group,
        pub code: ::std::option::Option<Code>,
        #[audit(target, type = "other", split = "batch")]
        pub others: ::std::vec::Vec<User>,
    }
}

fn main() {
    use ::std::option::Option::{None, Some};
    use hidden::{Code, Group, Hidden, Kind, User, Who};
    let user = || User { id: 1, name: Some("n"), kind: Kind::A };
    let group = Group { note: ::std::convert::From::from("n"), tag: None, list: ::std::vec![1, 2], shown: 1 };
    let built = Hidden::builder()
        .who(Who::User(user()))
        .user(user())
        .group(group)
        .code(Code::new("abc").unwrap())
        .others(::std::vec![User { id: 2, name: None, kind: Kind::B }])
        .context(re_export::audit::Context::empty());
    ::std::assert_eq!(built.try_build_all().unwrap().len(), 1);
    let _ = Who::System;
}
