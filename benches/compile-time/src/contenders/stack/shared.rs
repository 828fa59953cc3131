use garde::Validate;
use schemars::JsonSchema;
use serde::Serialize;

pub struct Input<'a> { pub text: [&'a str; 16], pub reason: Option<&'a str>, pub cents: i64, pub rate: f64 }

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Plan { Free, Pro, Enterprise, LegacyAnnual }

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct Event<M: Validate<Context = ()>> {
    #[garde(skip)] pub action: &'static str, #[garde(skip)] pub version: u32, #[builder(into)] #[garde(skip)] pub occurred_at: String, #[garde(dive)] pub actor: Actor,
    #[garde(length(max = 20), dive)] pub targets: Vec<Target>, #[garde(dive)] pub context: Context, #[garde(dive)] pub metadata: M,
}

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct Actor { #[serde(rename = "type")] #[garde(skip)] pub kind: &'static str, #[builder(into)] #[garde(skip)] pub id: String, #[builder(into)] #[garde(skip)] pub name: String, #[garde(dive)] pub metadata: ActorMeta }

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct ActorMeta { #[builder(into)] #[garde(length(chars, max = 500))] pub department: String, #[builder(into)] #[garde(length(chars, max = 500))] pub session_id: String }

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct Target {
    #[serde(rename = "type")] #[garde(skip)] pub kind: &'static str, #[builder(into)] #[garde(skip)] pub id: String, #[builder(into)] #[garde(skip)] pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")] #[garde(dive)] pub metadata: Option<TargetMeta>,
}

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct TargetMeta { #[builder(into)] #[garde(length(chars, max = 500))] pub number: String }

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct Context { #[builder(into)] #[garde(skip)] pub location: String, #[builder(into)] #[garde(skip)] pub user_agent: String }
