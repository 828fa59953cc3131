//! `docs/audit-toml.md` and the settings agree.

use super::*;

/// `docs/audit-toml.md`
fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/audit-toml.md");
    std::fs::read_to_string(path)
        .expect("the page")
        .replace("\r\n", "\n")
}

#[test]
fn the_example_of_the_page_is_right_and_whole() {
    let page = page();
    let examples: Vec<_> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(text, _)| text)
        .collect();
    assert!(examples.len() > 1);
    for example in &examples {
        assert_eq!(problems(example), [""; 0], "{example}");
    }
    let config = Config::parse(examples[0]).expect("settings");
    assert_eq!(
        config.lints.len(),
        ALL.len(),
        "the first example sets all there is"
    );
    assert!(config.evolution != Evolution::default() && !config.waivers.is_empty());
}

#[test]
fn the_page_explains_every_setting() {
    let page = page();
    let mentions = |name: &str| page.contains(&format!("`{name}`"));
    for lint in ALL {
        assert!(
            page.contains(&format!("\n### `{}`\n", lint.code.name)),
            "{}",
            lint.code.name
        );
        if let Some(parameter) = &lint.parameter {
            assert!(mentions(parameter.name), "{}", parameter.name);
        }
    }
    let levels = lints::LEVELS.iter().map(|(name, _)| *name);
    for name in [
        "evolution",
        "packages",
        "exclude",
        "features",
        "all-features",
        "[lints]",
        "[[waivers]]",
        "level",
        "lint",
        "action",
        "key",
        "until",
        "reason",
    ]
    .into_iter()
    .chain(levels)
    .chain(VALUES.map(|(name, _)| name))
    {
        assert!(mentions(name), "{name}");
    }
    for code in [code::EXPIRED_WAIVER, code::UNUSED_WAIVER] {
        assert!(mentions(code.name), "{}", code.name);
    }
}
