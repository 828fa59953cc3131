use crate::shared::*;
use audit_core::{AuditEvent, AuditValue, Context};

#[derive(Clone, Copy, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Channel{N} { Dashboard, PublicApi, SupportTool }

#[derive(AuditEvent)]
#[audit(action = "invoice.refunded{N}", version = 3, builder = false)]
pub struct InvoiceRefunded{N} {
    #[audit(actor)] pub user: User,
    #[audit(target)] pub invoice: Invoice,
    #[audit(target)] pub customer: Customer,
    pub invoice_id: String,
    pub customer_email: String,
    pub request_path: String,
    pub request_id: String,
    pub region: String,
    pub reason: Option<String>,
    pub plan: Plan,
    pub channel: Channel{N},
    pub amount_cents: i64,
    pub attempt: u32,
    pub tax_rate: f64,
    pub livemode: bool,
}

pub fn record(i: &Input) -> Vec<u8> {
    let t = &i.text;
    let event = InvoiceRefunded{N} {
        user: User { id: t[0].into(), name: t[1].into(), department: t[2].into(), session_id: t[3].into() },
        invoice: Invoice { id: t[4].into(), name: t[5].into(), number: t[6].into() },
        customer: Customer { id: t[7].into(), name: t[8].into() },
        invoice_id: t[11].into(), customer_email: t[12].into(), request_path: t[13].into(), request_id: t[14].into(), region: t[15].into(),
        reason: i.reason.map(Into::into), plan: Plan::Pro, channel: Channel{N}::PublicApi,
        amount_cents: i.cents, attempt: 2, tax_rate: i.rate, livemode: true,
    };
    event.try_into_event(Context::new(t[9]).user_agent(t[10])).unwrap().into_json().into_bytes()
}

pub fn schema() -> &'static str {
    InvoiceRefunded{N}::SCHEMA_JSON
}
