//! Whether a source file may declare a version, in whatever configuration: by a type with the action in its `#[audit(…)]`, or by a macro
//! that is given the action.

use std::borrow::Cow;
use std::collections::HashSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::bump::literal::{Source, number_of, text_of, tokens};
use crate::store::Name;

/// Common macros, which declare nothing unless a package here has its own of that name; nor do those that begin with `assert` or
/// `debug_assert`.
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
#[derive(Debug, PartialEq, Eq)]
pub struct Mention {
    pub name: Name,
    pub line: usize,
    /// Where there are any: only if one of these names is that of another macro than the common one.
    pub common: Vec<&'static str>,
}

/// The versions that a file may declare, of those in `names`. `may_make` tells whether a macro that is given the action may make the
/// version.
pub fn all(text: &str, names: &[&Name], may_make: impl Fn(&Name, &Call) -> bool) -> Vec<Mention> {
    let Ok(tokens) = tokens(text) else {
        // No Rust by itself, so it may be included somewhere.
        return mentions(names, |_| Some((1, Vec::new())));
    };
    let (source, calls) = (Source::of(text, tokens.clone()), calls(tokens));
    mentions(names, |name| {
        if let Some(line) = source.may_declare(&name.0, name.1) {
            return Some((line, Vec::new()));
        }
        let may_make = |call: &&Call| call.texts.contains(&name.0) && may_make(name, call);
        let calls: Vec<_> = calls.iter().filter(may_make).collect();
        let first = calls.iter().min_by_key(|call| call.common.is_some())?;
        let common = calls.iter().map(|call| call.common);
        Some((
            first.line,
            common.collect::<Option<_>>().unwrap_or_default(),
        ))
    })
}

/// The versions whose actions a text contains anywhere, as one that generates source does.
pub fn in_text(text: &str, names: &[&Name]) -> Vec<Mention> {
    mentions(names, |(action, _)| {
        let line = text[..text.find(action)?].matches('\n').count() + 1;
        Some((line, Vec::new()))
    })
}

fn mentions(
    names: &[&Name],
    at: impl Fn(&Name) -> Option<(usize, Vec<&'static str>)>,
) -> Vec<Mention> {
    let mention = |name: &&Name| {
        at(name).map(|(line, common)| Mention {
            name: (*name).clone(),
            line,
            common,
        })
    };
    names.iter().filter_map(mention).collect()
}

/// The common names that a file gives to other macros: by `macro_rules!`, by `use … as …`, or by `fn` in a package of macros.
pub fn redefined(text: &str, is_of_macros: bool) -> impl Iterator<Item = &'static str> {
    HARMLESS.into_iter().filter(move |name| {
        text.match_indices(name).any(|(at, _)| {
            let (before, after) = (text[..at].trim_end(), &text[at + name.len()..]);
            let is_defined = before.ends_with("macro_rules!")
                || before.ends_with(" as")
                || is_of_macros && before.ends_with("fn");
            is_defined && !after.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
    })
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

/// The arguments of a macro or an attribute.
#[derive(Debug, Default)]
pub struct Call {
    texts: HashSet<String>,
    pub numbers: HashSet<u32>,
    line: usize,
    /// The macro's name, where it is a common one.
    common: Option<&'static str>,
}

fn calls(tokens: TokenStream) -> Vec<Call> {
    let (mut found, mut streams) = (Vec::new(), vec![tokens]);
    // Not recursive: the depth is the file's.
    while let Some(stream) = streams.pop() {
        let tokens: Vec<_> = stream.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            match call(&tokens[..index], group) {
                Some(call) => found.push(call),
                None => streams.push(group.stream()),
            }
        }
    }
    found
}

/// The group as the arguments of a macro or an attribute that may declare events.
fn call(before: &[TokenTree], group: &Group) -> Option<Call> {
    match before {
        [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
            let name = name.to_string();
            let common = HARMLESS.into_iter().find(|common| name == *common);
            let is_assertion = name.starts_with("assert") || name.starts_with("debug_assert");
            (!is_assertion).then(|| Call::new(group, common))
        }
        [.., TokenTree::Punct(hash)]
            if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            let first = group.stream().into_iter().next()?.to_string();
            (!PLAIN.contains(&&*first)).then(|| Call::new(group, None))
        }
        _ => None,
    }
}

impl Call {
    /// Every text and number in the group, at any depth but in `audit(…)`, which is no macro's.
    fn new(group: &Group, common: Option<&'static str>) -> Self {
        let mut call = Self {
            line: group.span_open().start().line,
            common,
            ..Self::default()
        };
        let mut streams = vec![group.stream()];
        while let Some(stream) = streams.pop() {
            let mut is_audit = false;
            for token in stream {
                match &token {
                    TokenTree::Literal(literal) => {
                        call.texts.extend(text_of(literal));
                        call.numbers.extend(number_of(literal));
                    }
                    TokenTree::Group(group) if !is_audit => streams.push(group.stream()),
                    _ => {}
                }
                is_audit = matches!(token, TokenTree::Ident(word) if word == "audit");
            }
        }
        call
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
            all(text, &names, |_, _| true)
        };
        let declared = all.into_iter().filter(|found| found.common.is_empty());
        declared
            .map(|Mention { name, line, .. }| (name.0, name.1, line))
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
        let made = |_: &Name, call: &Call| call.numbers.contains(&1);
        assert_eq!(all(attribute, &[&name], made), []);
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
