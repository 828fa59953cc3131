//! Where a source file takes in source of other files: `include!("…")`, `#[path = "…"]`, and `mod …;` where nothing else finds them, or nothing is there.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::bump::literal::{text_of, tokens};

/// One such place.
#[derive(Debug, PartialEq, Eq)]
pub enum Lead {
    File(PathBuf),
    /// The file isn't there, or its name is computed: the line that asks for it.
    Unseen(usize),
}

/// All of a file's. The modules beside it are `known` where its folder is searched.
pub fn all(path: &Path, text: &str, known: bool) -> Vec<Lead> {
    if !may_lead(path, text, known) {
        return Vec::new();
    }
    let Ok(tokens) = tokens(text) else {
        return vec![Lead::Unseen(1)];
    };
    let (mut leads, mut streams) = (Vec::new(), vec![(PathBuf::new(), tokens)]);
    // Not recursive: the depth is the file's.
    while let Some((inline, stream)) = streams.pop() {
        let tokens: Vec<_> = stream.into_iter().collect();
        leads.extend(
            tokens
                .windows(3)
                .filter_map(included)
                .map(|at| beside(path, &at)),
        );
        leads.extend(
            modules(path, &inline, &tokens)
                .filter(|lead| !known || matches!(lead, Lead::Unseen(_))),
        );
        for (index, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            if matches!(&tokens[..index], [.., TokenTree::Punct(hash)] if hash.as_char() == '#') {
                leads.extend(
                    paths(group.stream())
                        .into_iter()
                        .map(|at| beside(path, &at)),
                );
            } else {
                let within = match &tokens[..index] {
                    [.., TokenTree::Ident(word), TokenTree::Ident(name)] if word == "mod" => {
                        inline.join(plain(&name.to_string()))
                    }
                    _ => inline.clone(),
                };
                streams.push((within, group.stream()));
            }
        }
    }
    leads
}

/// Whether a text is worth taking apart: most aren't, and it costs much.
fn may_lead(path: &Path, text: &str, known: bool) -> bool {
    let around = |word: &'static str| {
        text.match_indices(word)
            .map(move |(at, _)| (text[..at].trim_end(), text[at + word.len()..].trim_start()))
    };
    let is_path =
        |(before, after): (&str, &str)| before.ends_with(['[', ',']) && after.starts_with('=');
    around("include").any(|(_, after)| after.starts_with('!'))
        || around("path").any(is_path)
        || around("mod ").any(|(_, after)| {
            let end = after
                .find(|character: char| !(character.is_alphanumeric() || "_#".contains(character)));
            let (name, rest) = after.split_at(end.unwrap_or(after.len()));
            rest.trim_start().starts_with(';')
                && !(known && module(path, Path::new(""), name).is_some())
        })
}

/// What an `include!` of three tokens names.
fn included(tokens: &[TokenTree]) -> Option<Named> {
    match tokens {
        [
            TokenTree::Ident(word),
            TokenTree::Punct(mark),
            TokenTree::Group(given),
        ] if word == "include" && mark.as_char() == '!' => {
            Some(named(given.stream(), word.span().start().line))
        }
        _ => None,
    }
}

/// The `mod …;` in the modules `inline`, but for those whose attributes say where they are.
fn modules<'t>(
    path: &'t Path,
    inline: &'t Path,
    tokens: &'t [TokenTree],
) -> impl Iterator<Item = Lead> + 't {
    tokens
        .windows(3)
        .enumerate()
        .filter_map(move |(index, tokens_here)| match tokens_here {
            [
                TokenTree::Ident(word),
                TokenTree::Ident(name),
                TokenTree::Punct(end),
            ] if word == "mod" && end.as_char() == ';' => {
                let file = module(path, inline, &name.to_string());
                let unseen = || {
                    (!has_path(&tokens[..index])).then(|| Lead::Unseen(word.span().start().line))
                };
                file.map(Lead::File).or_else(unseen)
            }
            _ => None,
        })
}

/// Whether one of the attributes of an item, which its visibility may follow, has `path = …`.
fn has_path(before: &[TokenTree]) -> bool {
    let is_before = |token: &&TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
        TokenTree::Punct(hash) => hash.as_char() == '#',
        TokenTree::Ident(word) => word == "pub",
        TokenTree::Literal(_) => false,
    };
    let mut attributes = before.iter().rev().take_while(is_before);
    attributes
        .any(|token| matches!(token, TokenTree::Group(group) if !paths(group.stream()).is_empty()))
}

/// A file's name and the line that says it; `None` where it is computed.
type Named = (Option<String>, usize);

