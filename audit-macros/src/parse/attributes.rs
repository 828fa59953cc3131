//! Takes `#[audit(…)]` lists apart: each item becomes data, a bad one an error, and the rest is read on.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitBool, LitInt, LitStr, Path, Token, Type};

use super::attribute_errors::{example, in_list, unknown, wrong_value};
use super::keys::{self, Form, Location};
use super::{plain, recover};
use crate::diag::{Code, Errors};

/// What follows a key.
pub enum Argument {
    Flag,
    Text(LitStr),
    Number(LitInt),
    Type(Box<Type>),
    Path(Path),
    Boolean(bool),
}

/// One item of a list.
pub struct Attribute {
    pub key: Ident,
    /// The key as the table has it.
    pub name: &'static str,
    pub value: Argument,
}

impl Attribute {
    /// The text it holds. Its form was checked when it was read.
    pub fn text(&self) -> Option<&LitStr> {
        if let Argument::Text(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// The number it holds.
    pub fn number(&self) -> Option<&LitInt> {
        if let Argument::Number(number) = &self.value {
            Some(number)
        } else {
            None
        }
    }
}

/// All items of all `#[audit(…)]` lists on one thing. Every key is legal there, has its form, and stands once.
pub struct Attributes {
    items: Vec<Attribute>,
    /// The keys of items that couldn't be read. Their errors have been reported.
    unread: Vec<String>,
}

impl Attributes {
    pub fn read(attributes: &[syn::Attribute], location: Location, errors: &mut Errors) -> Self {
        let (mut items, mut unread): (Vec<Attribute>, _) = (Vec::new(), Vec::new());
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("audit"))
        {
            for item in list(attribute, location, &mut unread, errors) {
                if items.iter().any(|other| other.name == item.name) {
                    let what = format!("`{}` is repeated", item.name);
                    errors.push(
                        &item.key,
                        Code::RepeatedAttribute,
                        what,
                        "remove one of the two",
                    );
                } else {
                    items.push(item);
                }
            }
        }
        Self { items, unread }
    }

    pub fn get(&self, key: &str) -> Option<&Attribute> {
        self.items.iter().find(|item| item.name == key)
    }

    /// The text of `key`, if it has one.
    pub fn text(&self, key: &str) -> Option<&LitStr> {
        self.get(key).and_then(Attribute::text)
    }

    /// The span of the text of `rename`, or else of the name that it would replace.
    pub fn rename_span(&self, name: &Ident) -> Span {
        self.text("rename")
            .map_or_else(|| name.span(), LitStr::span)
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether an item that couldn't be read may have been `key`.
    pub fn may_have_been(&self, key: &str) -> bool {
        self.unread
            .iter()
            .any(|meant| meant == key || !keys::is_known(meant))
    }

    /// Whether anything couldn't be read.
    pub fn is_damaged(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Whether what `key` names is made: it is unless `key = false` says otherwise.
    pub fn makes(&self, key: &str) -> bool {
        !matches!(
            self.get(key).map(|attribute| &attribute.value),
            Some(Argument::Boolean(false))
        )
    }

    /// The first of `keys` that is present.
    pub fn first_of(&self, keys: &[&str]) -> Option<&Attribute> {
        self.all_of(keys).next()
    }

    /// Those of `keys` that are present.
    pub fn all_of(&self, keys: &[&str]) -> impl Iterator<Item = &Attribute> {
        self.items.iter().filter(|item| keys.contains(&item.name))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter()
    }
}

fn list(
    attribute: &syn::Attribute,
    location: Location,
    unread: &mut Vec<String>,
    errors: &mut Errors,
) -> Vec<Attribute> {
    let (what, help) = match &attribute.meta {
        syn::Meta::List(list) => {
            let mut items = Vec::new();
            let read = |stream: ParseStream<'_>| {
                while !stream.is_empty() {
                    items.extend(item(stream, location, unread, errors));
                    if !stream.is_empty() {
                        to_comma(stream, errors);
                    }
                }
                Ok(())
            };
            // The closure reads every token and gives no error of its own: what is wrong is in `errors`.
            let _ = read.parse2(list.tokens.clone());
            return items;
        }
        syn::Meta::Path(_) => ("empty `#[audit]` attribute", example(location)),
        syn::Meta::NameValue(meta) => (
            "`#[audit = …]` isn't a list",
            in_list(&meta.value.to_token_stream(), location),
        ),
    };
    errors.push_spanned(&attribute.meta, Code::AttributeForm, what, help);
    unread.push(String::new());
    Vec::new()
}

/// Reads on behind the next comma. Anything before it is one error; where it is the next item, which a comma was forgotten before, that is
/// read all the same.
fn to_comma(stream: ParseStream<'_>, errors: &mut Errors) {
    if stream.peek(Token![;]) || begins_item(stream) {
        let semicolon = stream.parse::<Option<Token![;]>>().ok().flatten();
        let span = semicolon.map_or_else(|| stream.span(), |semicolon| semicolon.span);
        let next = stream
            .fork()
            .call(Ident::parse_any)
            .map(|next| format!(" before `{next}`"))
            .unwrap_or_default();
        errors.push(
            span,
            Code::AttributeForm,
            format!("expected `,`{next}"),
            "separate attributes by commas",
        );
        return;
    }
    let unexpected = skip(stream);
    if !unexpected.is_empty() {
        let what = format!("unexpected `{unexpected}`");
        errors.push_spanned(
            unexpected,
            Code::AttributeForm,
            what,
            "separate attributes by commas",
        );
    }
    // The last item needs no comma.
    let _ = stream.parse::<Token![,]>();
}

/// Whether a known key stands here.
fn begins_item(stream: ParseStream<'_>) -> bool {
    stream
        .fork()
        .call(Ident::parse_any)
        .is_ok_and(|ident| keys::is_known(&ident.unraw().to_string()))
}

fn item(
    stream: ParseStream<'_>,
    location: Location,
    unread: &mut Vec<String>,
    errors: &mut Errors,
) -> Option<Attribute> {
    let Ok(ident) = stream.call(Ident::parse_any) else {
        let comma = stream.span();
        let tokens = skip(stream);
        let what = "expected the name of an attribute";
        if tokens.is_empty() {
            errors.push(
                comma,
                Code::AttributeForm,
                what,
                "remove one of the two commas",
            );
        } else {
            let help = in_list(&tokens, location);
            errors.push_spanned(tokens, Code::AttributeForm, what, help);
        }
        unread.push(String::new());
        return None;
    };
    let name = ident.unraw().to_string();
    let Some(key) = keys::at(location).find(|key| key.name == name) else {
        skip(stream);
        unread.push(unknown(&ident, &name, location, errors));
        return None;
    };
    let assigned = stream.parse::<Option<Token![=]>>().ok().flatten();
    match value(stream, key.form, assigned.is_some()) {
        Some(value) => Some(Attribute {
            key: ident,
            name: key.name,
            value,
        }),
        None => {
            wrong_value(&ident, key, location, skip(stream), errors);
            unread.push(name);
            None
        }
    }
}

/// Everything up to the next comma.
fn skip(stream: ParseStream<'_>) -> TokenStream {
    recover::skip(stream, |_| false)
}

fn value(stream: ParseStream<'_>, form: Form, assigned: bool) -> Option<Argument> {
    let value = match (form, assigned) {
        (Form::Flag | Form::FlagOrText | Form::FlagOrNumber, false) => Argument::Flag,
        (Form::Text | Form::FlagOrText, true) => Argument::Text(peeked::<LitStr>(stream)?),
        (Form::Number | Form::FlagOrNumber, true) => Argument::Number(peeked::<LitInt>(stream)?),
        (Form::Type, true) => Argument::Type(Box::new(ty(stream)?)),
        (Form::Path, true) => Argument::Path(path(stream)?),
        (Form::Boolean, true) => Argument::Boolean(peeked::<LitBool>(stream)?.value),
        _ => return None,
    };
    (stream.is_empty() || stream.peek(Token![,]) || stream.peek(Token![;]) || begins_item(stream))
        .then_some(value)
}

/// Parses only what is really there, so that a failure leaves the stream where it was.
fn peeked<T: syn::parse::Parse>(stream: ParseStream<'_>) -> Option<T> {
    stream.fork().parse::<T>().ok()?;
    stream.parse().ok()
}

/// A type, without what a macro puts around it.
fn ty(stream: ParseStream<'_>) -> Option<Type> {
    let mut ty = peeked::<Type>(stream)?;
    plain::ty(&mut ty);
    Some(ty)
}

/// A path, plain or, as in serde, in quotes.
fn path(stream: ParseStream<'_>) -> Option<Path> {
    if stream.peek(LitStr) {
        return peeked::<LitStr>(stream)?
            .parse_with(Path::parse_mod_style)
            .ok();
    }
    peeked(stream)
}
