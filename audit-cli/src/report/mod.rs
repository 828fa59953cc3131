//! How results are printed: one format a file.

pub mod differences;
pub mod findings;
mod github;
pub mod json;
pub mod registration;
mod sarif;
pub mod table;

use serde::Serialize;

use crate::args::ReportFormat;
use crate::failure::Failure;
use crate::finding::Finding;

/// A result in the format that was asked for: as text, as an array of `items`, or as findings where a format knows nothing else.
pub fn render<T: Serialize>(
    format: ReportFormat,
    text: impl FnOnce() -> String,
    items: &[T],
    findings: &[Finding],
) -> Result<String, Failure> {
    match format {
        ReportFormat::Text => Ok(text()),
        ReportFormat::Json => json::pretty(items),
        ReportFormat::Github => Ok(github::annotations(findings)),
        ReportFormat::Sarif => sarif::log(findings),
    }
}
