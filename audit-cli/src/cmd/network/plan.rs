//! `plan`: what an environment lacks, and what `push` would do. Sends nothing but GETs.

use super::environment;
use crate::args::Registration;
use crate::cmd::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::findings::of_item;
use crate::report::{self, registration};

pub fn run(args: &Registration, console: &Console) -> Result<Outcome, Failure> {
    let (store, plan) = environment::look(args, console)?;
    let site = environment::site(&store, &args.environment);
    let findings = plan.items.iter().filter_map(|item| of_item(item, site));
    let text = report::render(
        args.report.format,
        site.workspace,
        || registration::text(&plan) + &registration::summary(&plan),
        &registration::rows(&plan, site),
        &findings.collect::<Vec<_>>(),
    )?;
    Ok(Outcome::with_findings(text, plan.to_do()))
}
