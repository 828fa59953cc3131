//! Renders `docs/diagnostics.md`.

use std::fmt::Write as _;

use audit_core::diagnostics::{DIAGNOSTICS, Diagnostic};

const FAMILIES: [(&str, &str); 6] = [
    ("A01", "attributes"),
    ("A02", "limits"),
    ("A03", "types and composition"),
    ("A04", "builder"),
    ("A05", "schema drift and versions"),
    ("A06", "build environment"),
];

const HEAD: &str = "\
# Diagnostics

Every compile error of ours begins with a code: `audit[A0203]: …`. The code says which rule was broken, and keeps that meaning for
ever. Its first two digits are the family.

Each section says what the error means, why the rule exists and how to get out, with a wrong and a right example. Tests compile the
examples: the wrong one gives that one error, the right one none. `cargo audit-schema explain A0203` prints a section.

This page is generated from [audit-core/src/diagnostics](../audit-core/src/diagnostics), by
`AUDIT_BLESS=1 cargo test -p audit-tests the_page_is`.
";

pub fn render() -> String {
    let mut page = String::from(HEAD);
    for (family, name) in FAMILIES {
        let _ = write!(page, "\n**{family}, {name}**\n\n");
        for Diagnostic { code, title, .. } in of_family(family) {
            let _ = writeln!(page, "- [{code}](#{}) {title}", anchor(code));
        }
    }
    for Diagnostic {
        code,
        title,
        explanation,
    } in FAMILIES.iter().flat_map(|(family, _)| of_family(family))
    {
        let _ = write!(
            page,
            "\n<a id=\"{}\"></a>\n\n## {code}: {title}\n\n{explanation}",
            anchor(code)
        );
    }
    page
}

fn of_family(family: &str) -> impl Iterator<Item = &'static Diagnostic> {
    DIAGNOSTICS
        .iter()
        .filter(move |diagnostic| diagnostic.code.starts_with(family))
}

/// A link leads to the code, so that it outlives a changed title.
fn anchor(code: &str) -> String {
    code.to_lowercase()
}
