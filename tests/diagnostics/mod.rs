//! Every code is explained, and the explanation is true: the wrong example raises that one error, the right one compiles.

mod alone;
mod explanation;
mod page;
mod raised;
mod traits;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use audit_core::diagnostics::DIAGNOSTICS;
use audit_tests::{Crate, Message};
use explanation::{Example, Explanation};

/// The explanations that have examples: those that need surroundings, or those that don't.
fn explanations(with_surroundings: bool) -> Vec<Explanation> {
    let read = |diagnostic| {
        Explanation::read(diagnostic)
            .unwrap_or_else(|problem| panic!("{}: {problem}", diagnostic.code))
    };
    let all = DIAGNOSTICS.iter().filter_map(read);
    let found: Vec<_> = all
        .filter(|explained| explained.has_surroundings() == with_surroundings)
        .collect();
    assert!(!found.is_empty(), "there are both kinds");
    found
}

/// Compiles the examples that need no surroundings, each as a module of one crate.
fn together(
    name: &str,
    explanations: &[Explanation],
    example: fn(&Explanation) -> &Example,
) -> Vec<Message> {
    let krate = Crate::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "diagnostics", name);
    let mut root = String::new();
    for explained in explanations {
        krate.write(
            &format!("src/{}", file(explained)),
            &example(explained).source,
        );
        let _ = writeln!(root, "pub mod {};", explained.code.to_lowercase());
    }
    krate.write("src/lib.rs", &root);
    // The target folder may lie in a repository, with whose schemas nothing is to be compared.
    krate.compile_with("check", &[("AUDIT_SCHEMAS", "off")])
}

fn file(explained: &Explanation) -> String {
    format!("{}.rs", explained.code.to_lowercase())
}

#[test]
fn every_code_is_explained_by_a_wrong_and_a_right_example() {
    let problems: Vec<_> = DIAGNOSTICS
        .iter()
        .filter_map(|diagnostic| {
            Explanation::read(diagnostic)
                .err()
                .map(|problem| format!("{}: {problem}", diagnostic.code))
        })
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn a_wrong_example_raises_its_code_and_nothing_else() {
    let explanations = explanations(false);
    let mut errors = together("examples_wrong", &explanations, |explained| {
        &explained.wrong
    });
    errors.retain(Message::is_error);
    let mut problems: Vec<String> = Vec::new();
    for explained in &explanations {
        let (raised, others): (Vec<_>, Vec<_>) = errors
            .into_iter()
            .partition(|error| error.file == file(explained));
        errors = others;
        if raised.len() != 1 || raised[0].code() != Some(explained.code) {
            problems.push(format!("{}: {raised:#?}", explained.code));
        }
    }
    problems.extend(
        errors
            .iter()
            .map(|error| format!("outside the examples: {error:#?}")),
    );
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_right_example_compiles_without_a_word() {
    let explanations = explanations(false);
    let messages = together("examples_right", &explanations, |explained| {
        &explained.right
    });
    assert!(messages.is_empty(), "{messages:#?}");
}

#[test]
fn examples_that_depend_on_their_surroundings_do_the_same() {
    let mut problems = Vec::new();
    for Explanation { code, wrong, right } in explanations(true) {
        let name = code.to_lowercase();
        match alone::compile(&format!("example_{name}_wrong"), &wrong) {
            Some(outcome)
                if outcome.success
                    || outcome.headlines.len() != 1
                    || !is_headline_of(code, &outcome.headlines[0]) =>
            {
                problems.push(format!("{code}, wrong: {outcome:#?}"));
            }
            Some(_) => {}
            None => eprintln!("SKIPPED: this system can't have the surroundings of {code}"),
        }
        match alone::compile(&format!("example_{name}_right"), &right) {
            Some(outcome) if outcome.success && outcome.headlines.is_empty() => {}
            outcome => problems.push(format!("{code}, right: {outcome:#?}")),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// `error: audit[A0501]: …`, `error[E0080]: evaluation panicked: audit[A0502]: …`
fn is_headline_of(code: &str, headline: &str) -> bool {
    let message = headline
        .strip_prefix("error[E0080]: evaluation panicked: ")
        .or_else(|| headline.strip_prefix("error: "));
    message.is_some_and(|message| message.starts_with(&format!("audit[{code}]: ")))
}

#[test]
fn every_code_is_raised_by_a_test() {
    let raised = raised::codes();
    let missing: Vec<_> = DIAGNOSTICS
        .iter()
        .map(|diagnostic| diagnostic.code)
        .filter(|code| !raised.contains(*code))
        .collect();
    assert!(
        missing.is_empty(),
        "no UI test, drift test or unit test of audit-macros raises {missing:?}"
    );
}

#[test]
fn every_public_trait_words_what_happens_without_it() {
    let missing = traits::without_words();
    assert!(
        missing.is_empty(),
        "no `#[diagnostic::on_unimplemented]` on {missing:?}"
    );
}

#[test]
fn the_page_is_what_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let page = page::render();
    let lost: Vec<_> = DIAGNOSTICS
        .iter()
        .map(|diagnostic| diagnostic.code)
        .filter(|code| !page.contains(&format!("\n## {code}: ")))
        .collect();
    assert!(lost.is_empty(), "codes of no family: {lost:?}");
    if std::env::var_os("AUDIT_BLESS").is_some() {
        fs::write(&path, &page).expect("docs/ can be written");
    }
    let found = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        found == page,
        "docs/diagnostics.md isn't what the table says: write it with\n\n    AUDIT_BLESS=1 cargo test -p audit-tests the_page_is\n"
    );
}
