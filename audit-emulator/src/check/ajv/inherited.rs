//! What every JavaScript object has without being given it: Ajv looks for `data.constructor`, and finds one in `{}`.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The functions of `Object.prototype`.
const FUNCTIONS: [&str; 11] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Stands for a function, which is known by its place in memory: JSON has no such value.
static FUNCTION: LazyLock<Value> = LazyLock::new(|| Value::String("[Function]".to_owned()));
/// `Object.prototype` itself has no keys of its own that are seen.
static PROTOTYPE: LazyLock<Value> = LazyLock::new(|| Value::Object(Map::new()));

/// What stands at the name: the member, or what is inherited.
pub fn get<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    match members.get(name) {
        None if FUNCTIONS.contains(&name) => Some(&FUNCTION),
        None if name == "__proto__" => Some(&PROTOTYPE),
        member => member,
    }
}

/// Whether something stands there.
pub fn has(members: &Map<String, Value>, name: &str) -> bool {
    get(members, name).is_some()
}

/// Whether the value stands for a function: one is of no type of JSON, and equals nothing.
pub fn is_function(value: &Value) -> bool {
    std::ptr::eq(value, &raw const *FUNCTION)
}
