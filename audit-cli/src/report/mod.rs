//! Output formats, one a file.

pub mod differences;
pub mod findings;
mod github;
pub mod json;
pub mod registration;
mod sarif;
pub mod table;

use std::path::Path;

use serde::Serialize;

use crate::args::ReportFormat;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::location::slashes;

/// A result in a format: text, an array of `items`, or findings. Files are relative to `root`; annotations name them from its repository.
pub fn render<T: Serialize>(
    format: ReportFormat,
    root: &Path,
    text: impl FnOnce() -> String,
    items: &[T],
    findings: &[Finding],
) -> Result<String, Failure> {
    match format {
        ReportFormat::Text => Ok(text()),
        ReportFormat::Json => json::pretty(items),
        ReportFormat::Github => Ok(github::annotations(&in_repository(findings, root))),
        ReportFormat::Sarif => sarif::log(&in_repository(findings, root)),
    }
}

/// Findings with files relative to the git repository around `root`, if there is one.
fn in_repository(findings: &[Finding], root: &Path) -> Vec<Finding> {
    let mut findings = findings.to_vec();
    let root = root.canonicalize().unwrap_or_default();
    let Some(repository) = root.ancestors().find(|folder| folder.join(".git").exists()) else {
        return findings;
    };
    for finding in &mut findings {
        let locations = finding
            .changes
            .iter_mut()
            .map(|change| &mut change.location);
        for location in locations.chain([&mut finding.location]) {
            if let Some(file) = &mut location.file
                && let Ok(path) = root.join(&file).strip_prefix(repository)
            {
                *file = slashes(&path.display().to_string());
            }
        }
    }
    findings
}
