//! Keys that come from a group, in whatever place and behind whatever prefix: the error names the group.

use super::package::{CODE, Package};
use super::{BODY, FILE};

const GROUP: &str = "\n#[derive(audit_core::AuditMetadata)]\nstruct Request {\n    region: u8,\n}\n\
                     #[derive(audit_core::AuditMetadata)]\nstruct Outer { #[audit(flatten, prefix = \"of_\")] request: Request }\n";

/// The error where the code has `to` in place of `from`; and the help that names a key's group.
fn said(package: &Package, from: &str, to: &str) -> String {
    let code = CODE.replace(from, to);
    assert_ne!(code, CODE, "{from}");
    package.write("src/lib.rs", &format!("{code}{GROUP}"));
    package.fails(None)
}

/// Where the group declares its key, for code of as many lines as [`CODE`] has.
fn of_group(keys: &str) -> String {
    let line = CODE.lines().count() + 4;
    format!(
        "help: {keys} from the group `Request` (src/lib.rs:{line}): every event that flattens it has this error, and one run of `export --update` is"
    )
}

#[test]
fn a_group_is_named_wherever_it_is_flattened() {
    let package = Package::new("groups");
    package.write(FILE, BODY);
    for (from, to, keys, changed) in [
        (
            "    attempt",
            "#[audit(flatten, prefix = \"billed_\")] billed: Request, attempt",
            "`billed_region` comes",
            "`billed_region` was added",
        ),
        (
            "    attempt",
            "#[audit(flatten)] all: Option<Request>, attempt",
            "`region` comes",
            "`region` was added",
        ),
        (
            "    attempt",
            "#[audit(flatten, prefix = \"a_\")] a: Request, #[audit(flatten, prefix = \"b_\")] b: Request, attempt",
            "`a_region`, `b_region` come",
            "`a_region` was added, `b_region` was added",
        ),
        (
            "role: String }",
            "role: String, #[audit(flatten)] request: Request }",
            "`region` comes",
            "`region` of the actor was added",
        ),
        (
            "plan: Option<String> }",
            "plan: Option<String>, #[audit(flatten)] outer: Outer }",
            "`of_region` comes",
            "`of_region` of target \"team\" was added",
        ),
    ] {
        let error = said(&package, from, to);
        assert!(error.contains(&format!("holds: {changed}\n")), "{error}");
        assert!(
            error.contains(&of_group(keys)),
            "{}\n{error}",
            of_group(keys)
        );
        assert!(error.contains("due to 1 previous error\n"), "{error}");
    }
    // By the target's own type, not the entity's.
    let overridden =
        "#[audit(target, type = \"squad\")] team: Team,\n    #[audit(target)] other: Other,";
    let other = "#[derive(AuditEntity)] #[audit(type = \"team\")] struct Other { #[audit(id)] id: u64, #[audit(metadata)] plan: Option<String>, #[audit(flatten)] request: Request }";
    package.write(
        "src/lib.rs",
        &format!(
            "{}{GROUP}{other}",
            CODE.replace(
                "    #[audit(target)] team: Team,",
                &format!("    {overridden}")
            )
        ),
    );
    let error = package.fails(None);
    assert!(
        error.contains(
            "`plan` of target \"squad\" was added, `region` of target \"team\" was added\n"
        ),
        "{error}"
    );
    assert!(
        error.contains("help: `region` comes from the group `Request` (src/lib.rs:"),
        "{error}"
    );
}

/// What the event shows of a mistake elsewhere isn't another one.
#[test]
fn a_broken_entity_is_one_mistake() {
    let package = Package::new("broken");
    package.write(FILE, BODY);
    package.replace_in_code(
        "role: String }",
        "role: String, #[audit(metadatum)] other: String }",
    );
    let error = package.fails(None);
    assert!(
        error.contains("audit[A0101]") && !error.contains("audit[A0502]"),
        "{error}"
    );
    assert!(error.contains("due to 1 previous error\n"), "{error}");
}
