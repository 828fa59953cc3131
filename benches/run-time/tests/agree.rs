//! Every contender makes the same event.

use run_time::{contenders, input};
use serde_json::Value;

/// The vendor's models hold every number as a float.
fn with_floats(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(with_floats).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, with_floats(value)))
            .collect(),
        other => other,
    }
}

fn parsed(bytes: &[u8]) -> Value {
    with_floats(serde_json::from_slice(bytes).expect("it is JSON"))
}

#[test]
fn all_make_the_same_event() {
    let input = input::sample();
    let mut outputs = contenders::all().into_iter().map(|contender| {
        let mut out = Vec::new();
        (contender.run)(&input, &mut out);
        (contender, out)
    });
    let (_, expected) = outputs.next().expect("there is a floor");
    assert_eq!(expected.len(), 1108);
    for (contender, out) in outputs {
        if contender.exact {
            assert_eq!(
                String::from_utf8_lossy(&out),
                String::from_utf8_lossy(&expected),
                "{contender:?}"
            );
        } else {
            assert_eq!(parsed(&out), parsed(&expected), "{contender:?}");
        }
    }
}
