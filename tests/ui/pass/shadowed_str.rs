//! A type named as a primitive.
#![allow(dead_code, non_camel_case_types)]

mod here {
    use audit_core::{AuditEntity, AuditEvent};

    struct str;
    struct usize;
    struct u32;
    struct bool;

    #[derive(AuditEntity)]
    #[audit(type = "team")]
    pub struct Team {
        #[audit(id)]
        pub id: u64,
    }

    #[derive(AuditEvent)]
    #[audit(action = "s.str", version = 1)]
    pub struct Event {
        #[audit(actor)]
        pub actor: Team,
        #[audit(target, split = "batch")]
        pub target: Vec<Team>,
    }
}

fn main() {
    use here::{Event, Team};
    let _ = Event::builder().actor(Team { id: 1 }).target(vec![Team { id: 1 }]).context(audit_core::Context::empty()).try_build();
}
