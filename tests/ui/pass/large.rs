//! Large items: constants must stay within what rustc evaluates without complaint.
#![deny(warnings)]

use audit_core::{AuditEntity, AuditEvent, AuditValue};

#[derive(AuditValue)]
#[allow(dead_code)]
#[audit(rename_all = "snake_case")]
enum Large {
    Variant000OfMany,
    Variant919OfMany,
    Variant838OfMany,
    Variant757OfMany,
    Variant676OfMany,
    Variant595OfMany,
    Variant514OfMany,
    Variant433OfMany,
    Variant352OfMany,
    Variant271OfMany,
    Variant190OfMany,
    Variant109OfMany,
    Variant028OfMany,
    Variant947OfMany,
    Variant866OfMany,
    Variant785OfMany,
    Variant704OfMany,
    Variant623OfMany,
    Variant542OfMany,
    Variant461OfMany,
    Variant380OfMany,
    Variant299OfMany,
    Variant218OfMany,
    Variant137OfMany,
    Variant056OfMany,
    Variant975OfMany,
    Variant894OfMany,
    Variant813OfMany,
    Variant732OfMany,
    Variant651OfMany,
    Variant570OfMany,
    Variant489OfMany,
    Variant408OfMany,
    Variant327OfMany,
    Variant246OfMany,
    Variant165OfMany,
    Variant084OfMany,
    Variant003OfMany,
    Variant922OfMany,
    Variant841OfMany,
    Variant760OfMany,
    Variant679OfMany,
    Variant598OfMany,
    Variant517OfMany,
    Variant436OfMany,
    Variant355OfMany,
    Variant274OfMany,
    Variant193OfMany,
    Variant112OfMany,
    Variant031OfMany,
    Variant950OfMany,
    Variant869OfMany,
    Variant788OfMany,
    Variant707OfMany,
    Variant626OfMany,
    Variant545OfMany,
    Variant464OfMany,
    Variant383OfMany,
    Variant302OfMany,
    Variant221OfMany,
}

macro_rules! items {
    (($($key:ident)*) ($($variant:ident)*) ($($target:ident $type:literal,)*)) => {
        #[derive(AuditEntity)]
        #[audit(type = "resource")]
        struct Resource {
            #[audit(id)]
            id: u32,
            $(#[audit(metadata)] $key: Large,)*
        }

        #[derive(AuditEntity)]
        #[allow(dead_code)]
        enum Who {
            $($variant(Resource),)*
        }

        #[derive(AuditEvent)]
        #[audit(action = "large.event", version = 1, actor = Who)]
        struct LargeEvent {
            $(#[audit(target, type = $type)] $target: Resource,)*
            $($key: Large,)*
        }
    };
}

items! {
    (k00 k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 k11 k12 k13 k14 k15 k16 k17 k18 k19 k20 k21
        k22 k23 k24 k25 k26 k27 k28 k29 k30 k31 k32 k33 k34 k35 k36 k37 k38 k39 k40 k41 k42 k43
        k44 k45 k46 k47 k48 k49)
    (V00 V01 V02 V03 V04)
    (t00 "type_00", t01 "type_01", t02 "type_02", t03 "type_03", t04 "type_04",)
}

fn main() {
    assert!(LargeEvent::SCHEMA_JSON.ends_with("]\n}\n"));
}
