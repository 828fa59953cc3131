use crate::shared::*;
use garde::Validate;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel{N} { Dashboard, PublicApi, SupportTool }

#[derive(Serialize, JsonSchema, bon::Builder, Validate)]
pub struct InvoiceRefunded{N} {
    #[builder(into)] #[garde(length(chars, max = 500))] pub invoice_id: String,
    #[builder(into)] #[garde(length(chars, max = 500))] pub customer_email: String,
    #[builder(into)] #[garde(length(chars, max = 500))] pub request_path: String,
    #[builder(into)] #[garde(length(chars, max = 500))] pub request_id: String,
    #[builder(into)] #[garde(length(chars, max = 500))] pub region: String,
    #[serde(skip_serializing_if = "Option::is_none")] #[builder(into)] #[garde(length(chars, max = 500))] pub reason: Option<String>,
    #[garde(skip)] pub plan: Plan,
    #[garde(skip)] pub channel: Channel{N},
    #[garde(skip)] pub amount_cents: i64,
    #[garde(skip)] pub attempt: u32,
    #[garde(skip)] pub tax_rate: f64,
    #[garde(skip)] pub livemode: bool,
}

pub fn record(i: &Input) -> Vec<u8> {
    let t = &i.text;
    let event = Event::builder()
        .action("invoice.refunded{N}").version(3).occurred_at(t[0])
        .actor(Actor::builder().kind("user").id(t[0]).name(t[1]).metadata(ActorMeta::builder().department(t[2]).session_id(t[3]).build()).build())
        .targets(vec![
            Target::builder().kind("invoice").id(t[4]).name(t[5]).metadata(TargetMeta::builder().number(t[6]).build()).build(),
            Target::builder().kind("customer").id(t[7]).name(t[8]).build(),
        ])
        .context(Context::builder().location(t[9]).user_agent(t[10]).build())
        .metadata(InvoiceRefunded{N}::builder()
            .invoice_id(t[11]).customer_email(t[12]).request_path(t[13]).request_id(t[14]).region(t[15])
            .maybe_reason(i.reason).plan(Plan::Pro).channel(Channel{N}::PublicApi)
            .amount_cents(i.cents).attempt(2).tax_rate(i.rate).livemode(true).build())
        .build();
    event.validate().unwrap();
    serde_json::to_vec(&event).unwrap()
}

pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Event<InvoiceRefunded{N}>)
}
