//! What a workspace has subscribed to.

use audit_core::{Actor, AuditEvent, AuditValue};

use crate::entities::{Account, Subscription};

/// A plan that can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Plan {
    /// Up to three people, for nothing.
    Free,
    /// Billed by seat.
    Team,
    /// Billed by contract.
    Enterprise,
}

/// How often a subscription renews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "kebab-case")]
pub enum BillingPeriod {
    /// On the same day of every month.
    Monthly,
    /// On the same day of every year.
    Yearly,
}

/// Why a subscription changed. Sales invent new ones, so the schema promises no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(open, rename_all = "snake_case")]
pub enum ChangeReason {
    /// The customer asked for more.
    Upgrade,
    /// The customer asked for less.
    Downgrade,
    /// A trial ended.
    TrialEnded,
    /// Invoices stayed unpaid.
    PaymentFailed,
}

/// A workspace moved to another plan or another number of seats.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "subscription.changed", version = 1, actor = Actor)]
pub struct SubscriptionChanged {
    /// Who pays for it.
    #[audit(target)]
    pub account: Account,
    /// The subscription that changed.
    #[audit(target)]
    pub subscription: Subscription,
    /// The plan from now on.
    pub plan: Plan,
    /// The plan until now.
    pub previous_plan: Plan,
    /// Seats from now on.
    pub seats: u32,
    /// Seats until now.
    pub previous_seats: u32,
    /// Why it changed.
    pub reason: ChangeReason,
    /// The coupon that was redeemed with the change.
    #[audit(max_len = 32)]
    pub coupon: Option<String>,
}
