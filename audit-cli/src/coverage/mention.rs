//! Whether a source file may declare a version, in whatever configuration: by a type with the action in its `#[audit(…)]`, or by a macro
//! that is given the action.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::bump::literal::{Source, number_of, text_of, tokens};
use crate::store::Name;

/// Macros of std and of everybody's tests, which declare nothing unless a package here has its own of that name; so do those that begin with `assert` or `debug_assert`.
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

/// Those of `names` that the file may declare. `may_make` tells whether a macro that is given the action may make the version.
/// Names of macros in `own` aren't std's.
pub fn all(
    text: &str,
    names: &[&Name],
    own: &HashSet<&str>,
    may_make: impl Fn(&Name, &Call) -> bool,
) -> Vec<Mention> {
    let Ok(tokens) = tokens(text) else {
        // No Rust by itself, so it may be included somewhere.
        return names
            .iter()
            .map(|name| Mention {
                name: (*name).clone(),
                line: 1,
            })
            .collect();
    };
    let (source, calls) = (Source::of(text, tokens.clone()), calls(tokens, own));
    let of = |name: &Name| {
        let (action, version) = name;
        let in_macro = || {
            calls
                .iter()
                .find(|call| call.texts.contains(action) && may_make(name, call))
        };
        source
            .may_declare(action, *version)
            .or_else(|| in_macro().map(|call| call.first))
    };
    names
        .iter()
        .filter_map(|name| {
            Some(Mention {
                name: (*name).clone(),
                line: of(name)?,
            })
        })
        .collect()
}

/// Those that a text names anywhere, as what generates source does.
pub fn in_text(text: &str, names: &[&Name]) -> Vec<Mention> {
    let line = |action: &str| Some(text[..text.find(action)?].matches('\n').count() + 1);
    names
        .iter()
        .filter_map(|name| {
            Some(Mention {
                name: (*name).clone(),
                line: line(&name.0)?,
            })
        })
        .collect()
}

/// Those of `actions` that a text names anywhere.
pub fn anywhere<'a>(text: &str, actions: &HashSet<&'a str>) -> HashSet<&'a str> {
    actions
        .iter()
        .copied()
        .filter(|action| text.contains(action))
        .collect()
}

/// Those of `actions` that stand between two quotes that follow each other, which is cheap to look for.
pub fn said<'a>(text: &str, actions: &HashSet<&'a str>) -> HashSet<&'a str> {
    text.split('"')
        .skip(1)
        .filter_map(|part| actions.get(&*unescaped(part)).copied())
        .collect()
}

/// What a literal says that names characters by their numbers, or goes on in another line.
fn unescaped(part: &str) -> Cow<'_, str> {
    let has_escapes = part.contains('\\')
        && ["\\u", "\\x", "\\\n", "\\\r"]
            .iter()
            .any(|escape| part.contains(escape));
    let literal = has_escapes
        .then(|| syn::parse_str::<syn::LitStr>(&format!("\"{part}\"")).ok())
        .flatten();
    literal.map_or(Cow::Borrowed(part), |literal| literal.value().into())
}

/// The harmless names that a file gives to other macros than std's; in a package of macros functions may be some.
pub fn own(text: &str, is_of_macros: impl FnOnce() -> bool) -> Vec<&'static str> {
    let defined = |word: &'static str| {
        text.match_indices(word)
            .map(move |(at, _)| text[at + word.len()..].trim_start())
    };
    let names = |rest: &str| {
        let end = rest.find(|character: char| !(character.is_alphanumeric() || character == '_'));
        HARMLESS
            .into_iter()
            .find(|name| *name == &rest[..end.unwrap_or(rest.len())])
    };
    let mut own: Vec<_> = ["macro_rules!", " as "]
        .into_iter()
        .flat_map(defined)
        .filter_map(names)
        .collect();
    let functions: Vec<_> = defined("fn ").filter_map(names).collect();
    if !functions.is_empty() && is_of_macros() {
        own.extend(functions);
    }
    own
}

/// What a macro or an attribute is given, and the lines that what it makes may name.
#[derive(Debug, Default)]
pub struct Call {
    texts: HashSet<String>,
    pub numbers: BTreeSet<u32>,
    pub first: usize,
    pub last: usize,
}

fn calls(tokens: TokenStream, own: &HashSet<&str>) -> Vec<Call> {
    let (mut found, mut streams) = (Vec::new(), vec![tokens]);
    // Not recursive: the depth is the file's.
    while let Some(stream) = streams.pop() {
        let tokens: Vec<_> = stream.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            if is_call(&tokens[..index], group, own) {
                found.push(Call::new(group, item_line(&tokens[index + 1..])));
            } else {
                streams.push(group.stream());
            }
        }
    }
    found
}

