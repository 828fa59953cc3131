//! Who pays, for what, and with what.

use audit_core::AuditEntity;

use crate::subscriptions::{BillingPeriod, Plan};

/// The company that pays: one for each workspace.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "billing_account")]
pub struct Account {
    /// `acct_…`
    #[audit(id)]
    pub id: String,
    /// The company's legal name.
    #[audit(name)]
    pub legal_name: Option<String>,
    /// Where invoices are sent; personal data, so it stays here.
    pub billing_email: String,
}

/// What an account has subscribed to.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "subscription")]
pub struct Subscription {
    /// `sub_…`
    #[audit(id)]
    pub id: String,
    /// How often it renews.
    #[audit(metadata)]
    pub period: BillingPeriod,
}

/// A bill.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "invoice")]
pub struct Invoice {
    /// Invoices are numbered without gaps.
    #[audit(id)]
    pub number: u64,
    /// What the invoice was for, as its first line says.
    #[audit(metadata, truncate = 80)]
    pub subject: String,
}

/// A card or a mandate. Its token could be charged, so only the last digits leave the process.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "payment_method")]
pub struct PaymentMethod {
    /// `pm_…`
    #[audit(id)]
    pub id: String,
    /// The last four digits of the number.
    #[audit(metadata, rename = "last4", max_len = 4)]
    pub last_digits: String,
    /// What the payment provider charges.
    pub provider_token: String,
}

/// Who moves money: a person, by hand, or the nightly renewal.
#[derive(Clone, Debug, AuditEntity)]
pub enum BillingActor {
    /// A member of the finance team.
    Operator(Operator),
    /// The job that renews subscriptions.
    #[audit(type = "system", id = "renewals")]
    Renewals,
}

/// A member of the finance team.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "operator")]
pub struct Operator {
    /// The employee's number.
    #[audit(id)]
    pub employee: u32,
    /// The plan that the operator is responsible for.
    #[audit(metadata)]
    pub desk: Option<Plan>,
}
