//! As large as it gets: 50 keys everywhere, 20 targets, 20 variants. rustc's lint says that the constant takes long.
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
    (V00 V01 V02 V03 V04 V05 V06 V07 V08 V09 V10 V11 V12 V13 V14 V15 V16 V17 V18 V19)
    (t00 "type_00", t01 "type_01", t02 "type_02", t03 "type_03", t04 "type_04", t05 "type_05",
        t06 "type_06", t07 "type_07", t08 "type_08", t09 "type_09", t10 "type_10", t11 "type_11",
        t12 "type_12", t13 "type_13", t14 "type_14", t15 "type_15", t16 "type_16", t17 "type_17",
        t18 "type_18", t19 "type_19",)
}

fn main() {
    assert!(LargeEvent::SCHEMA_JSON.ends_with("]\n}\n"));
}
