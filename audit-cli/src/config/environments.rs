//! `[environments.NAME]`: where schemas are registered, and which variable holds the key. Never the key itself.

use std::net::Ipv4Addr;

use http::Uri;
use http::uri::Authority;

use crate::names::{Environment, NAME, is_environment};
use crate::toml_reader::{Problem, Value, keep};

/// Where the service is.
pub const SERVICE: &str = "https://api.workos.com";

const EXAMPLE: &str = "{ production = { api-key-env = \"WORKOS_API_KEY\" } }";
const KEY_EXAMPLE: &str = "\"WORKOS_API_KEY\"";
const URL_EXAMPLE: &str = "\"https://api.workos.com\"";

pub fn read(value: &Value<'_>, problems: &mut Vec<Problem>) -> Vec<Environment> {
    let table = keep(value.table("", "a table", EXAMPLE), problems);
    let values = table.map(|mut table| table.rest()).unwrap_or_default();
    values
        .iter()
        .filter_map(|value| one(value, problems))
        .collect()
}

fn one(value: &Value<'_>, problems: &mut Vec<Problem>) -> Option<Environment> {
    let table = value.table(
        &format!("the environment `{}`", value.name.escape_debug()),
        "a table",
        "{ api-key-env = \"…\" }",
    );
    let mut table = keep(table, problems)?;
    let name = keep(name(value), problems);
    let api_key_env = table.require("api-key-env", KEY_EXAMPLE, problems, variable);
    let url = table.read("url", problems, url);
    table.finish("setting", problems);
    Some(Environment {
        name: name?,
        api_key_env: api_key_env?,
        url: url.unwrap_or_else(|| SERVICE.into()),
    })
}

fn name(value: &Value<'_>) -> Result<String, Problem> {
    let problem = || {
        value.problem(
            format!("invalid environment name `{}`", value.name.escape_debug()),
            NAME,
        )
    };
    is_environment(value.name)
        .then(|| value.name.to_owned())
        .ok_or_else(problem)
}

/// The name of a variable. Errors must not repeat a key.
fn variable(value: &Value<'_>) -> Result<String, Problem> {
    let text = value.text(KEY_EXAMPLE)?;
    if text.starts_with("sk_") {
        return Err(value.problem(
            "`api-key-env` is the name of an environment variable, but this looks like a key itself",
            "write the variable's name, for example `api-key-env = \"WORKOS_API_KEY\"`, and rotate the key",
        ));
    }
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let problem = || {
        value.problem(
            "`api-key-env` isn't the name of an environment variable",
            format!(
                "a name has letters, digits and `_`, for example `api-key-env = {KEY_EXAMPLE}`"
            ),
        )
    };
    is_name.then(|| text.to_owned()).ok_or_else(problem)
}

