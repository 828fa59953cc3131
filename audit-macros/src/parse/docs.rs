//! Doc comments as text, however they are given: `///`, `#[doc = "…"]`, `concat!(…)`, `include_str!(…)`, through a macro's `$doc:expr`.

use std::fs;
use std::path::Path;

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Macro, Meta, MetaNameValue, Token};

use crate::diag::{Code, Errors};

/// The text: one space before each line taken away, blank ends trimmed. What can't be read is an error: it would be missing without a word.
pub fn text(attributes: &[Attribute], errors: &mut Errors) -> String {
    let mut lines: Vec<String> = Vec::new();
    for given in attributes.iter().filter_map(given) {
        match value(given) {
            Ok(text) => lines.extend(
                lines_of(&text)
                    .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()),
            ),
            Err(problem) => {
                let what = format!("the derive can't read this doc comment: {problem}");
                errors.push(given.span(), Code::UnreadableDocs, what, HELP);
            }
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The lines, without the column of stars that those of a block comment have.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let column = |line: &str| {
        line.find('*')
            .filter(|column| *column > 0 && line[..*column].trim().is_empty())
    };
    let mut rest = text
        .split('\n')
        .skip(1)
        .filter(|line| !line.trim().is_empty());
    let stars = rest
        .next()
        .and_then(column)
        .filter(|stars| rest.all(|line| column(line) == Some(*stars)));
    text.split('\n')
        .enumerate()
        .map(move |(index, line)| match stars {
            Some(stars) if index > 0 => line.get(stars + 1..).unwrap_or_default(),
            _ => line,
        })
}

/// What a setter repeats of a field's docs: what is written out, up to the first example, which would be a second doctest. Without fences
/// and indentation no text is code in Markdown, whatever quotes, lists and notes it stands in.
pub fn for_setter(attributes: &[Attribute]) -> Vec<Attribute> {
    let mut kept = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| given(attribute).is_some())
    {
        let mut repeated = attribute.clone();
        let Some(text) = literal(&mut repeated) else {
            break;
        };
        let whole = text.value();
        let lines: Vec<_> = lines_of(&whole)
            .take_while(|line| !holds_code(line))
            .map(without_indentation)
            .collect();
        *text = LitStr::new(&lines.join("\n"), text.span());
        let ends_here = lines.len() < whole.split('\n').count();
        if !lines.is_empty() {
            kept.push(repeated);
        }
        if ends_here {
            break;
        }
    }
    kept
}

/// A fence, wherever it stands in the line, or a line that is indented as code is.
fn holds_code(line: &str) -> bool {
    let text = line.strip_prefix(' ').unwrap_or(line);
    text.starts_with("    ")
        || text.starts_with('\t')
        || line.contains("```")
        || line.contains("~~~")
}

fn without_indentation(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, where it is written out.
fn literal(attribute: &mut Attribute) -> Option<&mut LitStr> {
    match &mut attribute.meta {
        Meta::NameValue(MetaNameValue {
            value:
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }),
            ..
        }) => Some(text),
        _ => None,
    }
}

/// What is behind `doc =`.
fn given(attribute: &Attribute) -> Option<&Expr> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => Some(&meta.value),
        _ => None,
    }
}

const HELP: &str = "write the text out, or make it by `concat!` or `include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/…\"))`";

/// The text of an expression.
fn value(expression: &Expr) -> Result<String, String> {
    match expression {
        Expr::Group(group) => value(&group.expr),
        Expr::Paren(paren) => value(&paren.expr),
        Expr::Lit(literal) => Ok(of_literal(&literal.lit)),
        Expr::Macro(called) => of_macro(&called.mac),
        _ => Err("it is neither a literal nor a macro".into()),
    }
}

fn of_literal(literal: &Lit) -> String {
    match literal {
        Lit::Str(text) => text.value(),
        Lit::Char(letter) => letter.value().into(),
        other => quote::ToTokens::to_token_stream(other).to_string(),
    }
}

fn of_macro(called: &Macro) -> Result<String, String> {
    let name = called
        .path
        .segments
        .last()
        .map(|segment| segment.ident.to_string())
        .unwrap_or_default();
    let arguments = || {
        let parsed = called.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        parsed
            .map_err(|error| format!("`{name}!` holds what isn't a list: {error}"))?
            .iter()
            .map(value)
            .collect::<Result<Vec<_>, String>>()
    };
    match name.as_str() {
        "concat" => Ok(arguments()?.concat()),
        "stringify" => Ok(called.tokens.to_string()),
        "env" => {
            let variable = arguments()?.into_iter().next().unwrap_or_default();
            std::env::var(&variable).map_err(|_| format!("the variable {variable} isn't set"))
        }
        "include_str" => included(&arguments()?.concat(), called.path.span()),
        _ => Err(format!("`{name}!` is expanded after the derive")),
    }
}

