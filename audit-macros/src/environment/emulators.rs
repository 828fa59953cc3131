//! Which environments are emulators: those of `schemas/audit.toml` that are asked over plain HTTP.

use std::io;
use std::path::Path;

use super::files::Cache;
use super::toml;
use audit_rules::folder::CONFIG as MARK;

/// Whether there are environments, and all of them are emulators. Only what an error says depends on it.
pub fn are_all(folder: &Path, environments: &[&str]) -> bool {
    static KNOWN: Cache<Vec<String>> = Cache::new();
    if environments.is_empty() {
        return false;
    }
    let read = |bytes: &[u8]| Ok::<_, io::Error>(emulators(&String::from_utf8_lossy(bytes)));
    let Ok(Some(known)) = KNOWN.get(&folder.join(MARK), read) else {
        return false;
    };
    environments
        .iter()
        .all(|environment| known.iter().any(|name| name == environment))
}

fn emulators(settings: &str) -> Vec<String> {
    let name = |entry: toml::Entry| match <[String; 3]>::try_from(entry.path) {
        Ok([table, name, key]) if table == "environments" && key == "url" => {
            entry.string?.starts_with("http://").then_some(name)
        }
        _ => None,
    };
    toml::read(settings).into_iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::emulators;

    #[test]
    fn what_is_asked_over_plain_http() {
        let settings = "evolution = \"full\"\n[environments.production]\nurl = \"https://api.workos.com\"\n\
                        [environments.local]\napi-key-env = \"KEY\"\nurl = \"http://127.0.0.1:4010\"\n\
                        [environments]\nci = { url = \"http://emulator\" }\n[other.url]\nurl = \"http://no\"\n";
        assert_eq!(emulators(settings), ["local", "ci"]);
    }
}
