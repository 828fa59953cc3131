//! The three stages of every derive, and what remains when one fails: all errors, and a stub that keeps dependent code quiet.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};
use syn::DeriveInput;

use crate::check;
use crate::diag::{Code, Errors};
use crate::expand::{self, fallback};
use crate::parse::keys::Place;
use crate::parse::{Body, Places, Written};

pub fn event(item: TokenStream) -> TokenStream {
    let places = Places { item: Place::Event, field: Place::EventField, variant: Place::EventField };
    run(
        item,
        places,
        |written, errors| check::event::check(written, errors).map(|event| expand::event::expand(&event, errors)),
        fallback::event,
    )
}

pub fn entity(item: TokenStream) -> TokenStream {
    let places = Places { item: Place::Entity, field: Place::EntityField, variant: Place::EntityVariant };
    let stages = |written: &Written, errors: &mut Errors| match &written.body {
        Body::Enum(variants) => {
            check::entity::check_enum(written, variants, errors).map(|entity| expand::entity::expand_enum(&entity))
        }
        _ => check::entity::check(written, errors).map(|entity| expand::entity::expand(&entity)),
    };
    run(item, places, stages, fallback::entity)
}

pub fn metadata(item: TokenStream) -> TokenStream {
    let places = Places { item: Place::Metadata, field: Place::MetadataField, variant: Place::MetadataField };
    let stages = |written: &Written, errors: &mut Errors| {
        check::metadata::check(written, errors).map(|group| expand::metadata::expand(&group))
    };
    run(item, places, stages, fallback::metadata)
}

pub fn value(item: TokenStream) -> TokenStream {
    let places = Places { item: Place::Value, field: Place::ValueVariant, variant: Place::ValueVariant };
    let stages = |written: &Written, errors: &mut Errors| match &written.body {
        Body::Enum(variants) => check::value::check_enum(written, variants, errors).map(|value| expand::value::expand_enum(&value)),
        Body::Tuple(types) => {
            check::value::check_newtype(written, types, errors).map(|value| expand::value::expand_newtype(&value))
        }
        Body::Struct(_) | Body::Unit | Body::Union => {
            let what = format!("`{}` can't be a metadata value: only fieldless enums and newtypes can", written.ident);
            let help = format!("write `struct {}(String);`, or derive `AuditMetadata` and flatten it", written.ident);
            errors.push(written.ident.span(), Code::WrongItem, what, help);
            None
        }
    };
    run(item, places, stages, fallback::value)
}

type Stages = fn(&Written, &mut Errors) -> Option<TokenStream>;

fn run(item: TokenStream, places: Places, stages: Stages, fallback: fn(&Written) -> TokenStream) -> TokenStream {
    let result = catch_unwind(AssertUnwindSafe(|| {
        let input: DeriveInput = match syn::parse2(item) {
            Ok(input) => input,
            // rustc has reported what isn't Rust.
            Err(error) => return error.into_compile_error(),
        };
        let mut errors = Errors::default();
        let written = Written::read(input, places, &mut errors);
        let expanded = stages(&written, &mut errors);
        match expanded {
            Some(expanded) if errors.is_empty() => expanded,
            _ => [errors.into_tokens(), fallback(&written)].into_iter().collect(),
        }
    }));
    result.unwrap_or_else(|_| {
        let mut errors = Errors::default();
        let what = "the derive failed: this is a bug of audit-macros, not of your code";
        errors.push(Span::call_site(), Code::Bug, what, "please report it with the item that it stands on");
        errors.into_tokens()
    })
}