/// The line with the name of the type that follows an attribute.
fn item_line(rest: &[TokenTree]) -> Option<usize> {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(end) => end.as_char() == ';',
        _ => false,
    };
    let mut item = rest.iter().take_while(|token| !is_end(token));
    item.find(
        |token| matches!(token, TokenTree::Ident(word) if word == "struct" || word == "enum"),
    )?;
    item.next().map(|name| name.span().start().line)
}
/// Whether a group is what a macro or an attribute is given that may declare events.
fn is_call(before: &[TokenTree], group: &Group, own: &HashSet<&str>) -> bool {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
            let name = name.to_string();
            (!HARMLESS.contains(&name.as_str()) || own.contains(name.as_str()))
                && !name.starts_with("assert")
                && !name.starts_with("debug_assert")
        }
        [.., TokenTree::Punct(hash)]
            if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            let first = group.stream().into_iter().next();
            first.is_some_and(|first| !PLAIN.contains(&first.to_string().as_str()))
        }
        _ => false,
    }
}

impl Call {
    /// Every text and number in the group, at any depth but in `audit(…)`, which is no macro's.
    fn new(group: &Group, item_line: Option<usize>) -> Self {
        let first = group.span_open().start().line;
        let last = item_line
            .filter(|_| group.delimiter() == Delimiter::Bracket)
            .unwrap_or_default();
        let mut call = Self {
            first,
            last: last.max(group.span_close().end().line),
            ..Self::default()
        };
        let mut streams = vec![group.stream()];
        while let Some(stream) = streams.pop() {
            let mut is_audit = false;
            for token in stream {
                match token {
                    TokenTree::Literal(literal) => {
                        call.texts.extend(text_of(&literal));
                        call.numbers.extend(number_of(&literal));
                    }
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
        call
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[(&str, u32)]) -> BTreeSet<Name> {
        list.iter()
            .map(|(action, version)| ((*action).to_owned(), *version))
            .collect()
    }

    /// Action, version and line of what a source may declare of `a.b` and `a.c`, versions 1 and 2.
    fn found(text: &str) -> Vec<(String, u32, usize)> {
        let names = names(&[("a.b", 1), ("a.b", 2), ("a.c", 1), ("a.c", 2)]);
        let said = said(text, &HashSet::from(["a.b", "a.c"]));
        let names: Vec<_> = names
            .iter()
            .filter(|(action, _)| said.contains(action.as_str()))
            .collect();
        let all = if names.is_empty() {
            Vec::new()
        } else {
            all(text, &names, &HashSet::new(), |_, _| true)
        };
        all.into_iter()
            .map(
                |Mention {
                     name: (action, version),
                     line,
                 }| (action, version, line),
            )
            .collect()
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
        let in_macro =
            "cfg_if! { if #[cfg(x)] { #[audit(action = \"a.c\", version = 1)] struct X; } }";
        assert_eq!(found(in_macro), [one("a.c", 1, 1)]);
    }

    #[test]
    fn a_macro_may_give_a_version_that_isnt_there() {
        let in_body = "macro_rules! x { ($v:literal) => { #[audit(action = \"a.b\", version = $v)] struct X; } }";
        assert_eq!(found(in_body), [one("a.b", 1, 1), one("a.b", 2, 1)]);
        let call = "event! {\n  Paid, \"a.b\"\n}";
        assert_eq!(found(call), [one("a.b", 1, 1), one("a.b", 2, 1)]);
        assert_eq!(
            found("#[my_event(\"a.c\")]\nstruct X;"),
            [one("a.c", 1, 1), one("a.c", 2, 1)]
        );
        let attribute = "#[my_event(\n\"a.b\", 2, \"x\", 1.0)]\n#[derive(Clone)]\npub struct\nX { y: [u8; 3] }\nenum Y {}";
        let name = ("a.b".to_owned(), 1);
        let made = |_: &Name, call: &Call| call.numbers.contains(&1) || call.last < 5;
        assert_eq!(all(attribute, &[&name], &HashSet::new(), made), []);
    }

    #[test]
    fn texts_are_what_they_say() {
        let says = |text| !said(text, &HashSet::from(["a.b"])).is_empty();
        for text in [
            "\"a.b\"",
            "r\"a.b\"",
            "r##\"a.b\"##",
            "\"a\\u{2e}b\"",
            "\"a\\x2eb\"",
            "\"a.\\\n   b\"",
            "x(\"\\n\", \"a.b\")",
        ] {
            assert!(says(text), "{text}");
        }
        assert!(!says("\"a\\\\x2eb\"") && !says("a.b"));
        assert_eq!(
            found("#[audit(action = \"a\\u{2e}b\", version = 2)]\nstruct X;"),
            [one("a.b", 2, 2)]
        );
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
        assert_eq!(
            found("struct X { \"a.b\" "),
            [one("a.b", 1, 1), one("a.b", 2, 1)]
        );
        assert_eq!(found("struct X { "), []);
    }
}
