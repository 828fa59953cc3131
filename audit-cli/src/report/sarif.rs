//! SARIF 2.1.0, for code scanning: a log of one run. The same findings always give the same bytes.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

mod uri;

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::json::pretty;
use crate::body::sha256;
use crate::diff::Change;
use crate::failure::Failure;
use crate::finding::{Finding, code};
use crate::location::Location;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of relative URIs: GitHub's name for the root of the repository.
const ROOT: &str = "%SRCROOT%";

pub fn log(findings: &[Finding]) -> Result<String, Failure> {
    let version = env!("CARGO_PKG_VERSION");
    let rules = code::ALL.iter().map(|code| {
        json!({
            "id": code.name,
            "shortDescription": { "text": code.title },
            "help": { "text": code.help },
        })
    });
    let mut seen = HashMap::new();
    let results = findings.iter().map(|finding| result(finding, &mut seen));
    pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo-audit-schema",
                "version": version,
                "semanticVersion": version,
                "informationUri": "https://docs.rs/audit-core",
                "rules": rules.collect::<Vec<_>>(),
            }},
            // The folder on this machine isn't published.
            "originalUriBaseIds": { ROOT: {
                "description": { "text": "The root of the git repository, or else of the cargo workspace." },
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    }))
}

fn result(finding: &Finding, seen: &mut HashMap<String, usize>) -> Value {
    let location = physical(&finding.location);
    let locations = location.map(|location| json!({ "physicalLocation": location }));
    let mut result = json!({
        "ruleId": finding.code.name,
        "ruleIndex": code::ALL.iter().position(|code| *code == finding.code),
        "level": finding.level.name(),
        "message": { "text": message(finding) },
        "locations": Vec::from_iter(locations),
        "partialFingerprints": { "auditSchemaFinding/v1": fingerprint(finding, seen) },
    });
    let related = related(&finding.changes);
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if !finding.events.is_empty() {
        let events: Vec<_> = finding.events.iter().map(ToString::to_string).collect();
        result["properties"] = json!({ "events": events });
    }
    result
}

/// The whole text, since viewers show nothing else.
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
        change.class.words()
    )
}

fn related(changes: &[Change]) -> Vec<Value> {
    let located = changes
        .iter()
        .filter_map(|change| Some((change, physical(&change.location)?)));
    let numbered = located.enumerate().map(|(id, (change, location))| {
        json!({
            "id": id,
            "physicalLocation": location,
            "message": { "text": of_change(change) },
        })
    });
    numbered.collect()
}

fn physical(location: &Location) -> Option<Value> {
    let (uri, in_workspace) = uri::of(location.file.as_deref()?);
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if in_workspace {
        physical["artifactLocation"]["uriBaseId"] = ROOT.into();
    }
    if let Some(line) = location.line {
        physical["region"] = json!({ "startLine": line });
        if let Some(column) = location.column {
            physical["region"]["startColumn"] = column.into();
        }
    }
    Some(physical)
}

/// Identity of a finding across commits, independent of its line. Equal ones are numbered.
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
