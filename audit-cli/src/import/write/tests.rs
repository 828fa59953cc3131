use super::inert;
use crate::import::{Options, forms, plan, write};

/// rustdoc would run them as tests.
#[test]
fn quoted_code_is_text() {
    let mut in_code = false;
    let lines = ["before", "```", "let x = 1;", "```", "~~~rust", "~~~"]
        .map(|line| inert(line, &mut in_code));
    assert_eq!(
        lines,
        ["before", "```text", "let x = 1;", "```", "~~~text", "~~~"]
    );
}

const BODY: &str = r#"{
  "actor": {"metadata": {"additionalProperties": false}},
  "targets": [
    {"type": "team", "metadata": {"additionalProperties": false, "description": "Who works together.", "properties": {
      "plan": {"type": "string", "enum": ["free", "pro-plus"]}, "seats": {"type": "integer"}
    }, "required": ["plan"]}}
  ],
  "metadata": {"additionalProperties": false, "description": "A member signed in.\n    Perhaps by SSO.", "properties": {
    "method": {"type": "string", "enum": ["password", "sso", "magic link"], "description": "How."},
    "sessionId": {"type": "string", "maxLength": 64},
    "riskScore": {"type": "number"},
    "type": {"type": "boolean"}
  }, "required": ["method", "sessionId"]}
}"#;

const SOURCE: &str = r#"use audit_core::{Actor, AuditEntity, AuditEvent, AuditValue};

/// Who works together.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "team")]
pub struct Team {
    #[audit(id)]
    pub id: String,
    #[audit(name)]
    pub name: Option<String>,
    #[audit(metadata)]
    pub plan: Plan,
    #[audit(metadata)]
    pub seats: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Method {
    #[audit(rename = "magic link")]
    MagicLink,
    Password,
    Sso,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "kebab-case")]
pub enum Plan {
    Free,
    ProPlus,
}

/// A member signed in.
/// Perhaps by SSO.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "team.signed_in", version = 2, rename_all = "camelCase")]
pub struct TeamSignedIn {
    #[audit(actor)]
    pub actor: Actor,
    #[audit(target)]
    pub team: Team,
    /// How.
    pub method: Method,
    #[audit(max_len = 64)]
    pub session_id: String,
    pub risk_score: Option<f64>,
    pub r#type: Option<bool>,
}
"#;

fn source(text: &str, options: &Options) -> String {
    let reading = forms::read("team.signed_in/v2.json", text.as_bytes()).expect("a body");
    let imported = plan(reading.declared, options);
    assert_eq!((&reading.warnings, &imported.warnings), (&vec![], &vec![]));
    write(&imported, &[], options)
}

#[test]
fn looks_as_people_write() {
    assert_eq!(source(BODY, &Options::default()), SOURCE);
}

#[test]
fn every_derive_knows_where_the_library_is() {
    let options = Options {
        core: syn::parse_str("crate::audit").ok(),
        ..Options::default()
    };
    let source = source(BODY, &options);
    assert!(
        source.starts_with("use crate::audit::{Actor, AuditEntity, AuditEvent, AuditValue};\n"),
        "{source}"
    );
    assert_eq!(
        source.matches("crate = crate::audit").count(),
        source.matches("#[derive(").count(),
        "{source}"
    );
}

#[test]
fn descriptions_cannot_end_a_comment_or_hide_code() {
    let hostile = r#"{"description": "*/ fn x() {}\r\n\t\u202e\u0000 end", "targets": [{"type": "t"}], "metadata": {"k": "string"}}"#;
    let source = source(hostile, &Options::default());
    assert!(
        source.contains("\n/// */ fn x() {}\n/// \\u{202e}\\u{0} end\n#[derive("),
        "{source}"
    );
    assert!(syn::parse_file(&source).is_ok());
}
