//! The same events, written for each contender. `{N}` is the event's number.

/// What a user could write instead.
pub struct Contender {
    /// What its folders are called.
    pub name: &'static str,
    /// What it is called in tables.
    pub title: &'static str,
    /// Lines of `[dependencies]`; `{CORE}` is the folder of `audit-core`.
    pub dependencies: &'static str,
    /// The module that all events use.
    pub shared: &'static str,
    /// The module of one event.
    pub event: &'static str,
}

macro_rules! contender {
    ($name:literal, $title:literal, $folder:literal, [$($dependency:literal),*]) => {
        Contender {
            name: $name,
            title: $title,
            dependencies: concat!($($dependency, "\n"),*),
            shared: include_str!(concat!("contenders/", $folder, "/shared.rs")),
            event: include_str!(concat!("contenders/", $folder, "/event.rs")),
        }
    };
}

/// The structs alone: what no derive can be cheaper than.
pub const PLAIN: Contender = contender!("plain", "plain structs", "plain", []);

/// Serialized, and nothing else.
pub const SERDE: Contender = contender!(
    "serde",
    "serde",
    "serde",
    [
        r#"serde = { version = "1", features = ["derive"] }"#,
        r#"serde_json = "1""#
    ]
);

/// Serialized, with a schema.
pub const SCHEMARS: Contender = contender!(
    "serde-schemars",
    "serde + schemars",
    "serde_schemars",
    [
        r#"serde = { version = "1", features = ["derive"] }"#,
        r#"serde_json = "1""#,
        r#"schemars = "1.2""#
    ]
);

/// Serialized, with a schema, a builder and limits.
pub const STACK: Contender = contender!(
    "serde-schemars-bon-garde",
    "serde + schemars + bon + garde (the stack)",
    "stack",
    [
        r#"serde = { version = "1", features = ["derive"] }"#,
        r#"serde_json = "1""#,
        r#"schemars = "1.2""#,
        r#"bon = "3.10""#,
        r#"garde = { version = "0.23", features = ["derive"] }"#
    ]
);

/// Ours: all of that, and the comparison with committed schemas.
pub const AUDIT: Contender = contender!(
    "audit",
    "audit-core",
    "audit",
    [r#"audit-core = { path = "{CORE}" }"#]
);

/// The same with the times of another crate.
pub const AUDIT_WITH_JIFF: Contender = contender!(
    "audit-with-jiff",
    "audit-core with jiff",
    "audit",
    [r#"audit-core = { path = "{CORE}", features = ["jiff"] }"#]
);

/// The same without builders: events are struct literals.
pub const AUDIT_LITERALS: Contender = Contender {
    name: "audit-literals",
    title: "audit-core, `builder = false`",
    event: include_str!("contenders/audit/literal.rs"),
    ..AUDIT
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The metadata fields, without what the contender's derives want beside them.
    fn fields(event: &str) -> Vec<&str> {
        let lines = event
            .lines()
            .skip_while(|line| !line.starts_with("pub struct"))
            .skip(1)
            .take_while(|line| *line != "}");
        lines
            .filter(|line| !line.contains("(actor)") && !line.contains("(target)"))
            .filter_map(|line| line.split("pub ").nth(1))
            .collect()
    }

    #[test]
    fn the_same_struct_everywhere() {
        assert_eq!(fields(PLAIN.event).len(), 12);
        for contender in [SERDE, SCHEMARS, STACK, AUDIT, AUDIT_LITERALS] {
            assert_eq!(
                fields(contender.event),
                fields(PLAIN.event),
                "{}",
                contender.title
            );
        }
    }
}
