use serde::Serialize;

pub struct Input<'a> { pub text: [&'a str; 16], pub reason: Option<&'a str>, pub cents: i64, pub rate: f64 }

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan { Free, Pro, Enterprise, LegacyAnnual }

#[derive(Serialize)]
pub struct Event<M> {
    pub action: &'static str, pub version: u32, pub occurred_at: String, pub actor: Actor,
    pub targets: Vec<Target>, pub context: Context, pub metadata: M,
}

#[derive(Serialize)]
pub struct Actor { #[serde(rename = "type")] pub kind: &'static str, pub id: String, pub name: String, pub metadata: ActorMeta }

#[derive(Serialize)]
pub struct ActorMeta { pub department: String, pub session_id: String }

#[derive(Serialize)]
pub struct Target {
    #[serde(rename = "type")] pub kind: &'static str, pub id: String, pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")] pub metadata: Option<TargetMeta>,
}

#[derive(Serialize)]
pub struct TargetMeta { pub number: String }

#[derive(Serialize)]
pub struct Context { pub location: String, pub user_agent: String }
