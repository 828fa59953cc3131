//! An event under a serializer is what `as_json` says, whatever features of `serde_json` some crate in the build turns on.

use std::path::Path;

use audit_tests::Crate;

const DEPENDENCIES: &str = r#"
[dependencies.serde_json]
version = "1"
features = ["arbitrary_precision", "preserve_order", "raw_value", "unbounded_depth"]

[dependencies.rmp-serde]
version = "1"
"#;

const CODE: &str = r###"
use audit_core::{AuditEntity, AuditEvent, Context, Envelope, Registrations};
use serde_json::{Value, json};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User { #[audit(id)] id: u64 }

#[derive(AuditEvent)]
#[audit(action = "user.measured", version = 1)]
struct UserMeasured {
    #[audit(actor)] user: User,
    #[audit(target)] measured: User,
    zebra: f64,
    float: f64,
    single: f32,
    integer: i64,
    unsigned: u64,
    text: &'static str,
    flag: bool,
}

fn main() {
    let measured = UserMeasured {
        user: User { id: 7 },
        measured: User { id: 8 },
        zebra: 1e300,
        float: 1.5,
        single: 0.1,
        integer: -9_007_199_254_740_991,
        unsigned: 9_007_199_254_740_991,
        text: "\u{0}\"\\🦀",
        flag: true,
    };
    let at = Envelope::new(Context::empty()).occurred_at(std::time::SystemTime::UNIX_EPOCH);
    let event = measured.try_into_event(at).expect("it is within the limits");
    assert_eq!(serde_json::to_string(&event).unwrap(), event.as_json());
    assert_eq!(serde_json::value::to_raw_value(&event).unwrap().get(), event.as_json());

    let parsed: Value = serde_json::from_str(event.as_json()).unwrap();
    for value in [event.to_value(), serde_json::to_value(&event).unwrap()] {
        assert_eq!(value, parsed);
        assert_eq!(value.to_string(), event.as_json(), "the order is kept");
        assert_eq!(value["metadata"]["float"], json!(1.5));
    }
    let packed = rmp_serde::to_vec(&event).unwrap();
    let unpacked: Value = rmp_serde::from_slice(&packed).unwrap();
    assert_eq!(unpacked["metadata"]["float"], json!(1.5));
    assert_eq!(unpacked["metadata"]["text"], "\u{0}\"\\🦀");
    assert_eq!(unpacked["actor"], json!({"type": "user", "id": "7", "metadata": {}}));

    let file = r##"{"user.measured": {"1": {"server": 4, "sha256": ""}}}"##;
    let registrations = Registrations::from_json(file).unwrap();
    let sent = event.as_json().replacen("\"version\":1", "\"version\":4", 1);
    assert_eq!(event.to_wire(&registrations).unwrap(), sent);
    assert_eq!(registrations.to_wire(event.as_json()).unwrap(), sent);
}
"###;

#[test]
fn features_of_serde_json_change_nothing() {
    let consumer = Crate::new(
        Path::new(env!("CARGO_TARGET_TMPDIR")),
        "formats",
        "formats-consumer",
    );
    let manifest =
        std::fs::read_to_string(consumer.folder().join("Cargo.toml")).expect("it was written");
    consumer.write("Cargo.toml", &(manifest + DEPENDENCIES));
    consumer.write("src/main.rs", CODE);
    let run = consumer
        .command("cargo")
        .args(["run", "--quiet", "--offline"])
        .env("AUDIT_SCHEMAS", "off")
        .output();
    let run = run.expect("cargo runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
