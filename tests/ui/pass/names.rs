//! Types named as ours are, or as rustc's are, and several of one name.
#![deny(warnings)]
#![allow(non_camel_case_types)]

mod one {
    use audit_core as core_;

    #[derive(core_::AuditEntity)]
    #[audit(type = "context", crate = core_)]
    pub struct Context {
        #[audit(id)]
        pub id: u32,
    }

    #[derive(core_::AuditValue)]
    #[audit(crate = ::audit_core)]
    pub enum Text {
        S,
        U,
    }

    #[derive(core_::AuditMetadata)]
    pub struct Envelope {
        pub text: Text,
    }

    #[derive(core_::AuditEvent)]
    #[audit(action = "names.event", version = 1)]
    pub struct Event {
        #[audit(actor)]
        pub encoder: Context,
        #[audit(target)]
        pub timestamp: Context,
        #[audit(flatten)]
        pub envelope: Envelope,
    }
}

mod two {
    use audit_core::{AuditEvent, Timestamp};

    #[derive(AuditEvent)]
    #[audit(action = "names.other", version = 1)]
    pub struct Event {
        #[audit(actor)]
        pub actor: super::one::Context,
        #[audit(target)]
        pub target: super::one::Context,
        #[audit(context)]
        pub context: audit_core::Context,
        #[audit(occurred_at)]
        pub occurred_at: Timestamp,
    }

    #[derive(AuditEvent)]
    #[audit(action = "names.builder", version = 1)]
    pub struct EventBuilderOf {
        #[audit(actor)]
        pub actor: super::one::Context,
        #[audit(target)]
        pub target: super::one::Context,
    }

    #[derive(AuditEvent)]
    #[audit(action = "names.raw", version = 1)]
    pub struct r#struct {
        #[audit(actor)]
        pub r#as: super::one::Context,
        #[audit(target)]
        pub r#in: Vec<super::one::Context>,
        pub r#match: Option<bool>,
    }
}

fn main() {
    use one::{Context, Envelope, Event, Text};
    let context = || Context { id: 1 };
    let event = Event { encoder: context(), timestamp: context(), envelope: Envelope { text: Text::S } };
    let _ = audit_core::AuditEvent::into_event(event, audit_core::Context::empty());
    let at = audit_core::Timestamp::now();
    let _ = two::Event { actor: context(), target: context(), context: audit_core::Context::empty(), occurred_at: at }.into_event();
    let _ = two::EventBuilderOf::builder().actor(context()).target(context()).context(audit_core::Context::empty()).build();
    let raw = two::r#struct::builder().r#as(context()).r#in(vec![context()]).r#match(true).context(audit_core::Context::empty());
    assert!(raw.try_build().unwrap().as_json().contains("\"match\":true"));
    let _ = Text::U;
}
