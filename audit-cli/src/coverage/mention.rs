//! Whether a source file may declare a version, in whatever configuration: by a type with the action in its `#[audit(…)]`, or by a macro
//! that is given the action.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

use crate::bump::literal::{Source, text_of, tokens};
use crate::store::Name;

/// Macros of std and of everybody's tests, which declare nothing; so do those that begin with `assert` or `debug_assert`.
const HARMLESS: [&str; 20] = [
    "concat",
    "dbg",
    "debug",
    "eprintln",
    "error",
    "format",
    "format_args",
    "info",
    "json",
    "matches",
    "panic",
    "print",
    "println",
    "todo",
    "trace",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// Attributes whose texts declare nothing.
const PLAIN: [&str; 5] = ["cfg", "deprecated", "doc", "expect", "serde"];

/// A version that a file may declare.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    pub name: Name,
    pub line: usize,
}

/// Those of `names` that the file may declare. `is_built` tells whether this build has an event of the action from these lines.
pub fn all(text: &str, names: &BTreeSet<Name>, is_built: impl Fn(&str, usize, usize) -> bool) -> Vec<Mention> {
    let said = texts(text);
    let candidates: Vec<_> = names.iter().filter(|(action, _)| said.contains(action.as_str())).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let (Ok(source), Ok(tokens)) = (Source::read(text), tokens(text)) else {
        // No Rust by itself, so it may be included somewhere.
        return candidates.into_iter().map(|name| Mention { name: name.clone(), line: 1 }).collect();
    };
    let passed = passed(tokens);
    let of = |name: &Name| {
        let (action, version) = name;
        let in_macro = || passed.iter().find(|passed| passed.text == *action && !is_built(action, passed.first, passed.last));
        source.may_declare(action, *version).or_else(|| in_macro().map(|passed| passed.first))
    };
    candidates.into_iter().filter_map(|name| Some(Mention { name: name.clone(), line: of(name)? })).collect()
}

/// Those that a text names anywhere, as what generates source does.
pub fn in_text(text: &str, names: &BTreeSet<Name>) -> Vec<Mention> {
    let line = |action: &str| Some(text[..text.find(action)?].matches('\n').count() + 1);
    names.iter().filter_map(|name| Some(Mention { name: name.clone(), line: line(&name.0)? })).collect()
}

/// Everything between two quotes that follow each other: cheap, and nothing is missed that is written without escapes.
fn texts(text: &str) -> BTreeSet<&str> {
    let mut parts = text.split('"');
    parts.next();
    parts.collect()
}

/// A text that a macro or an attribute is given, and the lines of its call.
struct Passed {
    text: String,
    first: usize,
    last: usize,
}

fn passed(tokens: TokenStream) -> Vec<Passed> {
    let (mut found, mut streams) = (Vec::new(), vec![tokens]);
    // Not recursive: the depth is the file's.
    while let Some(stream) = streams.pop() {
        let tokens: Vec<_> = stream.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            if is_call(&tokens[..index], group) {
                add(group, &mut found);
            } else {
                streams.push(group.stream());
            }
        }
    }
    found
}

/// Whether a group is what a macro or an attribute is given that may declare events.
fn is_call(before: &[TokenTree], group: &Group) -> bool {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
            let name = name.to_string();
            !HARMLESS.contains(&name.as_str()) && !name.starts_with("assert") && !name.starts_with("debug_assert")
        }
        [.., TokenTree::Punct(hash)] if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket => {
            let first = group.stream().into_iter().next();
            first.is_some_and(|first| !PLAIN.contains(&first.to_string().as_str()))
        }
        _ => false,
    }
}

