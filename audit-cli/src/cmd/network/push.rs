//! `push`: registers missing schemas, and records each success at once, so that an interrupted run can be continued.

mod work;

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use super::environment::{self, Session};
use super::resolve::record_found;
use crate::args::{Registration, ReportFormat};
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::finding::{self, Finding};
use crate::names::Environment;
use crate::registration::findings::{Site, not_registered, of_item, registered_twice};
use crate::registration::{Item, Plan, Recorder, State};
use crate::remote::{Failed, Registered, block_on};
use crate::report::registration as report;
use crate::report::table::Table;
use crate::text::{counts, pluralize};
use work::{Done, Work};

pub fn run(args: &Registration, yes: bool, console: &Console) -> Result<Outcome, Failure> {
    // The lock is taken after the prompt.
    let agreed = if yes { None } else { Some(ask(args, console)?) };
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let mut session = Session::open(&store, args, console)?;
    let site = environment::site(&store, &args.environment);
    block_on(async {
        let plan = session.plan().await?;
        reject_other_environment(&plan, session.environment, session.recorder.path())?;
        if agreed.is_some_and(|agreed| agreed != sent(&plan)) {
            return Err(Failure::new(
                "pending registrations changed during the prompt: nothing was registered",
            )
            .help("run it again"));
        }
        record_found(&plan.items, &mut session.recorder)?;
        let done = Work::new(session, sent(&plan).len(), console)
            .all(&plan)
            .await?;
        report(&plan, &done, args.report.format, site, console)
    })
}

/// Versions to send, and the hashes of their bodies.
fn sent(plan: &Plan) -> Vec<(String, u32, String)> {
    let sent = plan.items.iter().filter(|item| item.is_sent());
    sent.map(|item| (item.action.clone(), item.version, item.sha256.clone()))
        .collect()
}

/// Shows what would be sent, and asks whether it may be. Returns what was agreed to.
fn ask(args: &Registration, console: &Console) -> Result<Vec<(String, u32, String)>, Failure> {
    let (store, plan) = environment::look(args, console)?;
    let named = environment::named(&store, &args.environment)?;
    reject_other_environment(&plan, named, Recorder::new(&store, &named.name).path())?;
    let sent = sent(&plan);
    if !sent.is_empty() {
        console.progress(report::text(&plan).trim_end());
        confirm(&format!(
            "register {} in {} ({})?",
            pluralize(sent.len(), "schema"),
            named.name,
            named.url
        ))?;
    }
    Ok(sent)
}

/// Everything would be registered anew, and most likely where it doesn't belong.
fn reject_other_environment(
    plan: &Plan,
    environment: &Environment,
    path: &Path,
) -> Result<(), Failure> {
    let Environment {
        name, api_key_env, ..
    } = environment;
    if !plan.looks_like_other_environment || environment.is_emulator() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{name} has none of the recorded actions; {api_key_env} may hold the key of a different environment"
    ))
    .help(format!("set it to the key of {name}; if {name} was emptied, remove {}", path.display())))
}

/// Prompts for confirmation; fails without a terminal.
fn confirm(question: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new(format!("{question} stdin is not a terminal"))
            .help("use `--yes` to skip the prompt"));
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(|error| Failure::new(format!("can't read the answer: {error}")))?;
    if matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    Err(Failure::new("nothing was registered"))
}

fn report(
    plan: &Plan,
    done: &Done<'_>,
    format: ReportFormat,
    site: Site<'_>,
    console: &Console,
) -> Result<Outcome, Failure> {
    let mut list: Vec<Finding> = plan
        .items
        .iter()
        .filter(|item| matches!(item.state, State::Changed | State::Lost))
        .filter_map(|item| of_item(item, site))
        .collect();
    let mut table = Table::new(&["action", "version", "server version", ""]);
    let mut row = |item: &Item, server: u32, how: &str| {
        table.row([
            item.action.clone(),
            item.version.to_string(),
            server.to_string(),
            how.into(),
        ]);
    };
    let (mut registered, mut adopted, mut known, mut failed) = (0, 0, 0, 0);
    for item in &plan.items {
        known += usize::from(item.state == State::UpToDate);
        if item.is_adopted() {
            adopted += 1;
            row(item, item.server.unwrap_or_default(), "adopted");
        }
    }
    for (item, result) in done {
        match result {
            Ok(Registered {
                server,
                created,
                duplicates,
                ..
            }) => {
                let (count, how) = if *created {
                    (&mut registered, "registered")
                } else {
                    (&mut adopted, "adopted")
                };
                *count += 1;
                row(item, *server, how);
                if !duplicates.is_empty() {
                    list.push(registered_twice(item, *server, duplicates, site));
                }
            }
            Err(Failed { message, help, .. }) => {
                failed += 1;
                list.push(not_registered(item, message, help, site));
            }
        }
    }
    finding::sort(&mut list);
    let summary = counts(
        &[
            (registered, "registered"),
            (adopted, "adopted"),
            (known, "up to date"),
        ],
        &[(failed, "failed")],
    );
    Outcome::report(
        &list,
        format,
        site.workspace,
        &table.render(),
        &summary,
        console,
    )
}
