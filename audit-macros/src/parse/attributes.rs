//! Takes `#[audit(…)]` lists apart: each item becomes data, a bad one an error, and the rest is read on.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitInt, LitStr, Path, Token, Type};

use super::keys::{self, Form, Key, Place};
use crate::diag::{Code, Errors};
use crate::suggest::did_you_mean;

/// What follows a key.
#[derive(Clone)]
pub enum Value {
    Flag,
    Text(LitStr),
    Number(LitInt),
    Type(Box<Type>),
    Path(Path),
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
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The number it holds.
    pub fn number(&self) -> Option<&LitInt> {
        if let Value::Number(number) = &self.value { Some(number) } else { None }
    }

    /// The value's span where there is one, else the key's.
    pub fn value_span(&self) -> Span {
        match &self.value {
            Value::Text(text) => text.span(),
            Value::Number(number) => number.span(),
            Value::Flag | Value::Type(_) | Value::Path(_) => self.key.span(),
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
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("audit")) {
            for item in list(attribute, place, &mut meant, errors) {
                if items.iter().any(|other| other.key == item.key) {
                    let what = format!("`{}` is given twice", item.key.unraw());
                    errors.push(item.key.span(), Code::RepeatedAttribute, what, "remove one of the two");
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

    /// Whether an item that couldn't be read was meant to be `key`.
    pub fn meant(&self, key: &str) -> bool {
        self.meant.iter().any(|meant| meant == key)
    }

    /// Whether anything couldn't be read.
    pub fn is_damaged(&self) -> bool {
        !self.meant.is_empty()
    }

    /// The first of `keys` that is given.
    pub fn first_of(&self, keys: &[&str]) -> Option<&Attribute> {
        self.items.iter().find(|item| keys.iter().any(|key| item.key.unraw() == key))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Attribute> {
        self.items.iter()
    }
}

fn list(attribute: &syn::Attribute, place: Place, meant: &mut Vec<String>, errors: &mut Errors) -> Vec<Attribute> {
    let tokens = match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        syn::Meta::Path(path) => {
            errors.push_spanned(path, Code::AttributeForm, "`#[audit]` says nothing", example(place));
            return Vec::new();
        }
        syn::Meta::NameValue(meta) => {
            errors.push_spanned(meta, Code::AttributeForm, "`#[audit = …]` isn't a list", example(place));
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

fn example(place: Place) -> String {
    let mut keys = keys::names(place).filter_map(keys::find);
    keys.next().map(|key| format!("write for example #[audit({})]", key.example)).unwrap_or_default()
}

/// Reads on behind the next comma; anything before it is one error.
fn to_comma(stream: ParseStream<'_>, errors: &mut Errors) {
    let mut unexpected = TokenStream::new();
    while !stream.is_empty() && !stream.peek(Token![,]) {
        if let Ok(token) = stream.parse::<proc_macro2::TokenTree>() {
            unexpected.extend([token]);
        }
    }
    if !unexpected.is_empty() {
        let what = format!("unexpected `{unexpected}`");
        errors.push_spanned(unexpected, Code::AttributeForm, what, "separate attributes by commas");
    }
    // At the end there is none.
    let _ = stream.parse::<Token![,]>();
}

fn item(stream: ParseStream<'_>, place: Place, meant: &mut Vec<String>, errors: &mut Errors) -> Option<Attribute> {
    let Ok(ident) = stream.call(Ident::parse_any) else {
        let tokens = skip(stream);
        errors.push_spanned(tokens, Code::AttributeForm, "expected the name of an attribute", example(place));
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
            let rest = skip(stream);
            meant.push(name.clone());
            let what = format!("`{name}` {}", expected(key.form, place));
            let help = format!("write #[audit({})]", example_at(key, place));
            if rest.is_empty() {
                errors.push(ident.span(), Code::AttributeForm, what, help);
            } else {
                errors.push_spanned(rest, Code::AttributeForm, what, help);
            }
            None
        }
    }
}

/// Reports it. Gives back what was probably meant.
fn unknown(ident: &Ident, name: &str, place: Place, errors: &mut Errors) -> String {
    if let Some(key) = keys::find(name) {
        let what = format!("`{name}` has no meaning on {place}");
        errors.push(ident.span(), Code::MisplacedAttribute, what, format!("it belongs on {}", listed(key.places)));
        return name.into();
    }
    let known: Vec<&str> = keys::names(place).collect();
    let what = format!("unknown attribute `{name}` on {place}");
    let near = did_you_mean(name, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here are {}", known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
    };
    errors.push(ident.span(), Code::UnknownAttribute, what, help);
    near.unwrap_or(name).into()
}

/// `a, b or c`
fn listed(places: &[Place]) -> String {
    let names: Vec<String> = places.iter().map(ToString::to_string).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
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
fn form_at(form: Form, place: Place) -> Form {
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
        (Form::Type, true) => Value::Type(Box::new(peeked::<Type>(stream)?)),
        (Form::Path, true) => Value::Path(path(stream)?),
        _ => return None,
    };
    (stream.is_empty() || stream.peek(Token![,])).then_some(value)
}

/// Parses only what is really there, so that a failure leaves the stream where it was.
fn peeked<T: syn::parse::Parse>(stream: ParseStream<'_>) -> Option<T> {
    stream.fork().parse::<T>().ok()?;
    stream.parse().ok()
}

/// A path, plain or, as in serde, in quotes.
fn path(stream: ParseStream<'_>) -> Option<Path> {
    if stream.peek(LitStr) {
        return peeked::<LitStr>(stream)?.parse_with(Path::parse_mod_style).ok();
    }
    stream.fork().parse::<Path>().ok()?;
    stream.parse().ok()
}

fn expected(form: Form, place: Place) -> &'static str {
    match form_at(form, place) {
        Form::Flag => "takes no value",
        Form::Text => "takes a string",
        Form::Number => "takes a number",
        Form::FlagOrText => "takes nothing or a string",
        Form::FlagOrNumber => "takes nothing or a number",
        Form::Type | Form::FlagOrType => "takes a type",
        Form::Path => "takes a path",
    }
}

fn example_at(key: &Key, place: Place) -> &'static str {
    match (key.name, place) {
        ("actor", Place::Event) => "actor = User",
        ("id", Place::EntityVariant) => "id = \"system\"",
        _ => key.example,
    }
}
