//! A plan, for people and for programs: a version a line, and what differs below it.

use anstyle::Style;
use serde::Serialize;

use super::differences::{BAD, CAREFUL, GOOD, Row as Line, listing};
use crate::diff::{Change, Class};
use crate::location::{Location, from};
use crate::registration::findings::{Site, drift, mangled};
use crate::registration::plan::Unmanaged;
use crate::registration::{Item, Plan, State};
use crate::text::{counts, printable};

const QUIET: Style = Style::new().dimmed();

impl State {
    /// The name for programs, which is stable, the words for people and their colour.
    fn names(self) -> (&'static str, &'static str, Style) {
        match self {
            Self::UpToDate => ("up-to-date", "up to date", QUIET),
            Self::Adopt => ("adopt", "adopt", GOOD),
            Self::AdoptLooser => ("adopt-looser", "adopt, looser", CAREFUL),
            Self::Create => ("create", "create", GOOD),
            Self::Drift => ("drift", "drift", BAD),
            Self::Mangled => ("mangled", "mangled", BAD),
            Self::Changed => ("changed", "changed", BAD),
            Self::Lost => ("lost", "lost", BAD),
        }
    }
}

pub fn text(plan: &Plan) -> String {
    let items = plan.items.iter().map(|item| {
        let (_, state, style) = item.state.names();
        Line {
            state,
            style,
            name: name(item),
            detail: detail(item),
            changes: &item.changes,
        }
    });
    let unmanaged = plan.unmanaged.iter().map(|unmanaged| Line {
        state: "unmanaged",
        style: QUIET,
        name: unmanaged.action.clone(),
        detail: format!(
            "version {} there{}",
            unmanaged.server,
            if unmanaged.mangled {
                ", mangled by the vendor's Node SDK"
            } else {
                ""
            }
        ),
        changes: &[],
    });
    listing(&items.chain(unmanaged).collect::<Vec<_>>())
}

/// `user.signed_in 2`
fn name(
    Item {
        action, version, ..
    }: &Item,
) -> String {
    format!("{action} {version}")
}

fn detail(item: &Item) -> String {
    let server = item.server.unwrap_or_default();
    let class = Class::of(&item.changes).words();
    let detail = match (item.state, item.recorded) {
        (State::UpToDate, _) => format!("is version {server} there{}", also(item)),
        (State::Adopt, None) => format!(
            "is version {server} there{}, which isn't recorded yet",
            also(item)
        ),
        (State::AdoptLooser, None) => {
            format!("is version {server} there, which accepts more and isn't recorded yet")
        }
        (State::Adopt | State::AdoptLooser, Some(recorded)) => {
            format!("is version {server} there, and recorded as {recorded}")
        }
        (State::Create, _) => String::new(),
        (State::Drift, _) if item.changes.is_empty() => drift(item),
        (State::Drift, _) => format!("{} ({class})", drift(item)),
        (State::Mangled, _) => mangled(item),
        (State::Changed, _) => {
            let told = match item.differs_in.join(", ") {
                others if others.is_empty() => format!(", as version {server}"),
                others => format!(" in {others}"),
            };
            let way_back = way_back(item);
            format!("isn't what was registered under its name{told}: {way_back}")
        }
        (State::Lost, _) => format!("its file isn't there: {}", way_back(item)),
    };
    printable(&detail)
}

/// Help for an edited file, or for a program built from changed code.
fn way_back(item: &Item) -> &'static str {
    if item.file.is_some() {
        "take the file back from version control"
    } else {
        "raise `version`"
    }
}

/// ` (and 5, 6)`
fn also(item: &Item) -> String {
    let also: Vec<_> = item.also.iter().map(ToString::to_string).collect();
    if also.is_empty() {
        String::new()
    } else {
        format!(" (and {})", also.join(", "))
    }
}

/// `2 to register, 1 to adopt, 84 up to date; 3 unmanaged`
pub fn summary(plan: &Plan) -> String {
    let count = |of: &dyn Fn(&Item) -> bool| plan.items.iter().filter(|item| of(item)).count();
    let in_state = |state: State| count(&|item| item.state == state);
    let items = counts(
        &[
            (count(&Item::is_sent), "to register"),
            (count(&Item::is_adopted), "to adopt"),
            (in_state(State::UpToDate), "up to date"),
        ],
        &[
            (in_state(State::Changed), "changed"),
            (in_state(State::Lost), "lost"),
        ],
    );
    match plan.unmanaged.len() {
        0 => items + "\n",
        unmanaged => format!("{items}; {unmanaged} unmanaged\n"),
    }
}

/// A line of the plan for programs. The schema is `docs/formats/plan.schema.json`.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    action: &'a str,
    version: Option<u32>,
    state: &'static str,
    server: Option<u32>,
    also: &'a [u32],
    recorded: Option<u32>,
    sha256: Option<&'a str>,
    changes: &'a [Change],
    #[serde(flatten)]
    location: Location,
}

pub fn rows<'a>(plan: &'a Plan, site: Site<'_>) -> Vec<Row<'a>> {
    let of_item = |item: &'a Item| Row {
        action: &item.action,
        version: Some(item.version),
        state: item.state.names().0,
        server: item.server,
        also: &item.also,
        recorded: item.recorded,
        sha256: Some(item.sha256.as_str()).filter(|sha256| !sha256.is_empty()),
        changes: &item.changes,
        location: Location {
            file: item.file.as_ref().map(|path| from(site.workspace, path)),
            ..Location::default()
        },
    };
    let unmanaged = |there: &'a Unmanaged| Row {
        action: &there.action,
        version: None,
        state: if there.mangled {
            "unmanaged-mangled"
        } else {
            "unmanaged"
        },
        server: Some(there.server),
        also: &[],
        recorded: None,
        sha256: None,
        changes: &[],
        location: Location::default(),
    };
    plan.items
        .iter()
        .map(of_item)
        .chain(plan.unmanaged.iter().map(unmanaged))
        .collect()
}
