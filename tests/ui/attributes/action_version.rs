//! Actions are dotted lower case, versions are positive integers of 32 bits.

use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "signin", version = 1)]
struct OneSegment {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "User.signed_in", version = 1)]
struct UpperCase {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user..signed_in", version = 1)]
struct EmptySegment {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user.", version = 1)]
struct TrailingDot {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = ".user", version = 1)]
struct LeadingDot {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user.1st", version = 1)]
struct DigitFirst {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user.signed in", version = 1)]
struct Space {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user.signed-in", version = 1)]
struct Dash {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "", version = 1)]
struct Empty {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user.größe", version = 1)]
struct NotAscii {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "USER_REGISTERED", version = 1)]
struct ServiceSOwn {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "con.aux", version = 1)]
struct Device {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(
    action = "user.a_name_of_a_hundred_and_twenty_nine_characters_which_is_one_more_than_an_action_can_have_however_long_the_words_in_it_may_be",
    version = 1
)]
struct TooLong {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(
    action = "USER_A_NAME_OF_A_HUNDRED_AND_TWENTY_NINE_CHARACTERS_WHICH_IS_ONE_MORE_THAN_AN_ACTION_CAN_HAVE_HOWEVER_LONG_THE_WORDS_IN_IT_MAY_BE",
    version = 1,
    as_registered
)]
struct TooLongAsRegistered {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "user/registered", version = 1, as_registered)]
struct Slash {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "..", version = 1, as_registered)]
struct Dots {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "", version = 1, as_registered)]
struct EmptyAsRegistered {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "USER_REGISTERED", version = 1, as_registred)]
struct Misspelt {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "v.zero", version = 0)]
struct Zero {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "v.negative", version = -1)]
struct Negative {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "v.fraction", version = 1.5)]
struct Fraction {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "v.too_large", version = 4294967296)]
struct TooLarge {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "v.quoted", version = "1")]
struct Quoted {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

#[derive(AuditEvent)]
#[audit(action = "v.constant", version = VERSION)]
struct Constant {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
}

fn main() {}
