//! 51 keys, one of them in a group.

use audit_core::AuditEvent;

use crate::common::{Request, Team, User};

#[derive(AuditEvent)]
#[audit(action = "c.broken", version = 1)]
pub struct Broken {
//~^
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
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
    #[audit(flatten)]
    request: Request,
}
