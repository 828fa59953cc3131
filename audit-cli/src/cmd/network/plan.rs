//! `plan`: what an environment lacks, and what `push` would do. Sends nothing but GETs.

use super::environment;
use crate::args::{Registration, ReportFormat};
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::findings::of_item;
use crate::report::{findings, json, registration as report};

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let (store, plan) = environment::look(args, console)?;
    let site = environment::site(&store, &args.environment);
    let text = match args.report.format {
        ReportFormat::Text => report::text(&plan) + &report::summary(&plan),
        ReportFormat::Json => json::array(&report::rows(&plan, site))?,
        ReportFormat::Github | ReportFormat::Sarif => {
            let list: Vec<_> = plan
                .items
                .iter()
                .filter_map(|item| of_item(item, site))
                .collect();
            findings::render(&list, args.report.format)?
        }
    };
    Ok(Outcome::with_findings(text, plan.to_do()))
}
