//! Doc comments as text, however they are given: `///`, `#[doc = "…"]`, `concat!(…)`, `include_str!(…)`, through a macro's `$doc:expr`.

use std::fs;
use std::path::Path;

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Macro, Meta, Token};

use crate::diag::{Code, Errors};

/// The text: one space before each line taken away, blank ends trimmed. What can't be read is an error: it would be missing without a word.
pub fn text(attributes: &[Attribute], errors: &mut Errors) -> String {
    let mut lines: Vec<String> = Vec::new();
    for given in attributes.iter().filter_map(given) {
        match value(given) {
            Ok(text) => lines.extend(text.split('\n').map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned())),
            Err(problem) => {
                let help = "write the text out, or make it by `concat!` or `include_str!`";
                let what = format!("the derive can't read this doc comment: {problem}");
                errors.push(given.span(), Code::UnreadableDocs, what, help);
            }
        }
    }
    lines.join("\n").trim().to_owned()
}

/// What a setter repeats of a field's docs: what is written out, up to the first example, which would be a second doctest.
pub fn for_setter(attributes: &[Attribute]) -> Vec<Attribute> {
    let mut kept = Vec::new();
    for attribute in attributes.iter().filter(|attribute| given(attribute).is_some()) {
        match given(attribute) {
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) if !text.value().split('\n').any(begins_example) => {
                kept.push(attribute.clone());
            }
            _ => break,
        }
    }
    kept
}

/// A fence, or a line that is indented as code is.
fn begins_example(line: &str) -> bool {
    let line = line.strip_prefix(' ').unwrap_or(line);
    line.starts_with("    ") || line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

/// What is behind `doc =`.
fn given(attribute: &Attribute) -> Option<&Expr> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => Some(&meta.value),
        _ => None,
    }
}

/// The text of an expression, or why it can't be known.
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
        Lit::Bool(flag) => flag.value().to_string(),
        Lit::Int(number) => number.base10_digits().to_owned(),
        Lit::Float(number) => number.base10_digits().to_owned(),
        other => quote::ToTokens::to_token_stream(other).to_string(),
    }
}

fn of_macro(called: &Macro) -> Result<String, String> {
    let name = called.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let arguments = || {
        let parsed = called.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        parsed
            .map_err(|error| format!("`{name}!` holds what isn't a list: {error}"))?
            .iter()
            .map(value)
            .collect::<Result<Vec<_>, _>>()
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

/// The file, which rustc finds beside the one that names it, and has cargo track.
fn included(path: &str, at: Span) -> Result<String, String> {
    let beside = if Path::new(path).is_absolute() { None } else { Some(at.local_file().ok_or_else(|| nowhere(path))?) };
    let found = beside.as_deref().and_then(Path::parent).map_or_else(|| path.into(), |folder| folder.join(path));
    fs::read_to_string(&found).map_err(|error| format!("{} can't be read: {error}", found.display()))
}

/// Rust says since 1.88 where a file is.
fn nowhere(path: &str) -> String {
    format!(
        "this compiler doesn't say which file it stands in; write include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/…/{path}\"))"
    )
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn a_setter_repeats_no_example() {
        let item: syn::DeriveInput = parse_quote! {
            /// What it is.
            ///
            /// More of it.
            ///
            /// ```
            /// assert!(true);
            /// ```
            struct Documented;
        };
        assert_eq!(for_setter(&item.attrs).len(), 4);
        let indented: syn::DeriveInput = parse_quote! {
            /// What it is.
            ///
            ///     assert!(true);
            struct Documented;
        };
        assert_eq!(for_setter(&indented.attrs).len(), 2);
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
