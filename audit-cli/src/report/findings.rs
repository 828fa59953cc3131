//! Findings for people: one a line, the way out below it.

use std::fmt::Write;

use super::table::printable;
use crate::console::{ERROR, HELP, WARNING};
use crate::finding::{Finding, Level};

pub fn text(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut text, finding| {
        let Finding { code, level, message, help, .. } = finding;
        let message = printable(message);
        // Writing into a `String` can't fail.
        let style = if *level == Level::Error { ERROR } else { WARNING };
        let _ = write!(text, "{style}{}[{}]{style:#}: {message}\n  {HELP}help{HELP:#}: {help}\n", level.name(), code.name);
        text
    })
}

/// `1 finding`, `2 findings`
pub fn count(findings: usize) -> String {
    format!("{findings} finding{}", if findings == 1 { "" } else { "s" })
}

pub fn render(findings: &[Finding], _format: crate::args::ReportFormat) -> Result<String, crate::failure::Failure> {
    super::json::array(findings)
}
