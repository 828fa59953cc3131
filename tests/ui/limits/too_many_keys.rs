//! 51 metadata keys: within one item, which the derive sees, and across items, which a constant adds up.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
}

#[derive(AuditEvent)]
#[audit(action = "l.event", version = 1)]
struct Event {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: User,
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
    k50: bool,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Entity {
    #[audit(id)]
    id: String,
    #[audit(metadata)]
    k0: bool,
    #[audit(metadata)]
    k1: bool,
    #[audit(metadata)]
    k2: bool,
    #[audit(metadata)]
    k3: bool,
    #[audit(metadata)]
    k4: bool,
    #[audit(metadata)]
    k5: bool,
    #[audit(metadata)]
    k6: bool,
    #[audit(metadata)]
    k7: bool,
    #[audit(metadata)]
    k8: bool,
    #[audit(metadata)]
    k9: bool,
    #[audit(metadata)]
    k10: bool,
    #[audit(metadata)]
    k11: bool,
    #[audit(metadata)]
    k12: bool,
    #[audit(metadata)]
    k13: bool,
    #[audit(metadata)]
    k14: bool,
    #[audit(metadata)]
    k15: bool,
    #[audit(metadata)]
    k16: bool,
    #[audit(metadata)]
    k17: bool,
    #[audit(metadata)]
    k18: bool,
    #[audit(metadata)]
    k19: bool,
    #[audit(metadata)]
    k20: bool,
    #[audit(metadata)]
    k21: bool,
    #[audit(metadata)]
    k22: bool,
    #[audit(metadata)]
    k23: bool,
    #[audit(metadata)]
    k24: bool,
    #[audit(metadata)]
    k25: bool,
    #[audit(metadata)]
    k26: bool,
    #[audit(metadata)]
    k27: bool,
    #[audit(metadata)]
    k28: bool,
    #[audit(metadata)]
    k29: bool,
    #[audit(metadata)]
    k30: bool,
    #[audit(metadata)]
    k31: bool,
    #[audit(metadata)]
    k32: bool,
    #[audit(metadata)]
    k33: bool,
    #[audit(metadata)]
    k34: bool,
    #[audit(metadata)]
    k35: bool,
    #[audit(metadata)]
    k36: bool,
    #[audit(metadata)]
    k37: bool,
    #[audit(metadata)]
    k38: bool,
    #[audit(metadata)]
    k39: bool,
    #[audit(metadata)]
    k40: bool,
    #[audit(metadata)]
    k41: bool,
    #[audit(metadata)]
    k42: bool,
    #[audit(metadata)]
    k43: bool,
    #[audit(metadata)]
    k44: bool,
    #[audit(metadata)]
    k45: bool,
    #[audit(metadata)]
    k46: bool,
    #[audit(metadata)]
    k47: bool,
    #[audit(metadata)]
    k48: bool,
    #[audit(metadata)]
    k49: bool,
    #[audit(metadata)]
    k50: bool,
}

#[derive(AuditMetadata)]
struct Group {
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
    k50: bool,
}

fn main() {}
