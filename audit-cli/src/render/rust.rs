//! Source of types that declare the schema, as `import` generates it.

use crate::body::Body;
use crate::import::{self, Declared, Options};

pub fn render(action: &str, version: u32, body: &Body) -> String {
    let options = Options::default();
    let declared = vec![Declared::from_body(action, version, body)];
    let plan = import::plan(declared, &options);
    let remarks: Vec<_> = plan.warnings.iter().map(ToString::to_string).collect();
    import::write(&plan, &remarks, &options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{entry, event};

    #[test]
    fn declares_what_the_body_says() {
        let entry = entry(
            event("user.signed_in", 3)
                .string("method")
                .integer("attempt-no"),
        );
        let text = render("user.signed_in", 3, &entry.body);
        let event = "\
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = \"user.signed_in\", version = 3, rename_all = \"kebab-case\")]
pub struct UserSignedIn {
    #[audit(actor)]
    pub actor: Actor,
    #[audit(target)]
    pub team: Team,
    pub attempt_no: Option<i64>,
    pub method: Option<String>,
}
";
        assert!(
            text.starts_with("use audit_core::{Actor, AuditEntity, AuditEvent};\n\n#[derive(")
                && text.ends_with(event),
            "{text}"
        );
    }
}