/// The file, which cargo tracks. rustc finds it beside the one that calls the outermost macro; a derive knows only the one that it is
/// named in.
fn included(path: &str, at: Span) -> Result<String, String> {
    let file = match at.local_file() {
        _ if Path::new(path).is_absolute() => path.into(),
        Some(file) => file.with_file_name(path),
        // Rust has the file since 1.88.
        None => return Err(format!("this compiler doesn't say where {path} is")),
    };
    fs::read_to_string(&file).map_err(|error| format!("{} can't be read: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    /// What a setter repeats of docs that are given so.
    fn repeated(docs: &str) -> String {
        let lines = docs.split('\n');
        let item: syn::DeriveInput = parse_quote!(#(#[doc = #lines])* struct Documented;);
        let texts = for_setter(&item.attrs)
            .into_iter()
            .map(|mut attribute| literal(&mut attribute).expect("text").value());
        texts.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn block_comments_lose_their_stars() {
        let text = |docs: &str| lines_of(docs).collect::<Vec<_>>().join("\n");
        assert_eq!(
            text("\n * Minutes since\n * the last login.\n *\n * - never: 0\n "),
            "\n Minutes since\n the last login.\n\n - never: 0\n"
        );
        for docs in [
            "Kinds:\n* one\n* two",
            "Kinds:\n * one\n   of two",
            " One line * two.",
            "\n   Plain.\n ",
        ] {
            assert_eq!(text(docs), docs);
        }
    }

    #[test]
    fn a_setter_repeats_what_it_is() {
        assert_eq!(
            repeated(" What it is.\n\n - A [list]:\n   - inner\n\n [list]: crate::List"),
            "What it is.\n\n- A [list]:\n- inner\n\n[list]: crate::List"
        );
    }

    #[test]
    fn a_setter_repeats_no_example() {
        for (docs, expected) in [
            (
                " What it is.\n\n More.\n\n ```\n assert!(true);\n ```\n After.",
                "What it is.\n\nMore.\n",
            ),
            (" Indented:\n\n     assert!(true);", "Indented:\n"),
            (" Behind a tab:\n\n\tassert!(true);", "Behind a tab:\n"),
            (
                " Behind a space and a tab:\n\n \tassert!(true);",
                "Behind a space and a tab:\n",
            ),
            (
                " In a quote:\n\n > ```\n > assert!(true);\n > ```",
                "In a quote:\n",
            ),
            (
                " At a marker:\n\n * ~~~\n   assert!(true);\n   ~~~",
                "At a marker:\n",
            ),
            // What is left of these is text.
            (
                " Indented in a quote:\n\n >     assert!(true);",
                "Indented in a quote:\n\n> assert!(true);",
            ),
            (
                " In a list:\n\n 1.\tassert!(true);",
                "In a list:\n\n1. assert!(true);",
            ),
            (
                " A note[^1].\n\n [^1]:\n     ```\n     assert!(true);\n     ```",
                "A note[^1].\n\n[^1]:",
            ),
        ] {
            assert_eq!(repeated(docs), expected, "{docs}");
        }
        let whole: syn::DeriveInput =
            syn::parse_str("#[doc = \"What it is.\n```\nassert!(true);\n```\"] struct Documented;")
                .expect("a struct");
        let mut kept = for_setter(&whole.attrs);
        assert_eq!(
            literal(&mut kept[0]).map(|text| text.value()),
            Some("What it is.".into())
        );
        let included: syn::DeriveInput = parse_quote! {
            /// What it is.
            #[doc = include_str!("example.md")]
            struct Documented;
        };
        assert_eq!(for_setter(&included.attrs).len(), 1);
    }

    #[test]
    fn what_makes_the_text_is_followed() {
        let of = |item: syn::DeriveInput| {
            let mut errors = Errors::default();
            (text(&item.attrs, &mut errors), errors.len())
        };
        let made = parse_quote! {
            #[doc = concat!("a ", 1, ("b"), concat!('c', stringify!(d)), true)]
            struct Documented;
        };
        assert_eq!(of(made), ("a 1bcdtrue".into(), 0));
        let unknown = parse_quote! {
            /// Before.
            #[doc = concat!("a", made!())]
            /// After.
            struct Documented;
        };
        assert_eq!(of(unknown), ("Before.\nAfter.".into(), 1));
    }
}
