//! What doesn't compile, with its exact words, and what must.

/// Each file holds one family of mistakes. `TRYBUILD=overwrite` blesses the outputs: read them before accepting.
#[test]
fn failing() {
    let cases = trybuild::TestCases::new();
    for family in ["attributes", "limits", "types", "roles", "builder", "entities", "values", "generics"] {
        cases.compile_fail(format!("ui/{family}/*.rs"));
    }
}

#[test]
fn passing() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
