//! The comparison with the committed file, at the version's literal.

use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::TokenStream;
use quote::quote;

use super::checks::check;
use super::event::as_event;
use crate::diag::{Code, Errors};
use crate::environment::{
    self, CommittedFile, ConflictIn, Gap, Mode, NoFolder, Problem, RECORDS, Schemas, VARIABLE,
};
use crate::idents;
use crate::model::Event;

/// What compares, or what cargo must track so that a later build does.
pub fn expand(event: &Event, errors: &mut Errors) -> TokenStream {
    let mode = Mode::read();
    let looks = matches!(mode, Ok(Mode::Compare | Mode::Require));
    let result = mode.and_then(|mode| match mode {
        Mode::Update | Mode::Off => Ok(TokenStream::new()),
        Mode::Compare | Mode::Require => {
            let Schemas { committed, gap } =
                environment::schemas(&event.action.value(), event.number)?;
            if let (Mode::Require, Some(gap)) = (mode, gap) {
                draft(event, gap, errors);
            }
            Ok(committed
                .map(|file| comparison(event, &file))
                .unwrap_or_default())
        }
    });
    let (tracked, comparison) = match (tracked(looks), result) {
        (Ok(tracked), Ok(comparison)) => (tracked, comparison),
        (Err(problem), _) | (_, Err(problem)) => {
            report(event, problem, errors);
            return TokenStream::new();
        }
    };
    quote!(#tracked #comparison)
}

/// What cargo tracks for the whole crate: the variables, and of the folder the index and the registrations. The first event of a crate
/// carries it, because each mention costs the build, and these files grow with the number of events.
fn tracked(looks: bool) -> Result<TokenStream, Problem> {
    static CARRIED: AtomicBool = AtomicBool::new(false);
    if CARRIED.swap(true, Ordering::Relaxed) {
        return Ok(TokenStream::new());
    }
    let files = if looks {
        environment::tracked_files()?
    } else {
        Vec::new()
    };
    Ok(quote! {
        const _: [::core::option::Option<&'static ::core::primitive::str>; 2] =
            [::core::option_env!(#VARIABLE), ::core::option_env!(#RECORDS)];
        #(const _: &[::core::primitive::u8] = ::core::include_bytes!(#files);)*
    })
}

fn comparison(event: &Event, file: &CommittedFile) -> TokenStream {
    let private = idents::private();
    let (action, version) = (event.action.value(), event.number.to_string());
    let CommittedFile {
        path,
        shown,
        registered_in,
    } = file;
    let schema = as_event(event);
    let problem = quote! {
        #private::Committed {
            action: #action,
            version: #version,
            path: #shown,
            file: ::core::include_bytes!(#path),
            registered_in: #registered_in,
        }.drift(#schema::SCHEMA_JSON, __AUDIT_RECORD.description())
    };
    check(event.version.span(), &problem)
}

/// What a filter may have left out, and where.
const FILTERS: &str =
    "the source filter that dropped it (nix, `.dockerignore`, a Dockerfile without `COPY schemas`)";

/// Says under `require` that the event has no file. Where the whole folder is missing that is one mistake.
fn draft(event: &Event, gap: Gap, errors: &mut Errors) {
    static IS_EMPTY: AtomicBool = AtomicBool::new(false);
    let span = event.version.span();
    let is_draft = format!(
        "{} version {} is a draft",
        event.action.value(),
        event.number
    );
    match gap {
        Gap::Folder => errors.push_once(
            span,
            Code::MissingSchemas,
            format!("there is no folder schemas/, and {VARIABLE}=require asks for the schema file of every event"),
            format!("let schemas/ through {FILTERS}; or begin with `cargo audit-schema init` and `cargo audit-schema export`"),
        ),
        Gap::Index if IS_EMPTY.swap(true, Ordering::Relaxed) => {}
        Gap::Index => errors.push(
            span,
            Code::Draft,
            format!("{is_draft}: schemas/ holds neither an index.txt nor a file for it, and {VARIABLE}=require allows no drafts"),
            format!("run `cargo audit-schema export` and commit schemas/; or let all of it through {FILTERS}"),
        ),
        Gap::File => errors.push(
            span,
            Code::Draft,
            format!("{is_draft}: it has no schema file, and {VARIABLE}=require allows none"),
            "run `cargo audit-schema export` and commit schemas/",
        ),
    }
}

/// Says at the version's literal why the surroundings give no answer.
pub fn report(event: &Event, problem: Problem, errors: &mut Errors) -> TokenStream {
    let (code, what, help) = worded(problem);
    errors.push_once(event.version.span(), code, what, help);
    TokenStream::new()
}

const RESTORE: &str = "restore the file from version control: a registered version never changes";

fn worded(problem: Problem) -> (Code, String, String) {
    match problem {
        Problem::Mode(value) => (
            Code::Mode,
            format!("{VARIABLE}={value} isn't a mode"),
            "set it to require, update or off, or unset it to compare with the committed schemas"
                .into(),
        ),
        Problem::Records(value) => (
            Code::Mode,
            format!("{RECORDS}={value} is neither on nor off"),
            "set it to off to leave records out of this build, or unset it".into(),
        ),
        Problem::NoPackageFolder(why) => no_package_folder(&why),
        Problem::PathEncoding(path) => (
            Code::PathEncoding,
            format!(
                "the path {} isn't UTF-8, and `include_bytes!` takes no other",
                path.display()
            ),
            "move the package to a folder whose whole path is UTF-8".into(),
        ),
        Problem::Dropped { files, registered } => dropped(&files, registered),
        Problem::Missing {
            shown,
            registered_in,
        } => (
            Code::SchemaFile,
            format!("{shown} is missing, and the version is registered in {registered_in}"),
            RESTORE.into(),
        ),
        Problem::Altered {
            shown,
            registered_in,
        } => (
            Code::SchemaFile,
            format!("{shown} isn't what is registered in {registered_in}"),
            format!(
                "{RESTORE}; then, where the code is to change, `cargo audit-schema bump` raises `version`"
            ),
        ),
        Problem::Conflict {
            file,
            shown,
            position,
        } => conflict(&file, &shown, &position),
        Problem::Registrations(path, error) => (
            Code::SchemaFile,
            format!("{} isn't a file of registrations: {error}", path.display()),
            RESOLVE_REGISTRATIONS.into(),
        ),
        Problem::Unreadable(path, error) => (
            Code::SchemaFile,
            format!("{} can't be read: {error}", path.display()),
            format!("put a file there that can be read, or set {VARIABLE}=off to compare nothing"),
        ),
    }
}

fn no_package_folder(why: &NoFolder) -> (Code, String, String) {
    let nothing = "so schemas/ can't be found and nothing is compared";
    let what = match why {
        NoFolder::Unset => "CARGO_MANIFEST_DIR isn't set, so schemas/ can't be found".into(),
        NoFolder::Empty => format!("CARGO_MANIFEST_DIR is empty, {nothing}"),
        NoFolder::Absent(folder) => format!(
            "CARGO_MANIFEST_DIR is {}, which isn't a folder, {nothing}",
            folder.display()
        ),
    };
    let help = format!(
        "build with cargo, set CARGO_MANIFEST_DIR to the package's folder, or set {VARIABLE}=off to compare nothing"
    );
    (Code::NoPackageFolder, what, help)
}

/// How many files are named; the rest is counted.
const NAMED: usize = 3;

fn dropped(files: &[String], registered: Option<String>) -> (Code, String, String) {
    let names: Vec<_> = files
        .iter()
        .take(NAMED)
        .map(|file| format!("schemas/{file}"))
        .collect();
    let (count, names, more) = (
        files.len(),
        names.join(", "),
        files.len().saturating_sub(NAMED),
    );
    let what = match (count, more) {
        (1, _) => format!("schemas/index.txt lists {names}, which isn't there"),
        (_, 0) => format!("schemas/index.txt lists {count} files that aren't there: {names}"),
        _ => format!(
            "schemas/index.txt lists {count} files that aren't there: {names} and {more} more"
        ),
    };
    let rest = match registered {
        Some(registered) => format!("{registered}, so it never changes"),
        None => "where a draft's file was removed on purpose, `cargo audit-schema export` writes files and index anew".into(),
    };
    let help =
        format!("let schemas/ through {FILTERS}, or restore it from version control; {rest}");
    (Code::MissingSchemas, what, help)
}

/// The words of `cargo audit-schema check`.
const RESOLVE_REGISTRATIONS: &str = "restore it from version control, or resolve the merge conflict: it lists the versions that may not change any more";

fn conflict(file: &ConflictIn, shown: &str, position: &str) -> (Code, String, String) {
    let resolve = "resolve it as in any other file, or let `cargo audit-schema export";
    let help = match file {
        ConflictIn::Schema(registered_in) if registered_in.is_empty() => {
            format!("{resolve} --update` write what the code renders")
        }
        ConflictIn::Schema(registered_in) => format!(
            "take the file back from version control as it was before the merge: it is registered in {registered_in}, and a registered \
             version never changes"
        ),
        ConflictIn::Index => format!("{resolve}` write it again"),
        ConflictIn::Registrations => RESOLVE_REGISTRATIONS.into(),
    };
    (Code::SchemaFile, format!("{shown}:{position}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_carries_what_cargo_tracks() {
        drop(tracked(false));
        assert!(tracked(false).is_ok_and(|tokens| tokens.is_empty()));
    }
}