/// A key goes over the network encrypted, or not over it at all.
fn url(value: &Value<'_>) -> Result<String, Problem> {
    let text = value.text(URL_EXAMPLE)?;
    let example = format!("for example `url = {URL_EXAMPLE}`");
    let is_readable = text.starts_with("http://");
    if !is_readable && !text.starts_with("https://") {
        return Err(value.problem("`url` must begin with `https://`", example));
    }
    let uri = text.parse::<Uri>().ok();
    let authority = uri.as_ref().and_then(Uri::authority);
    if authority.is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(value.problem(
            "`url` can't hold a user or a password",
            "the API key identifies the client",
        ));
    }
    let Some(authority) = authority.filter(|authority| is_complete(authority) && is_plain(text))
    else {
        return Err(value.problem(
            "`url` is not a valid URL of a host, an optional port and a path",
            example,
        ));
    };
    if is_readable && !is_local(authority.host()) {
        return Err(value.problem(
            "`url` must begin with `https://`: the key would be readable on its way",
            "`http://` is for this machine and for names of a private network: localhost, 127.0.0.1, [::1], names without a dot, `*.internal`, `*.test`",
        ));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Whether nothing but a host, a port and a path is in a URL.
fn is_plain(text: &str) -> bool {
    text.is_ascii() && !text.contains(['?', '#', '%', '"'])
}

fn is_complete(authority: &Authority) -> bool {
    let host = authority.host();
    !host.is_empty() && (authority.as_str() == host || authority.port_u16().is_some())
}

fn is_local(host: &str) -> bool {
    let is_loopback = |address: Ipv4Addr| address.is_loopback();
    // A number may be any address.
    let is_name = host.starts_with(|c: char| c.is_ascii_alphabetic()) && !host.contains('.');
    let ends = [".localhost", ".internal", ".test"];
    host == "[::1]"
        || host.parse().is_ok_and(is_loopback)
        || is_name
        || ends.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    fn problem(text: &str) -> String {
        match Config::parse(&format!("[environments.staging]\n{text}")) {
            Ok(config) => format!("{:?}", config.environments),
            Err(problems) => {
                let said = problems
                    .into_iter()
                    .map(|problem| format!("{} ({})", problem.message, problem.help));
                said.collect::<Vec<_>>().join("\n")
            }
        }
    }

    #[test]
    fn reads_environments_in_the_order_of_the_file() {
        let text = "[environments.staging]\napi-key-env = \"STAGING\"\nurl = \"http://localhost:4010/\"\n\
                    [environments.production]\napi-key-env = \"WORKOS_API_KEY\"\n";
        let config = Config::parse(text).expect("settings");
        let of = |name: &str, variable: &str, url: &str| Environment {
            name: name.into(),
            api_key_env: variable.into(),
            url: url.into(),
        };
        assert_eq!(
            config.environments,
            [
                of("staging", "STAGING", "http://localhost:4010"),
                of("production", "WORKOS_API_KEY", SERVICE)
            ]
        );
    }

    #[test]
    fn a_key_in_the_file_is_refused_and_not_repeated() {
        let said = problem("api-key-env = \"sk_live_4711\"");
        assert!(
            said.contains("looks like a key itself") && !said.contains("4711"),
            "{said}"
        );
        let said = problem("api-key-env = \"4711 sk\"");
        assert!(
            said.contains("isn't the name of an environment variable") && !said.contains("4711"),
            "{said}"
        );
        let said = problem("api-key-env = \"KEY\"\nurl = \"https://user:4711@host\"");
        assert!(
            said.contains("can't hold a user or a password") && !said.contains("4711"),
            "{said}"
        );
    }

    #[test]
    fn a_key_isnt_sent_in_clear() {
        for url in [
            "http://api.workos.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://[fe80::1]:80",
            "http://127.0.0.1.example.com",
            "http://134744072",
            "http://0x08080808",
        ] {
            let said = problem(&format!("api-key-env = \"KEY\"\nurl = {url:?}"));
            assert!(said.contains("readable on its way"), "{url}: {said}");
        }
        for url in [
            "http://localhost",
            "http://127.0.0.1:4010",
            "http://[::1]:4010",
            "http://emulator:4010",
            "http://host.docker.internal",
            "https://10.0.0.1",
        ] {
            let said = problem(&format!("api-key-env = \"KEY\"\nurl = {url:?}"));
            assert!(said.contains("api_key_env: \"KEY\""), "{url}: {said}");
        }
    }

    #[test]
    fn says_what_isnt_as_it_should_be() {
        assert!(problem("").starts_with("the environment `staging` needs `api-key-env` ("));
        assert!(
            problem("api-key-env = \"K\"\nkey = 1")
                .starts_with("unknown setting `key` of the environment `staging` (")
        );
        for url in ["api.workos.com", "ftp://x", "HTTP://api.workos.com", ""] {
            assert!(
                problem(&format!("api-key-env = \"K\"\nurl = {url:?}")).starts_with("`url` "),
                "{url}"
            );
        }
        for url in [
            "https://",
            "https://:80",
            "https://a b",
            "https://a:99999",
            "https://a:",
            "http://evil%2ecom",
            "https://a?b",
            "https://a#b",
        ] {
            let said = problem(&format!("api-key-env = \"K\"\nurl = {url:?}"));
            assert!(
                said.starts_with("`url` is not a valid URL"),
                "{url}: {said}"
            );
        }
        let said = |text: &str| {
            Config::parse(text)
                .err()
                .map(|problems| problems[0].message.clone())
        };
        assert_eq!(
            said("[environments.\"a/b\"]\napi-key-env = \"K\""),
            Some("invalid environment name `a/b`".into())
        );
        assert_eq!(
            said("environments = 1"),
            Some("`environments` takes a table, not integer".into())
        );
        assert_eq!(
            said("environments.a = 1"),
            Some("`a` takes a table, not integer".into())
        );
    }
}
