//! `push`: registers what an environment lacks, and writes down each success at once: whoever is interrupted goes on from there.

mod work;

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use super::environment;
use super::resolve::record_found;
use crate::args::{Registration, ReportFormat};
use crate::cmd::{Around, Outcome};
use crate::console::Console;
use crate::failure::Failure;
use crate::finding::registration::{Site, not_registered, of_item, registered_twice};
use crate::finding::{self, Finding};
use crate::registration::{Item, Plan, Recorder, State};
use crate::remote::{Registered, Remote, block_on};
use crate::report::registration as report;
use crate::report::table::Table;
use work::{Done, Work};

pub fn run(args: &Registration, yes: bool, console: &Console) -> Result<Outcome, Failure> {
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let named = environment::named(&store, &args.environment)?;
    let needs = environment::needs(&store, args, console)?;
    let remote = Remote::open(named, args.access.timeout(), console)?;
    let mut recorder = Recorder::new(&store, &named.name);
    let site = environment::site(&store, &named.name);
    block_on(async {
        let plan = environment::plan(&remote, &needs, &recorder, args).await?;
        if plan.is_of_another() && !named.is_emulator() {
            return Err(of_another(&named.name, &named.api_key_env, recorder.path()));
        }
        let count = plan.items.iter().filter(|item| item.is_sent()).count();
        if count > 0 && !yes {
            console.progress(report::text(&plan).trim_end());
            confirm(&format!("register {} in {} ({})?", schemas(count), named.name, named.url))?;
        }
        record_found(&plan.items, &mut recorder)?;
        let work = Work::new(&remote, &needs.all, recorder, count, console);
        let done = work.all(&plan).await?;
        report(&plan, &done, args.report.format, site, console)
    })
}

/// Everything would be registered anew, and most likely where it doesn't belong.
fn of_another(name: &str, variable: &str, path: &Path) -> Failure {
    Failure::new(format!(
        "none of the actions that are recorded for {name} is there: {variable} seems to be the key of another environment"
    ))
    .help(format!("set it to the key of {name}; if {name} was really emptied, remove {}", path.display()))
}

fn schemas(count: usize) -> String {
    format!("{count} schema{}", if count == 1 { "" } else { "s" })
}

/// Asks, where somebody can answer.
fn confirm(question: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(
            Failure::new(format!("{question} Nobody can answer, as stdin is no terminal")).help("`--yes` registers without asking")
        );
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| Failure::new(format!("can't read the answer: {error}")))?;
    if matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    Err(Failure::new("nothing was registered"))
}

fn report(plan: &Plan, done: &Done<'_>, format: ReportFormat, site: Site<'_>, console: &Console) -> Result<Outcome, Failure> {
    let mut list: Vec<Finding> =
        plan.items.iter().filter(|item| item.state == State::Changed).filter_map(|item| of_item(item, site)).collect();
    let mut table = Table::new(&["action", "version", "server version", ""]);
    let mut row = |item: &Item, server: u32, how: &str| {
        table.row(vec![item.action.clone(), item.version.to_string(), server.to_string(), how.into()]);
    };
    let adopted = plan.items.iter().filter(|item| item.is_adopted()).count();
    for item in plan.items.iter().filter(|item| item.is_adopted()) {
        row(item, item.server.unwrap_or_default(), "adopted");
    }
    let (mut registered, mut found) = (0, 0);
    for (item, result) in done {
        match result {
            Ok(Registered { server, created, twice, .. }) => {
                registered += usize::from(*created);
                found += usize::from(!created);
                row(item, *server, if *created { "registered" } else { "adopted" });
                list.extend((!twice.is_empty()).then(|| registered_twice(item, *server, twice, site)));
            }
            Err(failed) => list.push(not_registered(item, &failed.message, &failed.help, site)),
        }
    }
    finding::sort(&mut list);
    let above = if registered + found + adopted > 0 { table.render() } else { String::new() };
    let failed = done.len() - registered - found;
    let known = plan.items.iter().filter(|item| item.state == State::UpToDate).count();
    let mut parts = vec![format!("{registered} registered"), format!("{} adopted", adopted + found), format!("{known} up to date")];
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    Outcome::report(&list, format, Around { above, between: "\n", summary: parts.join(", ") + "\n" }, console)
}
