//! What flattened groups add up to: 51 keys, and keys that stand elsewhere too. Reported at the `flatten` field.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditMetadata)]
struct Twenty {
    k0: bool,
    k1: bool,
    k2: bool,
    k3: bool,
    k4: bool,
    k5: bool,
    k6: bool,
    k7: bool,
    k8: bool,
    k9: bool,
    k10: bool,
    k11: bool,
    k12: bool,
    k13: bool,
    k14: bool,
    k15: bool,
    k16: bool,
    k17: bool,
    k18: bool,
    k19: bool,
}

#[derive(AuditMetadata)]
struct Thirty {
    k20: bool,
    k21: bool,
    k22: bool,
    k23: bool,
    k24: bool,
    k25: bool,
    k26: bool,
    k27: bool,
    k28: bool,
    k29: bool,
    k30: bool,
    k31: bool,
    k32: bool,
    k33: bool,
    k34: bool,
    k35: bool,
    k36: bool,
    k37: bool,
    k38: bool,
    k39: bool,
    k40: bool,
    k41: bool,
    k42: bool,
    k43: bool,
    k44: bool,
    k45: bool,
    k46: bool,
    k47: bool,
    k48: bool,
    k49: bool,
}

#[derive(AuditMetadata)]
struct Fifty {
    #[audit(flatten)]
    twenty: Twenty,
    #[audit(flatten)]
    thirty: Thirty,
}

#[derive(AuditEvent)]
#[audit(action = "l.just_right", version = 1)]
struct JustRight {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    fifty: Fifty,
}

#[derive(AuditEvent)]
#[audit(action = "l.one_more", version = 1)]
struct OneMore {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    one_more: bool,
    #[audit(flatten)]
    fifty: Fifty,
}

#[derive(AuditEvent)]
#[audit(action = "l.one_after", version = 1)]
struct OneAfter {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    fifty: Fifty,
    one_after: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.same_as_field", version = 1)]
struct SameAsField {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    k7: bool,
    #[audit(flatten)]
    twenty: Twenty,
}

#[derive(AuditEvent)]
#[audit(action = "l.same_as_later_field", version = 1)]
struct SameAsLaterField {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    twenty: Twenty,
    k7: bool,
}

#[derive(AuditEvent)]
#[audit(action = "l.same_group_twice", version = 1)]
struct SameGroupTwice {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten)]
    first: Twenty,
    #[audit(flatten)]
    second: Twenty,
}

#[derive(AuditEvent)]
#[audit(action = "l.split", version = 1)]
struct SameAsSplit {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "k3")]
    teams: Vec<User>,
    #[audit(flatten)]
    twenty: Twenty,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct EntityFlatten {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    k1: bool,
    #[audit(flatten)]
    twenty: Twenty,
}

#[derive(AuditMetadata)]
struct GroupFlatten {
    k1: bool,
    #[audit(flatten)]
    twenty: Twenty,
}

/// Under each prefix they count once more.
#[derive(AuditEvent)]
#[audit(action = "l.twice", version = 1)]
struct Twice {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
    #[audit(flatten, prefix = "old_")]
    old: Thirty,
    #[audit(flatten, prefix = "new_")]
    new: Thirty,
}

fn main() {}
