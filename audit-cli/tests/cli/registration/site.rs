//! A folder of schemas, and the environments that `audit.toml` names: emulators, asked over HTTP.

use std::collections::BTreeMap;
use std::process::Command;

use audit_emulator::Emulator;
use serde_json::Value;

use crate::support::{Project, Run, program};

/// A folder and its environments.
pub struct Site {
    pub project: Project,
    pub environments: BTreeMap<&'static str, Emulator>,
}

impl Site {
    /// One environment, `production`.
    pub fn new() -> Self {
        Self::of(&["production"])
    }

    pub fn of(names: &[&'static str]) -> Self {
        Self::with(names.iter().map(|name| (*name, start(Emulator::builder()))))
    }

    pub fn with(environments: impl IntoIterator<Item = (&'static str, Emulator)>) -> Self {
        let site = Self {
            project: Project::new(),
            environments: environments.into_iter().collect(),
        };
        let tables = site
            .environments
            .iter()
            .map(|(name, emulator)| table(name, emulator.url()));
        site.project
            .write("schemas/audit.toml", &tables.collect::<String>());
        site
    }

    /// The environment of that name.
    pub fn at(&self, name: &str) -> &Emulator {
        &self.environments[name]
    }

    pub fn production(&self) -> &Emulator {
        self.at("production")
    }

    /// Writes a schema as `export` does: one target, these string keys, all required.
    pub fn write(&self, action: &str, version: u32, keys: &[&str]) {
        self.project
            .write(&format!("schemas/{action}/v{version}.json"), &body(keys));
    }

    /// The program with the keys in its environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut program = program(&self.project.path(""));
        program.args(args);
        for (name, emulator) in &self.environments {
            program.env(variable(name), emulator.api_key());
        }
        program
    }

    pub fn run(&self, args: &[&str]) -> Run {
        let run = Run::of(self.command(args).output().expect("the program runs"));
        for emulator in self.environments.values() {
            assert!(
                !format!("{run:?}").contains(emulator.api_key()),
                "the key is shown: {run:?}"
            );
        }
        run
    }

    pub fn plan(&self) -> Run {
        self.run(&["plan", "--env", "production"])
    }

    pub fn push(&self) -> Run {
        self.run(&["push", "--env", "production", "--yes"])
    }

    pub fn registrations(&self, environment: &str) -> Value {
        let text = self
            .project
            .read(&format!("schemas/registrations/{environment}.json"));
        serde_json::from_str(&text).expect("registrations")
    }

    /// The server version of each declared one of an action.
    pub fn server(&self, action: &str, version: u32) -> Option<u64> {
        self.registrations("production")[action][version.to_string()]["server"].as_u64()
    }
}

pub fn table(name: &str, url: &str) -> String {
    format!(
        "[environments.{name}]\napi-key-env = {:?}\nurl = {url:?}\n",
        variable(name)
    )
}

pub fn variable(name: &str) -> String {
    format!("KEY_OF_{}", name.to_uppercase())
}

/// The canonical body with these required strings.
pub fn body(keys: &[&str]) -> String {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    let properties: Vec<_> = keys
        .iter()
        .map(|key| format!("\n      {key:?}: {{\"type\": \"string\"}}"))
        .collect();
    let (properties, required) = if keys.is_empty() {
        ("}".to_owned(), String::new())
    } else {
        (
            format!("{}\n    }}", properties.join(",")),
            format!(", \"required\": {keys:?}"),
        )
    };
    format!(
        "{{\n  \"actor\": {{\"metadata\": {{\"additionalProperties\": false, \"properties\": {{}}, \"type\": \"object\"}}}},\n  \
         \"metadata\": {{\"additionalProperties\": false, \"properties\": {{{properties}{required}, \"type\": \"object\"}},\n  \
         \"targets\": [\n    {{\"metadata\": {{\"additionalProperties\": false, \"properties\": {{}}, \"type\": \"object\"}}, \"type\": \"team\"}}\n  ]\n}}\n"
    )
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// An emulator lives on a thread of its own: only its start is waited for.
pub fn start(builder: audit_emulator::Builder) -> Emulator {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(builder.start()).expect("an emulator")
}

/// How many requests of a method there were.
pub fn count(emulator: &Emulator, method: &str) -> usize {
    emulator
        .requests()
        .iter()
        .filter(|request| request.method == method)
        .count()
}
