//! Doc comments that the derive can't read: it would lose them without a word.

use audit_core::{Actor, AuditEntity, AuditEvent, AuditValue};

macro_rules! described {
    ($what:literal) => {
        concat!("The ", $what)
    };
}

#[derive(AuditEntity)]
#[audit(type = "team")]
#[doc = described!("team")]
struct Team {
    #[audit(id)]
    id: String,
    /// Not sent, so not described.
    #[doc = described!("secret")]
    secret: String,
}

#[derive(AuditEvent)]
#[audit(action = "team.renamed", version = 1, actor = Actor)]
struct TeamRenamed {
    #[audit(target)]
    team: Team,
    #[doc = concat!("A name, ", described!("new one"))]
    name: String,
    #[audit(skip)]
    #[doc = described!("cache")]
    cached: bool,
}


#[derive(AuditValue)]
enum Plan {
    #[doc = described!("free one")]
    Free,
}

fn main() {}
