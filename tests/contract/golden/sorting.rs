//! Keys and enum values are sorted by their bytes, not by how JSON writes them.

use audit_core::{Actor, AuditEvent, AuditValue};

use super::Team;

#[derive(AuditValue)]
enum Values {
    #[audit(rename = "🦀")]
    FourBytes,
    #[audit(rename = "\u{ffff}")]
    ThreeBytes,
    #[audit(rename = "é")]
    TwoBytes,
    #[audit(rename = "\u{7f}")]
    Delete,
    #[audit(rename = "ab")]
    Longer,
    #[audit(rename = "a b")]
    Space,
    #[audit(rename = "a")]
    Lower,
    #[audit(rename = "\\")]
    Backslash,
    #[audit(rename = "A")]
    Upper,
    #[audit(rename = "\"")]
    Quote,
    #[audit(rename = "\n")]
    Newline,
    #[audit(rename = "\u{1}")]
    Control,
}

#[derive(AuditEvent)]
#[audit(action = "golden.sorting", version = 1, actor = Actor)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "their keys are what is tested"
)]
struct Sorting {
    #[audit(target)]
    team: Team,
    ab: bool,
    a_b: Option<bool>,
    #[audit(rename = "aB")]
    camel: bool,
    a0: bool,
    #[audit(rename = "a-b")]
    dash: bool,
    a: bool,
    _a: bool,
    #[audit(rename = "A")]
    upper: bool,
    #[audit(rename = "0")]
    digit: bool,
    #[audit(rename = "-")]
    only_dash: bool,
    z: Values,
}

#[test]
fn sorting() {
    let metadata = concat!(
        r#"  "metadata": {"additionalProperties": false, "properties": {
      "-": {"type": "boolean"},
      "0": {"type": "boolean"},
      "A": {"type": "boolean"},
      "_a": {"type": "boolean"},
      "a": {"type": "boolean"},
      "a-b": {"type": "boolean"},
      "a0": {"type": "boolean"},
      "aB": {"type": "boolean"},
      "a_b": {"type": "boolean"},
      "ab": {"type": "boolean"},
      "z": {"enum": ["\u0001", "\n", "\"", "A", "\\", "a", "a b", "ab", ""#,
        "\u{7f}",
        r#"", "é", ""#,
        "\u{ffff}",
        r#"", "🦀"], "type": "string"}
    }, "required": ["-", "0", "A", "_a", "a", "a-b", "a0", "aB", "ab", "z"], "type": "object"},
"#
    );
    assert!(
        Sorting::SCHEMA_JSON.contains(metadata),
        "{}",
        Sorting::SCHEMA_JSON
    );
}
