//! SARIF 2.1.0, for code scanning: a log of one run. The same findings always give the same bytes.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

mod model;
mod uri;

use std::collections::HashMap;
use std::fmt::Write;

use crate::body::sha256;
use crate::diff::Change;
use crate::failure::Failure;
use crate::finding::{Code, Finding, code};
use crate::location::Location;
use model::{
    ArtifactLocation, Base, Bases, Driver, Fingerprints, Log, Message, PhysicalLocation, Place,
    Properties, Region, RelatedPlace, Rule, Run, SarifResult, Tool,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Where the manual is.
const INFORMATION: &str = "https://docs.rs/audit-core";

pub fn log(findings: &[Finding]) -> Result<String, Failure> {
    let mut seen = HashMap::new();
    let results = findings
        .iter()
        .map(|finding| result(finding, &mut seen))
        .collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run(results)],
    };
    match serde_json::to_string_pretty(&log) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Failure::new(format!(
            "can't write the findings as SARIF: {error}"
        ))),
    }
}

fn run(results: Vec<SarifResult>) -> Run {
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver {
        name: "cargo-audit-schema",
        version,
        semantic_version: version,
        information_uri: INFORMATION,
        rules: code::ALL.iter().map(rule).collect(),
    };
    let root = Base {
        description: Message::new("The root of the cargo workspace."),
    };
    Run {
        tool: Tool { driver },
        original_uri_base_ids: Bases { root },
        column_kind: "unicodeCodePoints",
        results,
    }
}

fn rule(code: &Code) -> Rule {
    Rule {
        id: code.name,
        short_description: Message::new(code.title),
        help: Message::new(code.help),
    }
}

fn result(finding: &Finding, seen: &mut HashMap<String, usize>) -> SarifResult {
    let Finding {
        code,
        level,
        location,
        changes,
        ..
    } = finding;
    SarifResult {
        rule_id: code.name,
        rule_index: code::ALL.iter().position(|other| other == code),
        level: level.name(),
        message: Message::new(message(finding)),
        locations: physical(location)
            .map(|physical_location| Place { physical_location })
            .into_iter()
            .collect(),
        related_locations: related(changes),
        partial_fingerprints: Fingerprints {
            finding: fingerprint(finding, seen),
        },
        properties: properties(finding),
    }
}

fn properties(finding: &Finding) -> Option<Properties> {
    let events: Vec<_> = finding.events.iter().map(ToString::to_string).collect();
    (!events.is_empty()).then_some(Properties { events })
}

/// All that the text says: viewers show nothing else.
fn message(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    for change in &finding.changes {
        // Writing into a `String` can't fail.
        let _ = write!(text, "\n- {}", of_change(change));
    }
    if !finding.help.is_empty() {
        let _ = write!(text, "\nhelp: {}", finding.help);
    }
    text
}

fn of_change(change: &Change) -> String {
    format!(
        "{}: {} ({})",
        change.rule,
        change.message,
        change.class().words()
    )
}

fn related(changes: &[Change]) -> Vec<RelatedPlace> {
    let placed = changes
        .iter()
        .filter_map(|change| Some((change, physical(&change.location)?)));
    let numbered = placed
        .enumerate()
        .map(|(id, (change, physical_location))| RelatedPlace {
            id,
            physical_location,
            message: Message::new(of_change(change)),
        });
    numbered.collect()
}

fn physical(location: &Location) -> Option<PhysicalLocation> {
    let file = location.file.as_deref()?;
    let (uri, in_workspace) = uri::of(file);
    let region = location.line.map(|start_line| Region {
        start_line,
        start_column: location.column,
    });
    Some(PhysicalLocation {
        artifact_location: ArtifactLocation {
            uri,
            uri_base_id: in_workspace.then_some(model::ROOT),
        },
        region,
    })
}

/// What a finding is about, whatever line that stands at: code scanning follows it from commit to commit. What is the same of two
/// findings is counted.
fn fingerprint(finding: &Finding, seen: &mut HashMap<String, usize>) -> String {
    let Finding {
        code,
        action,
        version,
        key,
        location,
        ..
    } = finding;
    let about = serde_json::json!([code.name, action, version, key, location.file]);
    let hash = sha256(&about.to_string());
    let count = seen
        .entry(hash.clone())
        .and_modify(|count| *count += 1)
        .or_insert(1);
    format!("{hash}:{count}")
}
