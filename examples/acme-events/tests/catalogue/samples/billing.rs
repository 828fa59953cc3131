//! Money.

use acme_billing::{
    Account, Amount, BillingActor, BillingPeriod, CardBrand, ChangeReason, CreditsPurchased,
    Currency, Invoice, InvoicePaid, Operator, PaymentMethod, PaymentMethodReplaced, Plan,
    Subscription, SubscriptionChanged,
};
use audit_core::{Actor, Text};

use super::{Sample, by, own};

pub const BILLING_EMAIL: &str = "invoices-internal@initech.example";
pub const PROVIDER_TOKEN: &str = "tok_visa_4242424242424242";

pub fn account() -> Account {
    Account {
        id: "acct_1".into(),
        legal_name: Some("Initech GmbH".into()),
        billing_email: BILLING_EMAIL.into(),
    }
}

pub fn card(id: &str) -> PaymentMethod {
    PaymentMethod {
        id: id.into(),
        last_digits: "4242".into(),
        provider_token: PROVIDER_TOKEN.into(),
    }
}

pub fn samples() -> Vec<Sample> {
    let sales = Actor::new("sales", "sales_12").name("Ines Prado");
    let changed = SubscriptionChanged {
        account: account(),
        subscription: Subscription {
            id: "sub_7".into(),
            period: BillingPeriod::Yearly,
        },
        plan: Plan::Enterprise,
        previous_plan: Plan::Team,
        seats: 250,
        previous_seats: 40,
        reason: ChangeReason::Upgrade,
        coupon: Some("SPRING".into()),
    };
    let credits = CreditsPurchased {
        account: &account(),
        credits: 1_000.0,
        remaining_limit: -12,
        order: None,
    };
    let order = Some(Text::truncated("R-2026-118"));
    let operator = BillingActor::Operator(Operator {
        employee: 118,
        desk: Some(Plan::Enterprise),
    });
    vec![
        by(
            &sales,
            SubscriptionChanged {
                coupon: None,
                ..changed.clone()
            },
        ),
        by(&Actor::new("system", "trials"), changed),
        by(
            &sales,
            CreditsPurchased {
                order,
                ..credits.clone()
            },
        ),
        by(&sales, credits),
        own(paid(BillingActor::Renewals)),
        own(paid(BillingActor::Operator(Operator {
            employee: 7,
            desk: None,
        }))),
        own(PaymentMethodReplaced {
            by: operator,
            account: account(),
            new: card("pm_2"),
            old: card("pm_1"),
            brand: CardBrand::Visa,
        }),
    ]
}

fn paid(by: BillingActor) -> InvoicePaid {
    InvoicePaid {
        by,
        account: Account {
            legal_name: None,
            ..account()
        },
        invoice: Invoice {
            number: 2_026_000_118,
            subject: "Enterprise, 250 seats, ".repeat(10),
        },
        method: card("pm_1"),
        amount: Amount {
            micros: 9_007_199_254_740_991_999_999,
        },
        currency: Currency::new("EUR").expect("three characters"),
        days_late: -3,
    }
}
