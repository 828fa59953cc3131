use crate::shared::*;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel{N} { Dashboard, PublicApi, SupportTool }

#[derive(Serialize, JsonSchema)]
pub struct InvoiceRefunded{N} {
    pub invoice_id: String,
    pub customer_email: String,
    pub request_path: String,
    pub request_id: String,
    pub region: String,
    #[serde(skip_serializing_if = "Option::is_none")] pub reason: Option<String>,
    pub plan: Plan,
    pub channel: Channel{N},
    pub amount_cents: i64,
    pub attempt: u32,
    pub tax_rate: f64,
    pub livemode: bool,
}

pub fn record(i: &Input) -> Vec<u8> {
    let t = &i.text;
    let event = Event {
        action: "invoice.refunded{N}", version: 3, occurred_at: t[0].into(),
        actor: Actor { kind: "user", id: t[0].into(), name: t[1].into(), metadata: ActorMeta { department: t[2].into(), session_id: t[3].into() } },
        targets: vec![
            Target { kind: "invoice", id: t[4].into(), name: t[5].into(), metadata: Some(TargetMeta { number: t[6].into() }) },
            Target { kind: "customer", id: t[7].into(), name: t[8].into(), metadata: None },
        ],
        context: Context { location: t[9].into(), user_agent: t[10].into() },
        metadata: InvoiceRefunded{N} {
            invoice_id: t[11].into(), customer_email: t[12].into(), request_path: t[13].into(), request_id: t[14].into(), region: t[15].into(),
            reason: i.reason.map(Into::into), plan: Plan::Pro, channel: Channel{N}::PublicApi,
            amount_cents: i.cents, attempt: 2, tax_rate: i.rate, livemode: true,
        },
    };
    serde_json::to_vec(&event).unwrap()
}

pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Event<InvoiceRefunded{N}>)
}
