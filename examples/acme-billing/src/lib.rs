//! What happens to a workspace's money: subscriptions, invoices, credits, payment methods.
//!
//! The events don't say what an actor is, because this crate doesn't know the application's users: whoever records one passes it
//! (`actor = Actor`), or is a [`BillingActor`].

mod entities;
mod payments;
mod subscriptions;

pub use entities::{Account, BillingActor, Invoice, Operator, PaymentMethod, Subscription};
pub use payments::{
    Amount, CardBrand, CreditsPurchased, Currency, InvoicePaid, PaymentMethodReplaced, minor_units,
};
pub use subscriptions::{BillingPeriod, ChangeReason, Plan, SubscriptionChanged};
