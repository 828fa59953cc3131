//! What the derives make of tokens that no test crate could hold: random ones, half-typed ones, and one that makes a stage panic.

mod half_typed;
mod keeping;
mod reference;
mod setters;
mod soup;

use proc_macro2::{TokenStream, TokenTree};

/// An error that a derive raises: its text, and the line that it stands on.
#[derive(Debug)]
struct Raised {
    text: String,
    line: usize,
}

/// Every `compile_error!` in what a derive made.
fn errors(output: TokenStream) -> Vec<Raised> {
    let tokens: Vec<TokenTree> = output.into_iter().collect();
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(errors(group.stream())),
            TokenTree::Ident(ident) if ident == "compile_error" => {
                let text = tokens.get(index + 2).map(text_of).unwrap_or_default();
                found.push(Raised {
                    text,
                    line: ident.span().start().line,
                });
            }
            _ => {}
        }
    }
    found
}

/// The literal in `{ "…" }`.
fn text_of(group: &TokenTree) -> String {
    let literal: syn::LitStr = match group {
        TokenTree::Group(group) => {
            syn::parse2(group.stream()).expect("an error's text is a literal")
        }
        other => panic!("{other} stands behind compile_error!"),
    };
    literal.value()
}

/// The text of every `#[doc = "…"]` in what a derive made.
fn docs(output: TokenStream) -> Vec<String> {
    let groups = output.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let found = groups.map(
        |inside| match syn::parse2::<syn::MetaNameValue>(inside.clone()) {
            Ok(syn::MetaNameValue {
                path,
                value:
                    syn::Expr::Lit(syn::ExprLit {
                        lit: syn::Lit::Str(text),
                        ..
                    }),
                ..
            }) if path.is_ident("doc") => {
                vec![text.value()]
            }
            _ => docs(inside),
        },
    );
    found.flatten().collect()
}

/// Every `fn name` in what a derive made, with the line of its name.
fn functions(output: &TokenStream) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut after_fn = false;
    for token in output.clone() {
        match &token {
            TokenTree::Group(group) => found.extend(functions(&group.stream())),
            TokenTree::Ident(ident) if after_fn => {
                found.push((ident.to_string(), ident.span().start().line));
            }
            _ => {}
        }
        after_fn = matches!(&token, TokenTree::Ident(ident) if ident == "fn");
    }
    found
}