/// Every text in the group, at any depth but in `audit(…)`, which is no macro's.
fn add(call: &Group, found: &mut Vec<Passed>) {
    let (first, last) = (call.span_open().start().line, call.span_close().end().line);
    let mut streams = vec![call.stream()];
    while let Some(stream) = streams.pop() {
        let mut is_audit = false;
        for token in stream {
            match token {
                TokenTree::Literal(literal) => found.extend(text(&literal).map(|text| Passed { text, first, last })),
                TokenTree::Group(group) if !is_audit => streams.push(group.stream()),
                TokenTree::Ident(word) => {
                    is_audit = word == "audit";
                    continue;
                }
                _ => {}
            }
            is_audit = false;
        }
    }
}

fn text(literal: &Literal) -> Option<String> {
    // Numbers are none of ours.
    literal.to_string().ends_with(['"', '#']).then(|| text_of(literal))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[(&str, u32)]) -> BTreeSet<Name> {
        list.iter().map(|(action, version)| ((*action).to_owned(), *version)).collect()
    }

    /// Action, version and line of what a source may declare of `a.b` and `a.c`, versions 1 and 2.
    fn found(text: &str) -> Vec<(String, u32, usize)> {
        let all = all(text, &names(&[("a.b", 1), ("a.b", 2), ("a.c", 1), ("a.c", 2)]), |_, _, _| false);
        all.into_iter().map(|Mention { name: (action, version), line }| (action, version, line)).collect()
    }

    fn one(action: &str, version: u32, line: usize) -> (String, u32, usize) {
        (action.into(), version, line)
    }

    #[test]
    fn types_declare_what_their_literals_say() {
        let source = "#[cfg(feature = \"saas\")]\n#[derive(AuditEvent)]\n#[audit(action = \"a.b\", version = 2)]\nstruct Paid;";
        assert_eq!(found(source), [one("a.b", 2, 4)]);
        let chosen = "#[cfg_attr(x, audit(action = \"a.b\", version = 1))]\n#[cfg_attr(not(x), audit(action = \"a.c\", version = 2))]\nstruct X;";
        assert_eq!(found(chosen), [one("a.b", 1, 3), one("a.c", 2, 3)]);
        let apart = "#[audit(action = \"a.b\")]\n#[audit(version = 1)]\nstruct X;";
        assert_eq!(found(apart), [one("a.b", 1, 3)]);
        let in_macro = "cfg_if! { if #[cfg(x)] { #[audit(action = \"a.c\", version = 1)] struct X; } }";
        assert_eq!(found(in_macro), [one("a.c", 1, 1)]);
    }

    #[test]
    fn a_macro_may_give_a_version_that_isnt_there() {
        let in_body = "macro_rules! x { ($v:literal) => { #[audit(action = \"a.b\", version = $v)] struct X; } }";
        assert_eq!(found(in_body), [one("a.b", 1, 1), one("a.b", 2, 1)]);
        let call = "event! {\n  Paid, \"a.b\"\n}";
        assert_eq!(found(call), [one("a.b", 1, 1), one("a.b", 2, 1)]);
        assert_eq!(found("#[my_event(\"a.c\")]\nstruct X;"), [one("a.c", 1, 1), one("a.c", 2, 1)]);
        let built = |action: &str, first, last| action == "a.b" && (first..=last).contains(&2);
        assert_eq!(all(call, &names(&[("a.b", 1)]), built), []);
    }

    #[test]
    fn what_only_names_an_action_declares_nothing() {
        for source in [
            "fn x() { assert_eq!(event.action(), \"a.b\"); println!(\"a.b\"); record(\"a.b\"); }",
            "// #[audit(action = \"a.b\", version = 1)]\n/// \"a.b\"\nstruct X;",
            "const A: &str = \"a.b\";",
            "#[doc = \"a.b\"]\n#[serde(rename = \"a.b\")]\nstruct X;",
        ] {
            assert_eq!(found(source), [], "{source}");
        }
    }

    #[test]
    fn what_cant_be_taken_apart_may_declare_anything() {
        assert_eq!(found("struct X { \"a.b\" "), [one("a.b", 1, 1), one("a.b", 2, 1)]);
        assert_eq!(found("struct X { "), []);
    }
}
