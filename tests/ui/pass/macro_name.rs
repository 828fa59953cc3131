//! An event whose name, fields and types are a macro's arguments.

use audit_core::{Actor, AuditEntity, AuditEvent, Context};

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: u64,
}

macro_rules! event {
    ($name:ident, $target:ident, $($field:ident: $type:ty),*) => {
        #[derive(AuditEvent)]
        #[audit(action = "m.named", version = 1)]
        struct $name {
            #[audit(actor)]
            actor: Actor,
            #[audit(target)]
            $target: Team,
            $($field: $type,)*
        }
    };
}

event!(Named, team, flag: bool, count: u32);

fn main() {
    let _ = Named { actor: Actor::new("a", "b"), team: Team { id: 1 }, flag: true, count: 1 }.into_event(Context::empty());
}
