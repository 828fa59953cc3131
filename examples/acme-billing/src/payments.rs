//! Money that was paid, and what it was paid with.

use audit_core::{Actor, AuditEvent, AuditValue, Text};

use crate::entities::{Account, BillingActor, Invoice, PaymentMethod};

/// An ISO 4217 code.
#[derive(Clone, Debug, PartialEq, Eq, AuditValue)]
#[audit(max_len = 3)]
pub struct Currency(String);

/// Who issued a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
pub enum CardBrand {
    /// American Express.
    #[audit(rename = "amex")]
    AmericanExpress,
    /// Mastercard.
    #[audit(rename = "mastercard")]
    Mastercard,
    /// Visa.
    #[audit(rename = "visa")]
    Visa,
}

/// An amount as the ledger keeps it: millionths of the currency's smallest unit, so that metered prices add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// 1,250,000,000 is 12.50 EUR.
    pub micros: i128,
}

/// The amount in the currency's smallest unit, rounded down. More than 64 bits hold can't be paid.
pub fn minor_units(amount: &Amount) -> i64 {
    i64::try_from(amount.micros.div_euclid(1_000_000)).unwrap_or(i64::MAX)
}

/// An invoice was paid in full.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "invoice.paid", version = 1)]
pub struct InvoicePaid {
    /// Who recorded the payment.
    #[audit(actor)]
    pub by: BillingActor,
    /// Who paid.
    #[audit(target)]
    pub account: Account,
    /// What was paid.
    #[audit(target)]
    pub invoice: Invoice,
    /// What it was paid with.
    #[audit(target)]
    pub method: PaymentMethod,
    /// The amount in the currency's smallest unit.
    #[audit(with = minor_units, rename = "amount_minor")]
    pub amount: Amount,
    /// The currency of the amount, an ISO 4217 code.
    pub currency: Currency,
    /// Days between the due date and the payment; negative when it came early.
    pub days_late: i16,
}

/// Prepaid credits were bought.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "credits.purchased", version = 1, actor = Actor)]
pub struct CreditsPurchased<'a> {
    /// Who bought them.
    #[audit(target)]
    pub account: &'a Account,
    /// How many.
    pub credits: f64,
    /// What is left of the workspace's monthly limit, which credits from a contract can exceed.
    pub remaining_limit: i64,
    /// The order's number at the reseller.
    pub order: Option<Text<24>>,
}

/// An account's payment method was replaced by another.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "payment_method.replaced", version = 1)]
pub struct PaymentMethodReplaced {
    /// Who replaced it.
    #[audit(actor)]
    pub by: BillingActor,
    /// Whose it is.
    #[audit(target)]
    pub account: Account,
    /// What is charged from now on.
    #[audit(target, type = "new_payment_method")]
    pub new: PaymentMethod,
    /// What was charged until now.
    #[audit(target, type = "old_payment_method")]
    pub old: PaymentMethod,
    /// Who issued the new card.
    pub brand: CardBrand,
}