fn beside(path: &Path, (name, line): &Named) -> Lead {
    let file = name
        .as_ref()
        .and_then(|name| Some(path.parent()?.join(name)))
        .filter(|file| file.is_file());
    file.map_or(Lead::Unseen(*line), Lead::File)
}

fn named(given: TokenStream, line: usize) -> Named {
    let first = given.into_iter().next();
    (
        first.and_then(|first| {
            if let TokenTree::Literal(literal) = first {
                text_of(&literal)
            } else {
                None
            }
        }),
        line,
    )
}

/// What `path = …` says in an attribute, at any depth of `cfg_attr`. Nothing is `possible` behind a path or a word.
fn paths(attribute: TokenStream) -> Vec<Named> {
    let (mut found, mut possible) = (Vec::new(), true);
    let mut tokens = attribute.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (token, tokens.peek()) {
            (TokenTree::Ident(word), Some(TokenTree::Punct(equals)))
                if possible && word == "path" && equals.as_char() == '=' =>
            {
                tokens.next();
                found.push(named(
                    tokens.next().into_iter().collect(),
                    word.span().start().line,
                ));
                possible = false;
            }
            (TokenTree::Ident(word), Some(TokenTree::Group(group)))
                if possible && word == "cfg_attr" =>
            {
                found.extend(paths(behind_condition(group)));
                possible = false;
            }
            (TokenTree::Punct(comma), _) => possible = comma.as_char() == ',',
            _ => possible = false,
        }
    }
    found
}

fn behind_condition(group: &Group) -> TokenStream {
    group
        .stream()
        .into_iter()
        .skip_while(|token| !matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','))
        .collect()
}

/// The file of a module, wherever a file of that kind has it.
fn module(path: &Path, inline: &Path, name: &str) -> Option<PathBuf> {
    let name = plain(name);
    let folders = [
        path.parent()?.join(inline),
        path.with_extension("").join(inline),
    ];
    let files = folders.iter().flat_map(|folder| {
        [
            folder.join(format!("{name}.rs")),
            folder.join(name).join("mod.rs"),
        ]
    });
    files.into_iter().find(|file| file.is_file())
}

fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn follows_what_is_there_and_says_what_isnt() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        fs::create_dir(place("a")).expect("a folder");
        for name in ["events.in", "shared.rs", "inner.rs", "a/deep.rs"] {
            fs::write(place(name), "").expect("written");
        }
        let of = |text: &str, known| all(&place("lib.rs"), text, known);
        assert_eq!(
            of("mod a { include!(r\"events.in\"); }", true),
            [Lead::File(place("events.in"))]
        );
        assert_eq!(
            of("#[cfg(x)]\n#[path = \"shared.rs\"]\nmod s;", true),
            [Lead::File(place("shared.rs"))]
        );
        let chosen =
            "#[cfg_attr(path, cfg_attr(x, path = \"shared.rs\"), path = \"gone.rs\")] mod s;";
        assert_eq!(
            of(chosen, true),
            [Lead::File(place("shared.rs")), Lead::Unseen(1)]
        );
        assert_eq!(
            of("\ninclude!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));", true),
            [Lead::Unseen(2)]
        );
        assert_eq!(
            of("macro_rules! take { ($x:expr) => { include!($x) } }", true),
            [Lead::Unseen(1)]
        );
        assert_eq!(
            of(
                "#[route(path = \"/x\")] fn x() { f![path = \"y\"]; include_str!(\"z\"); let path = \"z\"; }",
                true
            ),
            []
        );
        assert_eq!(
            of("mod inner; mod gone; mod here {}", false),
            [Lead::File(place("inner.rs")), Lead::Unseen(1)]
        );
        assert_eq!(
            of(
                "mod inner; mod a { pub(crate) mod deep; mod r#mod { mod lost; } }",
                true
            ),
            [Lead::Unseen(1)]
        );
        assert_eq!(of("#[cfg(x)]\nmod gone;", true), [Lead::Unseen(2)]);
        assert_eq!(
            of(
                "#[cfg_attr(x, path = \"shared.rs\")]\npub(crate) mod gone;",
                true
            ),
            [Lead::File(place("shared.rs"))]
        );
        assert_eq!(
            of("#[path = \"shared.rs\"] mod s;\nmod gone;", true),
            [Lead::Unseen(2), Lead::File(place("shared.rs"))]
        );
        assert_eq!(
            of(
                "// mod gone;\nmacro_rules! m { ($n:ident) => { mod $n; } } fn f() { let _ = \"mod gone;\"; }",
                true
            ),
            []
        );
        assert_eq!(
            (of("fn x( {", true), of("include!( {", true)),
            (Vec::new(), vec![Lead::Unseen(1)])
        );
    }
}
