//! `push`: registers what an environment lacks, and writes down each success at once: whoever is interrupted goes on from there.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, IsTerminal};

use futures_util::{TryStreamExt, stream};

use super::environment;
use super::resolve::record_found;
use crate::args::{Registration, ReportFormat};
use crate::cmd::{Around, Outcome};
use crate::console::Console;
use crate::failure::Failure;
use crate::finding::registration::{Site, not_registered, of_item, registered_twice};
use crate::finding::{self, Finding};
use crate::registration::matching::Recorded;
use crate::registration::wanted::All;
use crate::registration::{Item, Plan, Recorder, State};
use crate::remote::{Failed, Registered, Remote, block_on};
use crate::report::registration as report;
use crate::report::table::Table;

/// So many actions at once. Versions of one action are registered one after the other, lowest first.
const AT_ONCE: usize = 4;

pub fn run(args: &Registration, yes: bool, console: &Console) -> Result<Outcome, Failure> {
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let named = environment::named(&store, &args.environment)?;
    let wanted = environment::wanted(&store, args)?;
    let remote = Remote::open(named, args.access.timeout(), console)?;
    let mut recorder = Recorder::new(&store, &named.name);
    let site = environment::site(&store, &named.name);
    block_on(async {
        let plan = environment::plan(&remote, &wanted, &recorder, args).await?;
        let count = plan.items.iter().filter(|item| item.is_sent()).count();
        if count > 0 && !yes {
            console.progress(report::text(&plan).trim_end());
            confirm(&format!("register {} in {} ({})?", schemas(count), named.name, named.url))?;
        }
        let adopted = record_found(&plan.items, &mut recorder)?;
        let work = Work {
            remote: &remote,
            wanted: &wanted,
            recorder: RefCell::new(recorder),
            console,
            count,
            written: Cell::new(0),
            stop: Cell::new(None),
        };
        let done = work.all(&plan).await?;
        report(&plan, &done, adopted, args.report.format, site, console)
    })
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

/// What became of a version that had to be registered.
type Done<'p> = Vec<(&'p Item, Result<Registered, Failed>)>;

/// The registering itself.
struct Work<'a> {
    remote: &'a Remote<'a>,
    wanted: &'a All,
    recorder: RefCell<Recorder>,
    console: &'a Console,
    count: usize,
    written: Cell<usize>,
    /// Why the rest would fail, too: it isn't begun.
    stop: Cell<Option<Failed>>,
}

impl Work<'_> {
    async fn all<'p>(&self, plan: &'p Plan) -> Result<Done<'p>, Failure> {
        let sent: Vec<_> = plan.items.iter().filter(|item| item.is_sent()).collect();
        let done = RefCell::new(Vec::with_capacity(sent.len()));
        let actions = stream::iter(sent.chunk_by(|a, b| a.action == b.action).map(<[&Item]>::to_vec).map(Ok));
        let of_action = |items: Vec<&'p Item>| async {
            for item in items {
                let result = self.one(item).await?;
                done.borrow_mut().extend(result.map(|result| (item, result)));
            }
            Ok::<_, Failure>(())
        };
        actions.try_for_each_concurrent(AT_ONCE, of_action).await?;
        if let Some(failed) = self.stop.take() {
            let (written, count) = (self.written.get(), self.count);
            self.console.progress(format_args!("{written} of {count} were registered, and are written down"));
            return Err(failed.into_failure());
        }
        let mut done = done.into_inner();
        done.sort_by(|(a, _), (b, _)| (&a.action, a.version).cmp(&(&b.action, b.version)));
        Ok(done)
    }

    /// Registers one version. `None` where it wasn't begun. What can't be written down ends everything.
    async fn one(&self, item: &Item) -> Result<Option<Result<Registered, Failed>>, Failure> {
        if self.is_stopped() {
            return Ok(None);
        }
        let Some(wanted) = self.wanted.get(&(item.action.clone(), item.version)) else { return Ok(None) };
        let result = self.remote.register(&item.action, wanted).await;
        match &result {
            Ok(Registered { server, .. }) => {
                let mut recorder = self.recorder.borrow_mut();
                recorder.record(&item.action, item.version, Recorded { server: *server, sha256: item.sha256.clone() });
                recorder.write()?;
                self.written.set(self.written.get() + 1);
                let Item { action, version, .. } = item;
                self.console.progress(format_args!(
                    "{action} {version} is version {server} ({} of {})",
                    self.written.get(),
                    self.count
                ));
            }
            Err(failed) if failed.is_general => self.stop.set(Some(failed.clone())),
            Err(failed) => self.console.progress(format_args!("{} {}: {}", item.action, item.version, failed.message)),
        }
        Ok(Some(result))
    }

    fn is_stopped(&self) -> bool {
        let stop = self.stop.take();
        let is_stopped = stop.is_some();
        self.stop.set(stop);
        is_stopped
    }
}

fn report(
    plan: &Plan,
    done: &Done<'_>,
    adopted: usize,
    format: ReportFormat,
    site: Site<'_>,
    console: &Console,
) -> Result<Outcome, Failure> {
    let mut list: Vec<Finding> =
        plan.items.iter().filter(|item| item.state == State::Changed).filter_map(|item| of_item(item, site)).collect();
    let mut table = Table::new(&["action", "version", "server version"]);
    let (mut registered, mut found) = (0, 0);
    for (item, result) in done {
        match result {
            Ok(Registered { server, created, twice }) => {
                registered += usize::from(*created);
                found += usize::from(!created);
                table.row(vec![item.action.clone(), item.version.to_string(), server.to_string()]);
                list.extend((!twice.is_empty()).then(|| registered_twice(item, *server, twice, site)));
            }
            Err(failed) => list.push(not_registered(item, &failed.message, &failed.help, site)),
        }
    }
    finding::sort(&mut list);
    let above = if registered + found > 0 { table.render() } else { String::new() };
    let failed = done.len() - registered - found;
    let known = plan.items.iter().filter(|item| item.state == State::UpToDate).count();
    let mut parts = vec![format!("{registered} registered"), format!("{} adopted", adopted + found), format!("{known} up to date")];
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    Outcome::report(&list, format, Around { above, between: "\n", summary: parts.join(", ") + "\n" }, console)
}
