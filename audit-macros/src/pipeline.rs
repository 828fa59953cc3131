//! The three stages of every derive, and what remains when one fails: all errors, and a stub that keeps dependent code quiet.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};

use crate::check;
use crate::diag::{Code, Errors};
use crate::expand::{self, fallback, type_probes};
use crate::parse::keys::Location;
use crate::parse::{Body, ParsedItem};

/// What an item expands to; or, where its tokens are wrong, mentions of the types that only rustc can judge.
type Expansion = Result<TokenStream, TokenStream>;

pub fn event(item: TokenStream) -> TokenStream {
    let stages =
        |written: &ParsedItem, errors: &mut Errors| match check::event::check(written, errors) {
            Ok(event) => Ok(expand::event::expand(&event, errors)),
            Err(fields) => Err(type_probes::event(written, &fields)),
        };
    run(item, Location::Event, stages, fallback::event)
}

pub fn entity(item: TokenStream) -> TokenStream {
    let stages = |written: &ParsedItem, errors: &mut Errors| match &written.body {
        Body::Enum(variants) => check::entity::check_enum(written, variants, errors)
            .map(|entity| expand::entity::expand_enum(&entity))
            .ok_or_else(|| type_probes::variants(written, variants)),
        _ => check::entity::check(written, errors)
            .map(|entity| expand::entity::expand(&entity))
            .map_err(|fields| type_probes::fields(written, &fields)),
    };
    run(item, Location::Entity, stages, fallback::entity)
}

pub fn metadata(item: TokenStream) -> TokenStream {
    let stages = |written: &ParsedItem, errors: &mut Errors| {
        check::metadata::check(written, errors)
            .map(|group| expand::metadata::expand(&group))
            .map_err(|fields| type_probes::fields(written, &fields))
    };
    run(item, Location::Metadata, stages, fallback::metadata)
}

pub fn value(item: TokenStream) -> TokenStream {
    let stages = |written: &ParsedItem, errors: &mut Errors| match &written.body {
        Body::Enum(variants) => check::value::check_enum(written, variants, errors)
            .map(|value| expand::value::expand_enum(&value))
            .ok_or_else(TokenStream::new),
        Body::Tuple(types) => check::value::check_newtype(written, types, errors)
            .map(|value| expand::value::expand_newtype(&value))
            .ok_or_else(TokenStream::new),
        Body::Struct(_) | Body::Unit | Body::Union => {
            let what = format!(
                "`{}` can't be a metadata value: only fieldless enums and newtypes can",
                written.ident
            );
            let help = match &written.body {
                Body::Struct(_) => {
                    "derive `AuditMetadata` on it, and flatten it where it is used".to_owned()
                }
                _ => format!(
                    "write `struct {}(String);`, or an enum without fields",
                    written.ident
                ),
            };
            errors.push(&written.ident, Code::WrongItem, what, help);
            Err(TokenStream::new())
        }
    };
    run(item, Location::Value, stages, fallback::value)
}

type Stages = fn(&ParsedItem, &mut Errors) -> Expansion;
type Fallback = fn(&ParsedItem, &TokenStream) -> TokenStream;

pub fn run(
    item: TokenStream,
    location: Location,
    stages: Stages,
    fallback: Fallback,
) -> TokenStream {
    let mut errors = Errors::default();
    let written = guarded(&mut errors, |errors| {
        ParsedItem::read(item, location, errors)
    })
    .flatten();
    let expansion = written.as_ref().and_then(|written| {
        let expansion = guarded(&mut errors, |errors| stages(written, errors))
            .unwrap_or_else(|| Err(TokenStream::new()));
        match expansion {
            Ok(expansion) => Some(expansion),
            Err(probes) => guarded(&mut errors, |_| fallback(written, &probes)),
        }
    });
    [errors.into_tokens(), expansion.unwrap_or_default()]
        .into_iter()
        .collect()
}

/// Calls `stage`. A panic in it is an error like any other, but ours.
fn guarded<T>(errors: &mut Errors, stage: impl FnOnce(&mut Errors) -> T) -> Option<T> {
    let result = catch_unwind(AssertUnwindSafe(|| stage(errors)));
    if result.is_err() {
        let help = format!(
            "report it to {TRACKER}, with this item and the version {}",
            env!("CARGO_PKG_VERSION")
        );
        errors.push(
            Span::call_site(),
            Code::Bug,
            "the derive failed: this is a bug of audit-core, not of your code",
            help,
        );
    }
    result.ok()
}

/// Where bugs are reported: what the manifest says.
const TRACKER: &str = match option_env!("CARGO_PKG_REPOSITORY") {
    Some(repository) if !repository.is_empty() => repository,
    _ => "the issue tracker of audit-core",
};
