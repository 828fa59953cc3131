//! Reads `registrations/<environment>.json`, and says at which line and column one isn't as it should be.

use std::collections::BTreeSet;
use std::path::Path;

use audit_core::Registrations;

use crate::body::read::{MAX_BYTES, bytes_of};
use crate::failure::Failure;
use crate::json::{Node, Problem};

const HELP: &str = "restore it from version control, or resolve the merge conflict: it says which versions may not change any more";

pub fn read(path: &Path) -> Result<Registrations, Failure> {
    let bytes = bytes_of(path, MAX_BYTES).map_err(|error| Failure::io("read", path, &error))?;
    let problems = match Node::parse_bytes(&bytes) {
        Ok(node) => problems(node),
        Err(problem) => vec![problem],
    };
    if !problems.is_empty() {
        let failures = problems
            .iter()
            .map(|problem| Failure::new(format!("{}:{problem}", path.display())).help(HELP));
        return Err(Failure::all(failures.collect()));
    }
    // What is wrong beyond that is the library's to say.
    let text = String::from_utf8_lossy(&bytes);
    Registrations::from_json(text.trim_start_matches('\u{feff}'))
        .map_err(|error| Failure::at(path, error).help(HELP))
}

fn problems(root: Node<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (action, versions) in object(root, "registrations", &mut problems) {
        for (version, registration) in object(
            versions,
            &format!("the versions of {action:?}"),
            &mut problems,
        ) {
            let name = format!("version {version:?} of {action:?}");
            if !version
                .parse::<u32>()
                .is_ok_and(|number| number > 0 && number.to_string() == version)
            {
                problems.push(registration.problem(format!(
                    "{name} isn't one: a declared version is a positive integer"
                )));
            }
            let members = object(registration, &name, &mut problems);
            let member = |wanted: &str| {
                members
                    .iter()
                    .find(|(key, _)| key == wanted)
                    .map(|(_, node)| *node)
            };
            let server = member("server")
                .and_then(|node| node.whole_number())
                .filter(|server| *server > 0);
            if server
                .and_then(|server| u32::try_from(server).ok())
                .is_none()
            {
                problems.push(
                    member("server")
                        .unwrap_or(registration)
                        .problem(format!("`server` of {name} must be a positive integer")),
                );
            }
            if member("sha256").and_then(|node| node.string()).is_none() {
                problems.push(
                    member("sha256")
                        .unwrap_or(registration)
                        .problem(format!("`sha256` of {name} must be a string")),
                );
            }
        }
    }
    problems
}

/// The members. One that stands twice would take the other's place: a merge may do that without a conflict.
fn object<'t>(node: Node<'t>, what: &str, problems: &mut Vec<Problem>) -> Vec<(String, Node<'t>)> {
    let Some(members) = node.members() else {
        problems.push(node.problem(format!(
            "{what} must be an object, not {}",
            node.kind().name()
        )));
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    for (key, value) in &members {
        if !seen.insert(key) {
            problems.push(value.problem(format!("{what} has {key:?} twice: put both into one")));
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_registrations_are_wrong() {
        let problems = |text: &str| match Node::parse(text) {
            Ok(node) => problems(node).iter().map(ToString::to_string).collect(),
            Err(problem) => vec![problem.to_string()],
        };
        assert_eq!(
            problems(r#"{"a.b": {"1": {"server": 3, "sha256": "x"}}}"#),
            [""; 0]
        );
        assert_eq!(problems("\u{feff}{}"), [""; 0]);
        assert_eq!(
            problems("[]"),
            ["1:1: registrations must be an object, not a list"]
        );
        assert_eq!(
            problems("{\n\"a.b\": 1}"),
            ["2:8: the versions of \"a.b\" must be an object, not a number"]
        );
        assert_eq!(
            problems("{\"a.b\": {\n\"01\": {\"server\": \"3\",\n\"sha256\": 1}}}"),
            [
                "2:7: version \"01\" of \"a.b\" isn't one: a declared version is a positive integer",
                "2:18: `server` of version \"01\" of \"a.b\" must be a positive integer",
                "3:11: `sha256` of version \"01\" of \"a.b\" must be a string",
            ]
        );
        let registration = r#"{"1": {"server": 3, "sha256": "x"}}"#;
        let twice = format!(
            "{{\"a.b\": {registration},\n\"a.b\": {}}}",
            registration.replace("\"1\"", "\"2\"")
        );
        assert_eq!(
            problems(&twice),
            ["2:8: registrations has \"a.b\" twice: put both into one"]
        );
        assert_eq!(
            problems("{\n<<<<<<< HEAD\n"),
            ["2:1: a merge conflict isn't resolved: `<<<<<<< HEAD`"]
        );
    }
}
