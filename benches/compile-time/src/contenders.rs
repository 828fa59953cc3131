//! The same events, written for each contender. `{N}` is the event's number.

/// What a user could write instead.
pub struct Contender {
    /// What it is called in tables.
    pub name: &'static str,
    /// Lines of `[dependencies]`; `{CORE}` is the folder of `audit-core`.
    pub dependencies: &'static str,
    /// The module that all events use.
    pub shared: &'static str,
    /// The module of one event.
    pub event: &'static str,
}

/// All of them, ours last.
pub const CONTENDERS: &[Contender] = &[
    Contender {
        name: "serde-schemars",
        dependencies: "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nschemars = \"1.2\"\n",
        shared: include_str!("contenders/serde_schemars/shared.rs"),
        event: include_str!("contenders/serde_schemars/event.rs"),
    },
    Contender {
        name: "serde-schemars-bon-garde",
        dependencies: "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nschemars = \"1.2\"\nbon = \"3.10\"\n\
                       garde = { version = \"0.23\", features = [\"derive\"] }\n",
        shared: include_str!("contenders/stack/shared.rs"),
        event: include_str!("contenders/stack/event.rs"),
    },
    Contender {
        name: "audit",
        dependencies: "audit-core = { path = \"{CORE}\" }\n",
        shared: include_str!("contenders/audit/shared.rs"),
        event: include_str!("contenders/audit/event.rs"),
    },
];
