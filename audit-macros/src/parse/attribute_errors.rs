//! What an attribute's errors say: what a key takes, what was meant by another word, what to write.

use proc_macro2::TokenStream;
use syn::Ident;

use super::keeping;
use super::keys::{self, Form, Key, Location};
use crate::diag::{Code, Errors};
use crate::suggest::did_you_mean;

/// An example of a list.
pub fn example(location: Location) -> String {
    let example = keys::at(location).next().map(Key::example);
    let example = example.unwrap_or_default();
    let version = if location == Location::Event {
        ", version = 1"
    } else {
        ""
    };
    format!("write for example #[audit({example}{version})]")
}

/// What to write in place of text or of what isn't a name: a flag may have been meant, `"skip"`, or that a value is kept in, `"redact"`.
pub fn in_list(written: &TokenStream, location: Location) -> String {
    let written = written.to_string();
    let word = written.trim_matches('"');
    match keys::at(location).find(|key| key.name == word) {
        Some(key) => format!("write #[audit({})]", key.example()),
        None if keeping::is_meant(word, location) => keeping::help(location).to_owned(),
        None => example(location),
    }
}

/// Reports a key that is followed by what it doesn't take, or by nothing.
pub fn wrong_value(
    ident: &Ident,
    key: &Key,
    location: Location,
    written: TokenStream,
    errors: &mut Errors,
) {
    let colon = if written.to_string().starts_with(':') {
        ", written with `=` and not with `:`"
    } else {
        ""
    };
    let what = format!("`{}` {}{colon}", key.name, expected(key.form));
    let text = own_value(&written);
    let help = match (key.name, &text) {
        ("target", Some(text)) => {
            format!("write #[audit(target, type = \"{text}\")] to give it a type of its own")
        }
        ("strings", _) => STRINGS.to_owned(),
        // `metadata = false`
        (_, Some(text))
            if location == Location::EntityField
                && key.form == Form::Flag
                && keeping::is_meant(text, location) =>
        {
            keeping::help(location).to_owned()
        }
        _ => format!("write #[audit({})]", in_form(key, text.as_deref())),
    };
    if written.is_empty() {
        errors.push(ident, Code::AttributeForm, what, help);
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
fn in_form(key: &Key, text: Option<&str>) -> String {
    let is_free = ["action", "type", "rename", "split", "id"].contains(&key.name);
    match (key.form, text) {
        (Form::Number | Form::FlagOrNumber, Some(text)) if text.parse::<u32>().is_ok() => {
            format!("{} = {text}", key.name)
        }
        (Form::Text | Form::FlagOrText, Some(text))
            if is_free && text.starts_with(char::is_alphabetic) =>
        {
            format!("{} = \"{text}\"", key.name)
        }
        _ => key.example(),
    }
}

/// Reports it. Gives back what was probably meant.
pub fn unknown(ident: &Ident, name: &str, location: Location, errors: &mut Errors) -> String {
    if keys::is_known(name) {
        let what = format!("`{name}` is not allowed on {location}");
        let help = match (name, location) {
            ("max_len", Location::ValueVariant) => {
                "remove it: an enum's values are known".to_owned()
            }
            ("skip", Location::EntityField) => keeping::help(location).to_owned(),
            _ => format!("it belongs on {}", listed(name)),
        };
        errors.push(ident, Code::MisplacedAttribute, what, help);
        return name.into();
    }
    let known: Vec<&str> = keys::at(location).map(|key| key.name).collect();
    let what = format!("unknown attribute `{name}` on {location}");
    let near = keys::lookup(keys::OTHER_WORDS, name)
        .filter(|key| known.contains(key))
        .or_else(|| did_you_mean(name, known.iter().copied()));
    // A suggestion never sends more out than was meant.
    let is_kept_in = near != Some("skip") && keeping::is_meant(name, location);
    let near = near.filter(|_| !is_kept_in);
    let help = match (keys::lookup(keys::NEEDLESS, name), near) {
        (Some(instead), _) => instead.to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) if is_kept_in => keeping::help(location).to_owned(),
        (None, None) => format!("expected one of `{}`", known.join("`, `")),
    };
    errors.push(ident, Code::UnknownAttribute, what, help);
    near.unwrap_or(name).into()
}

/// The places of a key: `a, b or c`.
fn listed(key: &str) -> String {
    let locations = keys::named(key).flat_map(|key| key.locations);
    let names: Vec<String> = locations.map(ToString::to_string).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn expected(form: Form) -> &'static str {
    match form {
        Form::Flag => "takes no value",
        Form::Text => "takes a string",
        Form::Number => "takes a whole number, written out",
        Form::FlagOrText => "takes nothing or a string",
        Form::FlagOrNumber => "takes nothing or a whole number, written out",
        Form::Type => "takes a type",
        Form::Path => "takes a path",
        Form::Boolean => "takes `true` or `false`",
    }
}
