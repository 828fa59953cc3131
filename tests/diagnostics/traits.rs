//! The public traits of `audit-core`, and whether they word what happens where they aren't implemented.

use std::path::Path;

/// Traits of which rustc never reports that they aren't implemented.
const NEVER_REPORTED: &[&str] = &[
    // It reports what their only impl asks for.
    "Accepts",
    "Argument",
    "BoundedTargets",
    "Ready",
    // An event whose target it isn't has an error, so rustc is silent about this one.
    "TargetsOf",
    // `Setter` is reported in its place.
    "Sealed",
    // The derives implement them beside what they call.
    "DescribedEntity",
    "DescribedEvent",
    "DescribedGroup",
    "DescribedValue",
    // Found by autoref, or for everything.
    "FormDisplay",
    "FormJoin",
    "FormNone",
    "FormOptional",
    "FormValue",
    "JoinForm",
    "NoDisplayBound",
    "PlainText",
    // Asked for by `OwnText` and `TextList`, and by autoref.
    "ValueText",
    "WithoutDrop",
    "WriteText",
];

/// Those that should have words and haven't, and those that are listed above and don't exist.
pub fn without_words() -> Vec<String> {
    let mut missing = Vec::new();
    let mut unused: Vec<&str> = NEVER_REPORTED.to_vec();
    let mut found = 0;
    for (_, text) in audit_tests::files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../audit-core/src"),
        "rs",
    ) {
        let mut attributes = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(declared) = line.strip_prefix("pub trait ") {
                found += 1;
                let name = declared
                    .split(|letter: char| !letter.is_alphanumeric())
                    .next()
                    .unwrap_or_default();
                let exempt = unused
                    .iter()
                    .position(|listed| *listed == name)
                    .map(|at| unused.remove(at))
                    .is_some();
                if !exempt && !attributes.contains("#[diagnostic::on_unimplemented(") {
                    missing.push(name.to_owned());
                }
            }
            // What stands above an item ends where the item before it does.
            if line.is_empty() || line.ends_with(['}', ';', '{']) {
                attributes.clear();
            } else {
                attributes.push_str(line);
            }
        }
    }
    assert!(found > 20, "the traits were found: {found}");
    missing.extend(
        unused
            .into_iter()
            .map(|name| format!("{name}, which is exempt and doesn't exist")),
    );
    missing
}
