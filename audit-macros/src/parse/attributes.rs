//! Takes `#[audit(…)]` lists apart: each item becomes data, a bad one an error, and the rest is read on.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitBool, LitInt, LitStr, Path, Token, Type};

use super::attribute_errors::{example, in_list, unknown, wrong_value};
use super::keys::{self, Form, Key, Place};
use super::plain;
use crate::diag::{Code, Errors};

/// What follows a key.
#[derive(Clone)]
pub enum Value {
    Flag,
    Text(LitStr),
    Number(LitInt),
    Type(Box<Type>),
    Path(Path),
    Boolean(bool),
}

/// One item of a list.
#[derive(Clone)]
pub struct Attribute {
    pub key: Ident,
    pub value: Value,
}

impl Attribute {
    /// The text it holds. Its form was checked when it was read.
    pub fn text(&self) -> Option<&LitStr> {
        if let Value::Text(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// The number it holds.
    pub fn number(&self) -> Option<&LitInt> {
        if let Value::Number(number) = &self.value {
            Some(number)
        } else {
            None
        }
    }

    /// The value's span where there is one, else the key's.
    pub fn value_span(&self) -> Span {
        match &self.value {
            Value::Text(text) => text.span(),
            Value::Number(number) => number.span(),
            Value::Flag | Value::Type(_) | Value::Path(_) | Value::Boolean(_) => self.key.span(),
        }
    }
}

/// All items of all `#[audit(…)]` lists on one thing. Every key is legal there, has its form, and stands once.
#[derive(Clone)]
pub struct Attributes {
    items: Vec<Attribute>,
    /// The keys that were meant by items that couldn't be read. Their errors have been reported, so nobody misses them.
    meant: Vec<String>,
}

impl Attributes {
    pub fn read(attributes: &[syn::Attribute], place: Place, errors: &mut Errors) -> Self {
        let (mut items, mut meant): (Vec<Attribute>, _) = (Vec::new(), Vec::new());
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("audit"))
        {
            for item in list(attribute, place, &mut meant, errors) {
                if items.iter().any(|other| other.key == item.key) {
                    let what = format!("`{}` is given twice", item.key.unraw());
                    errors.push(
                        item.key.span(),
                        Code::RepeatedAttribute,
                        what,
                        "remove one of the two",
                    );
                } else {
                    items.push(item);
                }
            }
        }
        Self { items, meant }
    }

    pub fn get(&self, key: &str) -> Option<&Attribute> {
        self.items.iter().find(|item| item.key.unraw() == key)
    }

    /// Whether an item that couldn't be read was meant to be `key`, or may have been: nobody knows what it was meant to be.
    pub fn meant(&self, key: &str) -> bool {
        self.meant
            .iter()
            .any(|meant| meant == key || keys::find(meant).is_none())
    }

    /// Whether anything couldn't be read.
    pub fn is_damaged(&self) -> bool {
        !self.meant.is_empty()
    }

    /// Whether what `key` names is made: it is unless `key = false` says otherwise.
    pub fn makes(&self, key: &str) -> bool {
        !matches!(
            self.get(key).map(|attribute| &attribute.value),
            Some(Value::Boolean(false))
        )
    }

    /// The first of `keys` that is given.
    pub fn first_of(&self, keys: &[&str]) -> Option<&Attribute> {
        self.items
            .iter()
            .find(|item| keys.iter().any(|key| item.key.unraw() == key))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter()
    }
}

fn list(
    attribute: &syn::Attribute,
    place: Place,
    meant: &mut Vec<String>,
    errors: &mut Errors,
) -> Vec<Attribute> {
    let tokens = match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        syn::Meta::Path(path) => {
            errors.push_spanned(
                path,
                Code::AttributeForm,
                "`#[audit]` says nothing",
                example(place),
            );
            meant.push(String::new());
            return Vec::new();
        }
        syn::Meta::NameValue(meta) => {
            let help = in_list(&meta.value.to_token_stream(), place);
            errors.push_spanned(
                meta,
                Code::AttributeForm,
                "`#[audit = …]` isn't a list",
                help,
            );
            meant.push(String::new());
            return Vec::new();
        }
    };
    let mut items = Vec::new();
    let read = |stream: ParseStream<'_>| {
        while !stream.is_empty() {
            items.extend(item(stream, place, meant, errors));
            if !stream.is_empty() {
                to_comma(stream, errors);
            }
        }
        Ok(())
    };
    // The closure reads every token and gives no error of its own: what is wrong is in `errors`.
    let _ = read.parse2(tokens);
    items
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
    // At the end there is none.
    let _ = stream.parse::<Token![,]>();
}

/// Whether a known key stands here.
fn begins_item(stream: ParseStream<'_>) -> bool {
    stream
        .fork()
        .call(Ident::parse_any)
        .is_ok_and(|ident| keys::find(&ident.unraw().to_string()).is_some())
}

fn item(
    stream: ParseStream<'_>,
    place: Place,
    meant: &mut Vec<String>,
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
            let help = in_list(&tokens, place);
            errors.push_spanned(tokens, Code::AttributeForm, what, help);
        }
        meant.push(String::new());
        return None;
    };
    let name = ident.unraw().to_string();
    let Some(key) = keys::find(&name).filter(|key| key.places.contains(&place)) else {
        skip(stream);
        meant.push(unknown(&ident, &name, place, errors));
        return None;
    };
    let assigned = stream.parse::<Option<Token![=]>>().ok().flatten();
    match value(stream, key, place, assigned.is_some()) {
        Some(value) => Some(Attribute { key: ident, value }),
        None => {
            wrong_value(&ident, key, place, skip(stream), errors);
            meant.push(name);
            None
        }
    }
}

/// Everything up to the next comma.
fn skip(stream: ParseStream<'_>) -> TokenStream {
    let mut skipped = TokenStream::new();
    while !stream.is_empty() && !stream.peek(Token![,]) {
        match stream.parse::<proc_macro2::TokenTree>() {
            Ok(token) => skipped.extend([token]),
            Err(_) => break,
        }
    }
    skipped
}

/// `actor` is a flag on a field and takes a type on the event; `id` is a flag on a field and text on a variant.
pub fn form_at(form: Form, place: Place) -> Form {
    match (form, place) {
        (Form::FlagOrType, Place::Event) => Form::Type,
        (Form::FlagOrText, Place::EntityVariant) => Form::Text,
        (Form::FlagOrType, _) => Form::Flag,
        (Form::FlagOrText, Place::EntityField) => Form::FlagOrText,
        (form, _) => form,
    }
}

fn value(stream: ParseStream<'_>, key: &Key, place: Place, assigned: bool) -> Option<Value> {
    let mut form = form_at(key.form, place);
    if key.name == "id" && place == Place::EntityField {
        form = Form::Flag;
    }
    let value = match (form, assigned) {
        (Form::Flag | Form::FlagOrText | Form::FlagOrNumber, false) => Value::Flag,
        (Form::Text | Form::FlagOrText, true) => Value::Text(peeked::<LitStr>(stream)?),
        (Form::Number | Form::FlagOrNumber, true) => Value::Number(peeked::<LitInt>(stream)?),
        (Form::Type, true) => Value::Type(Box::new(ty(stream)?)),
        (Form::Path, true) => Value::Path(path(stream)?),
        (Form::Boolean, true) => Value::Boolean(peeked::<LitBool>(stream)?.value),
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
    stream.fork().parse::<Path>().ok()?;
    stream.parse().ok()
}
