//! The comparison with the committed file, at the version's literal.

use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::TokenStream;
use quote::quote;

use super::event::{as_event, check};
use crate::diag::{Code, Errors};
use crate::environment::{self, CommittedFile, Mode, Problem, RECORDS, Schemas, VARIABLE};
use crate::idents;
use crate::model::Event;

/// What compares, or what cargo must track so that a later build does.
pub fn expand(event: &Event, errors: &mut Errors) -> TokenStream {
    let (index, comparison) = match Mode::read() {
        Ok(Mode::Update | Mode::Off) => (None, TokenStream::new()),
        Ok(mode) => match environment::schemas(&event.action.value(), event.number) {
            Ok(Schemas { index, committed }) => {
                if committed.is_none() {
                    draft(event, mode, errors);
                }
                (index, committed.map(|file| comparison(event, &file)).unwrap_or_default())
            }
            Err(problem) => (None, report(event, problem, errors)),
        },
        Err(problem) => (None, report(event, problem, errors)),
    };
    let tracked = tracked(index);
    quote!(#tracked #comparison)
}

/// What cargo tracks for the whole crate: the variables, and the index of the folder. The first event of a crate carries it, because each
/// mention costs the build, and the index grows with the number of events.
fn tracked(index: Option<String>) -> TokenStream {
    static CARRIED: AtomicBool = AtomicBool::new(false);
    if CARRIED.swap(true, Ordering::Relaxed) {
        return TokenStream::new();
    }
    let index = index.into_iter();
    quote! {
        const _: [::core::option::Option<&'static ::core::primitive::str>; 2] =
            [::core::option_env!(#VARIABLE), ::core::option_env!(#RECORDS)];
        #(const _: &[::core::primitive::u8] = ::core::include_bytes!(#index);)*
    }
}

fn comparison(event: &Event, file: &CommittedFile) -> TokenStream {
    let private = idents::private();
    let (action, version) = (event.action.value(), event.number.to_string());
    let CommittedFile { path, shown, registered_in } = file;
    let schema = as_event(event);
    let problem = quote! {
        #private::Committed {
            action: #action,
            version: #version,
            path: #shown,
            file: ::core::include_bytes!(#path),
            registered_in: #registered_in,
        }.drift(#schema::SCHEMA_JSON)
    };
    check(event.version.span(), &problem)
}

fn draft(event: &Event, mode: Mode, errors: &mut Errors) {
    if mode == Mode::Require {
        let what = format!(
            "{} version {} is a draft: it has no schema file, and {VARIABLE}=require allows none",
            event.action.value(),
            event.number
        );
        errors.push(event.version.span(), Code::Draft, what, "run `cargo audit-schema export` and commit schemas/");
    }
}

/// Says at the version's literal why the surroundings give no answer.
pub fn report(event: &Event, problem: Problem, errors: &mut Errors) -> TokenStream {
    let span = event.version.span();
    match problem {
        Problem::Mode(value) => {
            let what = format!("{VARIABLE}={value} isn't a mode");
            errors.push_once(
                span,
                Code::Mode,
                what,
                "set it to require, update or off, or unset it to compare with the committed schemas",
            );
        }
        Problem::Records(value) => {
            let what = format!("{RECORDS}={value} is neither on nor off");
            errors.push_once(span, Code::Mode, what, "set it to off to leave records out of this build, or unset it");
        }
        Problem::NoPackageFolder => {
            let what = "CARGO_MANIFEST_DIR isn't set, so schemas/ can't be found";
            errors.push_once(
                span,
                Code::NoPackageFolder,
                what,
                format!(
                    "build with cargo, set CARGO_MANIFEST_DIR to the package's folder, or set {VARIABLE}=off to compare nothing"
                ),
            );
        }
        Problem::PathEncoding(path) => {
            let what = format!("the path {} isn't UTF-8, and `include_bytes!` takes no other", path.display());
            errors.push_once(span, Code::PathEncoding, what, "move the package to a folder whose whole path is UTF-8");
        }
        Problem::Missing { shown, registered_in } => {
            let what = format!("{shown} is missing, and the version is registered in {registered_in}");
            errors.push(span, Code::SchemaFile, what, "restore the file from version control: a registered version never changes");
        }
        Problem::Altered { shown, registered_in } => {
            let what = format!("{shown} isn't what is registered in {registered_in}");
            let help = "restore the file from version control: a registered version never changes; then, where the code is to change, \
                        `cargo audit-schema bump` raises `version`";
            errors.push(span, Code::SchemaFile, what, help);
        }
        Problem::Registrations(path, error) => {
            let what = format!("{} isn't a file of registrations: {error}", path.display());
            let help =
                "restore it from version control, or resolve the merge conflict: it says which versions may not change any more";
            errors.push_once(span, Code::SchemaFile, what, help);
        }
        Problem::Unreadable(path, error) => {
            let what = format!("{} can't be read: {error}", path.display());
            errors.push(span, Code::SchemaFile, what, "make it readable, or set AUDIT_SCHEMAS=off");
        }
    }
    TokenStream::new()
}
