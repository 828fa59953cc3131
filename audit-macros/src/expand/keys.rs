//! Renders a struct's own metadata keys: all of their lines and notes at once, as though their types were what their tokens say, with a slot
//! where tokens say nothing. `audit-core/src/schema/keys.rs` reads it; const evaluation pays for pieces, and not for their length.

use std::fmt::Write as _;

use audit_rules::leaf::{AFTER_KEY, BEFORE_KEY, Leaf};
use audit_rules::limits::VALUE_CHARS;
use audit_rules::record::{JsonType, flag, range};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, Type};

use super::entries::{display_type, flattened, sorted, split_key};
use super::note;
use crate::generics::{named, placed};
use crate::idents;
use crate::model::{How, Member, TextRule, Value};
use crate::types;

/// `Keys::__new(…)`: the leaves sorted by key, then the flattened groups in the order of the struct.
/// `owner` is the type, where it is a group.
pub fn keys(members: &[Member], owner: Option<&Ident>) -> TokenStream {
    let private = idents::private();
    let mut rendered = Rendered::default();
    for (key, member) in sorted(members, split_key(members)) {
        match member.and_then(|member| Some((member, member.value()?))) {
            Some((member, value)) => {
                let note = note::field(&member.ident, key, &member.docs, owner);
                rendered.value(key, &note, &member.ty, value);
            }
            None => {
                let note = note::field(
                    &Ident::new("split", Span::call_site()),
                    key,
                    "Links the events of one operation.",
                    owner,
                );
                rendered.leaf(
                    key,
                    &note,
                    Leaf::TEXT,
                    Leaf::OPTIONAL,
                    0,
                    Some(Known::String),
                );
            }
        }
    }
    let groups = flattened(members).map(group);
    let json = rendered.json();
    let Rendered {
        notes,
        leaves,
        slots,
        types,
        ..
    } = rendered;
    let [notes, leaves] = [notes, leaves].map(|bytes| Literal::byte_string(&bytes));
    quote!(#private::Keys::__new(#json, #notes, #leaves, &[#(#slots),*], &[#(#types),*], &[#(#groups),*]))
}

/// The keys of a flattened group: its own, or what they are with a prefix, or where they may be missing.
fn group(member: &Member) -> TokenStream {
    let private = idents::private();
    let (optional, prefix) = (member.optional(), member.flatten().unwrap_or_default());
    let (ty, is_optional) = (optional.unwrap_or(&member.ty), optional.is_some());
    let keys = quote!(<#ty as #private::AuditMetadata>::KEYS);
    if prefix.is_empty() && !is_optional {
        return keys;
    }
    quote!(const { &#private::Keys::__fitted(const { &#private::Fitted::new(#keys, #prefix, #is_optional) }) })
}

/// The types of which the name alone says what the schema says of them. A constant compares what it promises with what it is.
#[derive(Clone, Copy)]
enum Known {
    String,
    Boolean,
    Number,
    /// The kind of its range and its bits.
    Integer(u8, u8),
}

impl Known {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "String" | "str" => Self::String,
            "bool" => Self::Boolean,
            "f64" | "f32" => Self::Number,
            "u8" => Self::Integer(range::UNSIGNED, 8),
            "u16" => Self::Integer(range::UNSIGNED, 16),
            "u32" => Self::Integer(range::UNSIGNED, 32),
            "u64" | "usize" => Self::Integer(range::UNSIGNED, 64),
            "i8" => Self::Integer(range::SIGNED, 8),
            "i16" => Self::Integer(range::SIGNED, 16),
            "i32" => Self::Integer(range::SIGNED, 32),
            "i64" | "isize" => Self::Integer(range::SAFE, 0),
            _ => return None,
        })
    }

    /// JSON type, flags, limit (2 bytes), range, bits: the lower bytes of a `ValueType`'s code, and the content of a record's `TYPE` part.
    fn code(self, optional: bool, max_len: u16) -> [u8; 6] {
        let (json, flags, range, bits) = match self {
            Self::String => (JsonType::String, flag::TEXT, 0, 0),
            Self::Integer(range, bits) => (JsonType::Integer, 0, range, bits),
            Self::Number => (JsonType::Number, 0, 0, 0),
            Self::Boolean => (JsonType::Boolean, 0, 0, 0),
        };
        let flags = flags | if optional { flag::OPTIONAL } else { 0 };
        let [low, high] = max_len.to_le_bytes();
        [json as u8, flags, low, high, range, bits]
    }

    /// What closes its property's line in the canonical form.
    fn property(self, max_len: u16) -> String {
        match self {
            Self::String if max_len != 0 => {
                format!("\"maxLength\": {max_len}, \"type\": \"string\"}}")
            }
            Self::String => "\"type\": \"string\"}".into(),
            Self::Integer(..) => "\"type\": \"integer\"}".into(),
            Self::Number => "\"type\": \"number\"}".into(),
            Self::Boolean => "\"type\": \"boolean\"}".into(),
        }
    }
}

/// How an object's schema begins in the canonical form.
const OPEN: &str = r#"{"additionalProperties": false, "properties": {"#;

#[derive(Default)]
struct Rendered {
    /// The properties' lines, with commas between them.
    lines: String,
    /// `, "key"` for each key that isn't an `Option` by its tokens.
    required: String,
    notes: Vec<u8>,
    leaves: Vec<u8>,
    slots: Vec<Literal>,
    /// `(<T as AuditValue>::TYPE, code)`
    types: Vec<TokenStream>,
    /// The words that the types are written as, to have each once.
    words: Vec<Option<String>>,
}

impl Rendered {
    /// The object's schema in the canonical form.
    fn json(&self) -> String {
        let required = match self.required.strip_prefix(", ") {
            Some(required) => format!(", \"required\": [{required}]"),
            None => String::new(),
        };
        let end = if self.lines.is_empty() { "" } else { "\n    " };
        format!(
            "{OPEN}{}{end}}}{required}, \"type\": \"object\"}}",
            self.lines
        )
    }

    fn value(&mut self, key: &str, note: &[u8], ty: &Type, value: &Value) {
        let inner = types::option_inner(ty);
        let shown = inner.unwrap_or(ty);
        let optional = if inner.is_some() { Leaf::OPTIONAL } else { 0 };
        match (&value.how, value.rule) {
            (How::Join(_), rule) => {
                let max_len = match rule {
                    TextRule::MaxLen(max_len) | TextRule::Truncate(max_len) => max_len,
                    TextRule::Free | TextRule::CutIfFree => VALUE_CHARS,
                };
                self.leaf(
                    key,
                    note,
                    Leaf::TEXT,
                    optional,
                    max_len,
                    Some(Known::String),
                );
            }
            (How::Plain, rule) => {
                let word = types::text_word(shown);
                let known = word.as_deref().and_then(Known::of);
                let index = self.plain_type(shown, word, known);
                self.limited(key, note, index, optional, rule, known);
            }
            // What a function returns says itself whether it is optional.
            (How::With(path), rule) => {
                let index = self.other_type(&with_type(ty, path));
                self.limited(key, note, index, 0, rule, None);
            }
            (How::Display, rule) => {
                let index = self.other_type(&display_type(shown));
                self.limited(key, note, index, optional, rule, None);
            }
        }
    }

    /// The index of a type, which is described once however many fields have it.
    fn plain_type(&mut self, ty: &Type, word: Option<String>, known: Option<Known>) -> usize {
        if let Some(index) = self
            .words
            .iter()
            .position(|other| other.is_some() && *other == word)
        {
            return index;
        }
        let private = idents::private();
        let code = known.map_or_else(
            || quote!(#private::Keys::__UNKNOWN_CODE),
            |known| {
                let mut bytes = [0; 8];
                bytes[..6].copy_from_slice(&known.code(false, 0));
                Literal::u64_unsuffixed(u64::from_le_bytes(bytes)).into_token_stream()
            },
        );
        self.types
            .push(quote!((<#ty as #private::AuditValue>::TYPE, #code)));
        self.words.push(word);
        self.types.len() - 1
    }

    fn other_type(&mut self, description: &TokenStream) -> usize {
        let private = idents::private();
        self.types
            .push(quote!((#description, #private::Keys::__UNKNOWN_CODE)));
        self.words.push(None);
        self.types.len() - 1
    }

    /// A key with what its attributes say of its length.
    fn limited(
        &mut self,
        key: &str,
        note: &[u8],
        ty: usize,
        optional: u8,
        rule: TextRule,
        known: Option<Known>,
    ) {
        // A limit on what isn't text is an error, which the key's own type has to tell.
        let (attribute, max_len, known) = match (rule, known) {
            (TextRule::MaxLen(max_len) | TextRule::Truncate(max_len), Some(Known::String)) => {
                (Leaf::LIMITED | Leaf::TOLD_TEXT, max_len, known)
            }
            (TextRule::MaxLen(max_len) | TextRule::Truncate(max_len), _) => {
                (Leaf::LIMITED, max_len, None)
            }
            (TextRule::CutIfFree, Some(Known::String)) => (Leaf::CUT_IF_FREE, VALUE_CHARS, known),
            (TextRule::CutIfFree, _) => (Leaf::CUT_IF_FREE, 0, known),
            (TextRule::Free, _) => (0, 0, known),
        };
        let ty = u16::try_from(ty).unwrap_or(Leaf::TEXT);
        self.leaf(key, note, ty, optional | attribute, max_len, known);
    }

    /// One key's line, notes and place. What isn't known leaves a slot.
    fn leaf(
        &mut self,
        key: &str,
        note: &[u8],
        ty: u16,
        attributes: u8,
        max_len: u16,
        known: Option<Known>,
    ) {
        let optional = attributes & Leaf::OPTIONAL != 0;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let index = self.leaves.len() / Leaf::BYTES;
        if index > 0 {
            self.lines.push(',');
        }
        let leaf = Leaf {
            line_at: number(OPEN.len() + self.lines.len()),
            note_at: number(self.notes.len()),
            note_len: number(note.len()),
            ty,
            max_len,
            key_len: u8::try_from(key.len()).unwrap_or(u8::MAX),
            attributes,
        };
        self.leaves.extend(leaf.to_bytes());
        let _ = write!(self.lines, "{BEFORE_KEY}{key}{AFTER_KEY}");
        self.notes.extend(note);
        if !optional {
            let _ = write!(self.required, ", \"{key}\"");
        }
        match known {
            Some(known) => {
                self.lines += &known.property(max_len);
                self.notes.extend(note::ty(known.code(optional, max_len)));
            }
            None => self.slots.push(Literal::usize_unsuffixed(index)),
        }
    }
}

/// What a function's result is: a closure around it, so that `fn(&str)` takes a `String`. An error in it stands at the path.
fn with_type(ty: &Type, path: &Path) -> TokenStream {
    let (private, held) = (idents::private(), idents::held(path));
    let call = quote_spanned!(placed(named(path))=> |#held: &#ty| (#path)(#held));
    quote_spanned!(placed(named(path))=> #private::with_type::<#ty, _, _>(&#call))
}
