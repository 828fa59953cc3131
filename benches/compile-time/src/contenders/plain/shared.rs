pub struct Input<'a> { pub text: [&'a str; 16], pub reason: Option<&'a str>, pub cents: i64, pub rate: f64 }

#[derive(Clone, Copy)]
pub enum Plan { Free, Pro, Enterprise, LegacyAnnual }

pub struct Event<M> {
    pub action: &'static str, pub version: u32, pub occurred_at: String, pub actor: Actor,
    pub targets: Vec<Target>, pub context: Context, pub metadata: M,
}

pub struct Actor { pub kind: &'static str, pub id: String, pub name: String, pub metadata: ActorMeta }

pub struct ActorMeta { pub department: String, pub session_id: String }

pub struct Target {
    pub kind: &'static str, pub id: String, pub name: String,
    pub metadata: Option<TargetMeta>,
}

pub struct TargetMeta { pub number: String }

pub struct Context { pub location: String, pub user_agent: String }
