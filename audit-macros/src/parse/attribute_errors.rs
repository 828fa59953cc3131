//! What an attribute's errors say: what a key takes, what was meant by another word, what to write.

use proc_macro2::TokenStream;
use syn::Ident;

use super::attributes::form_at;
use super::keeping;
use super::keys::{self, Form, Key, Place};
use crate::diag::{Code, Errors};
use crate::suggest::did_you_mean;

/// What could stand in the list.
pub fn example(place: Place) -> String {
    let mut keys = keys::names(place).filter_map(keys::find);
    let example = keys.next().map(|key| key.example).unwrap_or_default();
    let version = if place == Place::Event {
        ", version = 1"
    } else {
        ""
    };
    format!("write for example #[audit({example}{version})]")
}

/// What to write in place of text or of what isn't a name: a flag may have been meant, `"skip"`, or that a value is kept in, `"redact"`.
pub fn in_list(written: &TokenStream, place: Place) -> String {
    let written = written.to_string();
    let word = written.trim_matches('"');
    match keys::find(word).filter(|key| key.places.contains(&place)) {
        Some(key) => format!("write #[audit({})]", example_at(key, place)),
        None if keeping::is_meant(word, place) => keeping::help(place).to_owned(),
        None => example(place),
    }
}

/// Reports a key that is followed by what it doesn't take, or by nothing.
pub fn wrong_value(
    ident: &Ident,
    key: &Key,
    place: Place,
    written: TokenStream,
    errors: &mut Errors,
) {
    let colon = if written.to_string().starts_with(':') {
        ", written with `=` and not with `:`"
    } else {
        ""
    };
    let what = format!("`{}` {}{colon}", key.name, expected(key.form, place));
    let text = own_value(&written);
    let help = match (key.name, &text) {
        ("target", Some(text)) => {
            format!("write #[audit(target, type = \"{text}\")] to give it a type of its own")
        }
        ("strings", _) => STRINGS.to_owned(),
        // `metadata = false`
        (name, Some(text))
            if place == Place::EntityField
                && (key.form == Form::Flag || name == "id")
                && keeping::is_meant(text, place) =>
        {
            keeping::help(place).to_owned()
        }
        _ => format!("write #[audit({})]", in_form(key, place, text.as_deref())),
    };
    if written.is_empty() {
        errors.push(ident.span(), Code::AttributeForm, what, help);
    } else {
        errors.push_spanned(written, Code::AttributeForm, what, help);
    }
}

/// What `strings` takes.
pub const STRINGS: &str =
    "write strings = \"truncate\" to cut free strings, or strings = \"reject\", the default";

/// The word or number that was written, whatever stands around it.
fn own_value(written: &TokenStream) -> Option<String> {
    let written = written.to_string();
    let bare = written
        .trim_matches([':', '=', '(', ')', ' '])
        .trim_matches('"');
    let is_word = !bare.is_empty()
        && bare
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-'));
    is_word.then(|| bare.to_owned())
}

/// The key with the value that was meant, in the form that it should have: `max_len = "36"` means 36, `type = user` means "user".
fn in_form(key: &Key, place: Place, text: Option<&str>) -> String {
    let is_free = ["action", "type", "rename", "split", "id"].contains(&key.name);
    match (form_at(key.form, place), text) {
        (Form::Number | Form::FlagOrNumber, Some(text)) if text.parse::<u32>().is_ok() => {
            format!("{} = {text}", key.name)
        }
        (Form::Text | Form::FlagOrText, Some(text))
            if is_free && text.starts_with(char::is_alphabetic) =>
        {
            format!("{} = \"{text}\"", key.name)
        }
        _ => example_at(key, place).to_owned(),
    }
}

/// Reports it. Gives back what was probably meant.
pub fn unknown(ident: &Ident, name: &str, place: Place, errors: &mut Errors) -> String {
    if let Some(key) = keys::find(name) {
        let what = format!("`{name}` has no meaning on {place}");
        let help = match (name, place) {
            ("max_len", Place::ValueVariant) => "remove it: an enum's values are known".to_owned(),
            ("skip", Place::EntityField) => keeping::help(place).to_owned(),
            _ => format!("it belongs on {}", listed(key.places)),
        };
        errors.push(ident.span(), Code::MisplacedAttribute, what, help);
        return name.into();
    }
    let known: Vec<&str> = keys::names(place).collect();
    let what = format!("unknown attribute `{name}` on {place}");
    let near = keys::of_other_word(name)
        .filter(|key| known.contains(key))
        .or_else(|| did_you_mean(name, known.iter().copied()));
    // A suggestion never sends more out than was meant.
    let is_kept_in = near != Some("skip") && keeping::is_meant(name, place);
    let near = near.filter(|_| !is_kept_in);
    let help = match (keys::instead_of(name), near) {
        (Some(instead), _) => instead.to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) if is_kept_in => keeping::help(place).to_owned(),
        (None, None) => format!(
            "known here: {}",
            known
                .iter()
                .map(|key| format!("`{key}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
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

fn expected(form: Form, place: Place) -> &'static str {
    match form_at(form, place) {
        Form::Flag => "takes no value",
        Form::Text => "takes a string",
        Form::Number => "takes a whole number, written out",
        Form::FlagOrText => "takes nothing or a string",
        Form::FlagOrNumber => "takes nothing or a whole number, written out",
        Form::Type | Form::FlagOrType => "takes a type",
        Form::Path => "takes a path",
        Form::Boolean => "takes `true` or `false`",
    }
}

fn example_at(key: &Key, place: Place) -> &'static str {
    match (key.name, place) {
        ("actor", Place::Event) => "actor = User",
        ("id", Place::EntityVariant) => "id = \"system\"",
        _ => key.example,
    }
}
