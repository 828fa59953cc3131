//! Collects errors, all of them, and words them alike: `audit[Annnn]: what is wrong`, then `help: what to write`.

use std::collections::BTreeSet;
use std::sync::Mutex;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;

/// Every code that a derive can raise. The table with titles is `audit_core::diagnostics`; a test holds the two together.
#[derive(Clone, Copy, Debug)]
pub enum Code {
    UnknownAttribute = 101,
    RepeatedAttribute = 102,
    ConflictingAttributes = 103,
    MissingAttribute = 104,
    AttributeForm = 105,
    Action = 106,
    Version = 107,
    CaseRule = 108,
    MetadataOnRole = 109,
    MisplacedAttribute = 110,
    TooManyKeys = 201,
    KeyLength = 202,
    KeyCharacters = 203,
    DuplicateKey = 204,
    LengthLimit = 205,
    NotText = 206,
    EnumValueLength = 207,
    DuplicateEnumValue = 208,
    EmptyEnum = 209,
    EmptyTargets = 211,
    NotAValue = 301,
    NotAnEntity = 302,
    NotAGroup = 303,
    WideInteger = 304,
    NoTarget = 305,
    NoActor = 306,
    RepeatedRole = 307,
    OptionalRole = 308,
    Generic = 312,
    WrongItem = 313,
    Id = 314,
    Variant = 315,
    SetterName = 316,
    NestedOption = 317,
    Unreadable = 322,
    UnreadableDocs = 324,
    Draft = 501,
    SchemaFile = 504,
    MissingSchemas = 505,
    NoPackageFolder = 601,
    Mode = 602,
    PathEncoding = 603,
    Bug = 699,
}

/// The errors of one derive.
#[derive(Debug, Default)]
pub struct Errors {
    all: Vec<syn::Error>,
    is_incomplete: bool,
}

impl Errors {
    /// Notes an error. `help` says what to write instead.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "spans are passed as well as references"
    )]
    pub fn push(
        &mut self,
        at: impl Spanned,
        code: Code,
        what: impl AsRef<str>,
        help: impl AsRef<str>,
    ) {
        let text = text(code, what.as_ref(), help.as_ref());
        self.all.push(syn::Error::new(at.span(), text));
    }

    /// [`push`](Self::push), for what is wrong with the surroundings and not with one item: the first item of a crate reports it.
    pub fn push_once(
        &mut self,
        span: Span,
        code: Code,
        what: impl AsRef<str>,
        help: impl AsRef<str>,
    ) {
        static REPORTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
        let is_new = REPORTED.lock().map_or(true, |mut reported| {
            reported.insert(what.as_ref().to_owned())
        });
        if is_new {
            self.push(span, code, what, help);
        }
    }

    /// [`push`](Self::push), with the span of several tokens.
    pub fn push_spanned(
        &mut self,
        tokens: impl ToTokens,
        code: Code,
        what: impl AsRef<str>,
        help: impl AsRef<str>,
    ) {
        let text = text(code, what.as_ref(), help.as_ref());
        self.all.push(syn::Error::new_spanned(tokens, text));
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && !self.is_incomplete
    }

    /// Notes that the item isn't whole, which rustc has reported.
    pub fn mark_incomplete(&mut self) {
        self.is_incomplete = true;
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn into_tokens(self) -> TokenStream {
        self.all.iter().map(syn::Error::to_compile_error).collect()
    }
}

/// The text of an error. Its last line ends with the way to the code's page.
pub fn text(code: Code, what: &str, help: &str) -> String {
    let number = code as u16;
    format!("audit[A{number:04}]: {what}\n  help: {help} (cargo audit-schema explain A{number:04})")
}
