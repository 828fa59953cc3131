//! `plan`: what an environment lacks, and what `push` would do. Sends nothing but GETs.

use super::environment;
use crate::args::{Registration, ReportFormat};
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::finding::registration::of_item;
use crate::registration::Recorder;
use crate::remote::{Remote, block_on};
use crate::report::{findings, json, registration as report};

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let store = environment::open(&args.access)?;
    let named = environment::named(&store, &args.environment)?;
    let needs = environment::needs(&store, args, console)?;
    let remote = Remote::open(named, args.access.timeout(), console)?;
    let recorder = Recorder::new(&store, &named.name);
    let plan = block_on(environment::plan(&remote, &needs, &recorder, args))?;
    let site = environment::site(&store, &named.name);
    let text = match args.report.format {
        ReportFormat::Text => report::text(&plan) + &report::summary(&plan),
        ReportFormat::Json => json::array(&report::rows(&plan, site))?,
        ReportFormat::Github | ReportFormat::Sarif => {
            let list: Vec<_> = plan.items.iter().filter_map(|item| of_item(item, site)).collect();
            findings::render(&list, args.report.format)?
        }
    };
    Ok(Outcome::with_findings(text, plan.to_do()))
}
