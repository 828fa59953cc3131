//! Prefixes of flattened groups: keys that get too long, that stand twice all the same, and what can't be a prefix.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditMetadata)]
struct Amount {
    amount: u32,
    currency_of_the_account_holder: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.just_fits", version = 1)]
struct JustFits {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten, prefix = "originally")]
    first: Amount,
    #[audit(flatten, prefix = "second_")]
    second: Option<Amount>,
    #[audit(flatten)]
    third: Amount,
}

#[derive(AuditEvent)]
#[audit(action = "l.too_long", version = 1)]
struct TooLong {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten, prefix = "originally_")]
    first: Amount,
    #[audit(flatten, prefix = "eventually_")]
    second: Option<Amount>,
}

#[derive(AuditEvent)]
#[audit(action = "l.same_prefix", version = 1)]
struct SamePrefix {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    paid_amount: u32,
    #[audit(flatten, prefix = "paid_")]
    paid: Amount,
}

#[derive(AuditMetadata)]
struct Nested<T> {
    #[audit(flatten, prefix = "inner_")]
    inner: T,
}

#[derive(AuditEvent)]
#[audit(action = "l.nested", version = 1)]
struct TooLongTogether {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    fits: Nested<Amount>,
    #[audit(flatten, prefix = "outer_")]
    nested: Nested<Amount>,
}

#[derive(AuditMetadata)]
struct InGroup {
    #[audit(flatten, prefix = "in_this_group_")]
    amount: Amount,
}

#[derive(AuditEvent)]
#[audit(action = "l.reported_there", version = 1)]
struct ReportedInTheGroup {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten, prefix = "x_")]
    group: InGroup,
}

#[derive(AuditMetadata)]
struct Prefixes {
    #[audit(flatten, prefix = "")]
    empty: Amount,
    #[audit(flatten, prefix = "paid.")]
    dotted: Amount,
    #[audit(flatten, prefix = "a_prefix_of_forty_characters_is_too_long")]
    long: Amount,
    #[audit(prefix = "paid_")]
    alone: u32,
    #[audit(skip, prefix = "paid_")]
    skipped: u32,
    #[audit(flatten, prefix)]
    without_text: Amount,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct OnAnEntity {
    #[audit(id)]
    id: String,
    #[audit(flatten, prefix = "paid_")]
    paid: Amount,
}

#[derive(AuditMetadata)]
struct Held {
    #[audit(flatten, prefix = "paid_")]
    list: Vec<Amount>,
    #[audit(flatten)]
    optional_list: Option<Vec<Amount>>,
    #[audit(flatten)]
    twice_optional: Option<Option<Amount>>,
    #[audit(flatten, prefix = "no_")]
    no_group: Option<User>,
}

fn main() {}
