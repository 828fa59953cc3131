//! Where a source file takes in source of other files: `include!("…")`, `#[path = "…"]`, and `mod …;` where nothing else finds them, or nothing is there.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::bump::literal::{text_of, tokens};

/// A place in a file that takes in source of another one.
#[derive(Debug, PartialEq, Eq)]
pub enum Lead {
    File(PathBuf),
    /// The file isn't there, or its name is computed: the line that asks for it.
    Unseen(usize),
}

/// All of a file's. The modules beside it are `known` where its folder is searched.
pub fn all(path: &Path, text: &str, known: bool) -> Vec<Lead> {
    if !["include", "mod ", "path"]
        .iter()
        .any(|word| text.contains(word))
    {
        return Vec::new();
    }
    let Ok(tokens) = tokens(text) else {
        return vec![Lead::Unseen(1)];
    };
    let (mut leads, mut streams) = (Vec::new(), vec![(PathBuf::new(), tokens)]);
    // Not recursive: the depth is the file's.
    while let Some((inline, stream)) = streams.pop() {
        let tokens: Vec<_> = stream.into_iter().collect();
        for index in 0..tokens.len() {
            let (before, rest) = tokens.split_at(index);
            match (before, rest) {
                (
                    _,
                    [
                        TokenTree::Ident(word),
                        TokenTree::Punct(mark),
                        TokenTree::Group(group),
                        ..,
                    ],
                ) if word == "include" && mark.as_char() == '!' => {
                    leads.push(beside(
                        path,
                        group.stream().into_iter().next().as_ref(),
                        word,
                    ));
                }
                (
                    _,
                    [
                        TokenTree::Ident(word),
                        TokenTree::Ident(name),
                        TokenTree::Punct(end),
                        ..,
                    ],
                ) if word == "mod" && end.as_char() == ';' => match module(path, &inline, name) {
                    Some(file) if !known => leads.push(Lead::File(file)),
                    None if !has_path(before) => leads.push(unseen(word)),
                    _ => {}
                },
                ([.., TokenTree::Punct(hash)], [TokenTree::Group(group), ..])
                    if hash.as_char() == '#' =>
                {
                    leads.extend(paths(path, group.stream()));
                }
                (
                    [.., TokenTree::Ident(word), TokenTree::Ident(name)],
                    [TokenTree::Group(group), ..],
                ) if word == "mod" => {
                    streams.push((inline.join(plain(name)), group.stream()));
                }
                (_, [TokenTree::Group(group), ..]) => {
                    streams.push((inline.clone(), group.stream()));
                }
                _ => {}
            }
        }
    }
    leads
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
        .any(|token| matches!(token, TokenTree::Group(group) if !paths(Path::new(""), group.stream()).is_empty()))
}

/// The file that a literal names, as `word` asks for it.
fn beside(path: &Path, literal: Option<&TokenTree>, word: &Ident) -> Lead {
    let name = match literal {
        Some(TokenTree::Literal(literal)) => text_of(literal),
        _ => None,
    };
    let file = name.and_then(|name| Some(path.parent()?.join(name)));
    let file = file.filter(|file| file.is_file());
    file.map_or_else(|| unseen(word), Lead::File)
}

fn unseen(word: &Ident) -> Lead {
    Lead::Unseen(word.span().start().line)
}

/// The files of `path = …` in an attribute, at any depth of `cfg_attr`, whose condition may have a `path` of its own.
fn paths(path: &Path, attribute: TokenStream) -> Vec<Lead> {
    let tokens: Vec<_> = attribute.into_iter().collect();
    let is_comma =
        |token: &&TokenTree| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',');
    let parts = tokens.split(|token| is_comma(&token));
    let lead = |part: &[TokenTree]| match part {
        [TokenTree::Ident(word), TokenTree::Punct(equals), value, ..]
            if word == "path" && equals.as_char() == '=' =>
        {
            vec![beside(path, Some(value), word)]
        }
        [TokenTree::Ident(word), TokenTree::Group(group), ..] if word == "cfg_attr" => {
            let tokens = group.stream().into_iter();
            let behind_condition = tokens.skip_while(|token| !is_comma(&token));
            paths(path, behind_condition.collect())
        }
        _ => Vec::new(),
    };
    parts.flat_map(lead).collect()
}

/// The file of a module, wherever a file of that kind has it.
fn module(path: &Path, inline: &Path, name: &Ident) -> Option<PathBuf> {
    let name = plain(name);
    let folders = [
        path.parent()?.join(inline),
        path.with_extension("").join(inline),
    ];
    let files = folders.iter().flat_map(|folder| {
        [
            folder.join(format!("{name}.rs")),
            folder.join(&name).join("mod.rs"),
        ]
    });
    files.into_iter().find(|file| file.is_file())
}

fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").into()
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
            [Lead::File(place("shared.rs")), Lead::Unseen(2)]
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
