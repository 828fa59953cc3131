//! The bytes of an event: every way to them agrees.

use audit_core::{AuditEvent, Envelope};
use serde_json::{Value, json};

use crate::fixtures::{Team, User, context, team, user};

#[derive(AuditEvent)]
#[audit(action = "suite.encoded", version = 12)]
struct Encoded {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    text: String,
    float: f64,
    single: f32,
    wide: i64,
    zebra: bool,
    alpha: bool,
}

fn encoded(text: &str, float: f64, single: f32) -> Encoded {
    Encoded {
        user: user(),
        team: team(),
        text: text.into(),
        float,
        single,
        wide: -5,
        zebra: true,
        alpha: false,
    }
}

fn at_epoch() -> Envelope {
    Envelope::new(context()).occurred_at(std::time::SystemTime::UNIX_EPOCH)
}

#[test]
fn the_bytes() {
    let event = encoded("t", 1.5, 0.25).try_into_event(at_epoch()).unwrap();
    let expected = concat!(
        r#"{"action":"suite.encoded","version":12,"occurred_at":"1970-01-01T00:00:00.000Z","#,
        r#""actor":{"type":"user","id":"user_1","name":"Zoë","metadata":{"admin":true}},"#,
        r#""targets":[{"type":"team","id":"7","metadata":{}}],"#,
        r#""context":{"location":"203.0.113.7","user_agent":"Mozilla/5.0"},"#,
        r#""metadata":{"text":"t","float":1.5,"single":0.25,"wide":-5,"zebra":true,"alpha":false}}"#,
    );
    assert_eq!(event.as_json(), expected);
    assert_eq!(event.to_json(), expected);
    assert_eq!(event.into_json(), expected);
}

#[test]
fn all_forms_agree() {
    let floats = [
        0.1,
        -0.0,
        1e300,
        5e-324,
        f64::MAX,
        f64::MIN_POSITIVE,
        1.0,
        123_456_789.123_456_79,
        0.1 + 0.2,
        1e21,
        1e-7,
    ];
    for float in floats {
        for single in [0.1, f32::MAX, f32::MIN_POSITIVE, 16_777_216.0] {
            let event = encoded("t", float, single)
                .try_into_event(at_epoch())
                .unwrap();
            let parsed: Value = serde_json::from_str(event.as_json()).unwrap();
            assert_eq!(parsed, event.to_value());
            assert_eq!(
                serde_json::to_string(&event).unwrap(),
                event.as_json(),
                "{float} {single}"
            );
            assert_eq!(serde_json::to_value(&event).unwrap(), event.to_value());
            assert_eq!(
                event.to_value()["metadata"]["float"]
                    .as_f64()
                    .unwrap()
                    .to_bits(),
                float.to_bits()
            );
            let back: f32 =
                serde_json::from_str(&event.to_value()["metadata"]["single"].to_string()).unwrap();
            assert_eq!(back.to_bits(), single.to_bits());
        }
    }
}

/// A format that isn't JSON, and needs the length of a map before its entries.
#[test]
fn other_formats_hold_the_same_values() {
    for text in ["t", "\u{0}\"\\\n🦀"] {
        let event = encoded(text, 0.1, 0.1).try_into_event(at_epoch()).unwrap();
        let bytes = rmp_serde::to_vec(&event).unwrap();
        assert_eq!(
            rmp_serde::from_slice::<Value>(&bytes).unwrap(),
            event.to_value()
        );
    }
}

#[test]
fn serialize_can_be_nested() {
    #[derive(serde::Serialize)]
    struct Body {
        organization_id: &'static str,
        event: audit_core::Event,
    }
    let event = encoded("t", 0.1, 0.5).try_into_event(at_epoch()).unwrap();
    let expected = format!(
        r#"{{"organization_id":"org_1","event":{}}}"#,
        event.as_json()
    );
    assert_eq!(
        serde_json::to_string(&Body {
            organization_id: "org_1",
            event
        })
        .unwrap(),
        expected
    );
}

#[test]
fn every_text_is_escaped() {
    let mut nasty: String = (0..0x80u8).map(char::from).collect();
    nasty.push_str("\u{7f}\u{80}\u{2028}\u{2029}\u{feff}🦀\u{10ffff}é</script>");
    let event = encoded(&nasty, 0.0, 0.0)
        .try_into_event(audit_core::Context::new(&nasty).user_agent(nasty.clone()))
        .unwrap();
    let value: Value = serde_json::from_str(event.as_json()).unwrap();
    assert_eq!(value["metadata"]["text"], nasty.as_str());
    assert_eq!(
        value["context"],
        json!({"location": nasty, "user_agent": nasty})
    );
    let ours = event.as_json();
    assert!(
        ours.contains(serde_json::to_string(&nasty).unwrap().as_str()),
        "strings are escaped as serde_json does"
    );
}

#[test]
fn ids_and_names_are_escaped() {
    let user = User {
        id: "a\"b\\c\n".into(),
        name: Some("\u{1}".into()),
        ..user()
    };
    let event = Encoded {
        user,
        ..encoded("t", 0.0, 0.0)
    }
    .try_into_event(at_epoch())
    .unwrap();
    assert_eq!(event.to_value()["actor"]["id"], "a\"b\\c\n");
    assert_eq!(event.to_value()["actor"]["name"], "\u{1}");
}

#[test]
fn encoding_into_a_buffer_appends_the_same_bytes() {
    let event = encoded("t", 1.5, 0.25).try_into_event(at_epoch()).unwrap();
    let mut out = b"before".to_vec();
    assert_eq!(
        encoded("t", 1.5, 0.25).encode_into(at_epoch(), &mut out),
        Ok(Vec::new())
    );
    assert_eq!(out, [b"before", event.as_json().as_bytes()].concat());
    let built = Encoded::builder()
        .user(user())
        .team(team())
        .text("t")
        .float(1.5)
        .single(0.25)
        .wide(-5)
        .zebra(true)
        .alpha(false);
    out.clear();
    built
        .context(context())
        .occurred_at(std::time::SystemTime::UNIX_EPOCH)
        .encode_into(&mut out)
        .unwrap();
    assert_eq!(out, event.into_json().into_bytes());
}

#[test]
fn a_rejected_event_leaves_the_buffer_as_it_was() {
    let mut out = b"before".to_vec();
    let error = encoded("t", f64::NAN, 0.25)
        .encode_into(at_epoch(), &mut out)
        .unwrap_err();
    assert_eq!(
        error,
        encoded("t", f64::NAN, 0.25)
            .try_into_event(at_epoch())
            .unwrap_err()
    );
    assert_eq!(out, b"before");
}

#[derive(AuditEvent)]
#[audit(action = "suite.cut_by_caller", version = 1, actor = User)]
struct CutByCaller {
    #[audit(target)]
    team: Team,
    #[audit(truncate = 3)]
    text: String,
}

#[test]
fn what_was_cut_is_returned() {
    let cut = CutByCaller {
        team: team(),
        text: "four".into(),
    };
    let mut out = Vec::new();
    assert_eq!(
        cut.encode_into_with_actor(&user(), at_epoch(), &mut out)
            .unwrap(),
        ["/metadata/text"]
    );
    let value: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(value["metadata"], json!({"text": "fo…"}));
}
