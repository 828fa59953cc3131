//! Every contender makes the same event. Ours without an allocation besides the values that are owned and the one buffer; with none at all into a
//! buffer that has room.

use run_time::{allocations, contenders, input};
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

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

/// Allocations of one event, once the thread's own buffer has grown.
fn of(name: &str) -> u64 {
    let contender = contenders::all()
        .into_iter()
        .find(|contender| contender.name == name)
        .expect("there is such a contender");
    let (input, mut out) = (input::sample(), Vec::new());
    (contender.run)(&input, &mut out);
    let before = allocations::count();
    (contender.run)(&input, &mut out);
    allocations::count() - before
}

#[test]
fn nothing_but_values_and_one_buffer() {
    let strings = 17;
    assert_eq!([of("builder-owned"), of("literal-owned")], [strings + 1; 2]);
    assert_eq!([of("builder-borrowed"), of("literal-borrowed")], [1; 2]);
}

#[test]
fn nothing_into_a_buffer_with_room() {
    assert_eq!([of("builder-into"), of("literal-into")], [0; 2]);
}
