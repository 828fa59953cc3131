//! Writes `registrations/<environment>.json`: after each success, so that an interrupted run can be continued.

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use audit_rules::registrations::{Registration, Registrations};
use serde_json::Value;

use crate::atomic;
use crate::failure::Failure;
use crate::store::Store;

/// The registrations of one environment.
#[derive(Debug)]
pub struct Recorder {
    path: PathBuf,
    /// What builds depend on where the file isn't there yet.
    tracked: PathBuf,
    registrations: Registrations,
}

impl Recorder {
    pub fn new(store: &Store, environment: &str) -> Self {
        let path = store.registrations_path(environment);
        let known = store.registrations.get(environment).cloned();
        let tracked = if store.index.is_some() {
            store.index_path()
        } else {
            store.config_path()
        };
        Self {
            path,
            tracked,
            registrations: known.unwrap_or_default(),
        }
    }

    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    pub fn registrations(&self) -> &Registrations {
        &self.registrations
    }

    /// Records which remote version stands for a declared one. Returns whether that is news.
    pub fn record(&mut self, action: &str, version: u32, registration: Registration) -> bool {
        let versions = self.registrations.entry(action.into()).or_default();
        versions.insert(version, registration.clone()) != Some(registration)
    }

    /// Replaces the file. One that is new makes builds look again.
    pub fn write(&self) -> Result<(), Failure> {
        let is_new = !self.path.exists();
        atomic::replace(&self.path, text(&self.registrations).as_bytes())?;
        if is_new {
            atomic::touch(&self.tracked);
        }
        Ok(())
    }
}

/// A version a line, sorted: two branches that register different actions merge.
pub fn text(registrations: &Registrations) -> String {
    let of_version = |(version, Registration { server, sha256 }): (&u32, &Registration)| {
        format!(
            "    \"{version}\": {{\"server\": {server}, \"sha256\": {}}}",
            Value::from(sha256.as_str())
        )
    };
    let of_action = |(action, versions): (&String, &BTreeMap<u32, Registration>)| {
        let versions: Vec<_> = versions.iter().map(of_version).collect();
        format!(
            "  {}: {{\n{}\n  }}",
            Value::from(action.as_str()),
            versions.join(",\n")
        )
    };
    let actions: Vec<_> = registrations
        .iter()
        .filter(|(_, versions)| !versions.is_empty())
        .map(of_action)
        .collect();
    if actions.is_empty() {
        "{}\n".into()
    } else {
        format!("{{\n{}\n}}\n", actions.join(",\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_written() {
        let mut registrations = Registrations::new();
        assert_eq!(text(&registrations), "{}\n");
        for (action, version, server) in [
            ("user.signed_in", 10, 4),
            ("user.signed_in", 2, 3),
            ("a.b", 1, 1),
        ] {
            let registration = Registration {
                server,
                sha256: format!("{server:064x}"),
            };
            registrations
                .entry(action.to_owned())
                .or_default()
                .insert(version, registration);
        }
        let written = text(&registrations);
        let sha256 = |server: u32| format!("{server:064x}");
        assert_eq!(
            written,
            format!(
                "{{\n  \"a.b\": {{\n    \"1\": {{\"server\": 1, \"sha256\": \"{}\"}}\n  }},\n  \"user.signed_in\": {{\n    \
                 \"2\": {{\"server\": 3, \"sha256\": \"{}\"}},\n    \"10\": {{\"server\": 4, \"sha256\": \"{}\"}}\n  }}\n}}\n",
                sha256(1),
                sha256(3),
                sha256(4)
            )
        );
        let again = audit_rules::registrations::read(written.as_bytes());
        assert_eq!(again, Ok(registrations));
    }
}
