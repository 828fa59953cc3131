//! What is broken, one thing at a time: the file, the text, what stands there instead, and the one error that follows.

pub struct Break {
    pub file: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub code: &'static str,
    /// The file and the line where the error stands, if not where the text was replaced.
    pub at: Option<(&'static str, &'static str)>,
}

const fn of(file: &'static str, from: &'static str, to: &'static str, code: &'static str) -> Break {
    Break {
        file,
        from,
        to,
        code,
        at: None,
    }
}

/// A type that loses what an event needs of it: the event's field has the error.
const fn lost(
    file: &'static str,
    from: &'static str,
    to: &'static str,
    code: &'static str,
    at: &'static str,
) -> Break {
    Break {
        file,
        from,
        to,
        code,
        at: Some(("events", at)),
    }
}

pub const BREAKS: &[Break] = &[
    // An event's attributes.
    of(
        "events",
        "action = \"user.signed_in\"",
        "action = \"signed in\"",
        "A0106",
    ),
    of(
        "events",
        "action = \"user.signed_in\"",
        "acton = \"user.signed_in\"",
        "A0101",
    ),
    of(
        "events",
        "action = \"user.signed_in\", version = 1",
        "action = \"user.signed_in\", version = 0",
        "A0107",
    ),
    of(
        "events",
        "action = \"user.signed_in\", version = 1",
        "action = \"user.signed_in\", version = ",
        "A0105",
    ),
    of(
        "events",
        "version = 1, actor = Admin",
        "version = 1, version = 1, actor = Admin",
        "A0102",
    ),
    // An event's fields.
    of(
        "events",
        "pub mfa: bool",
        "#[audit(max_len = 5)] pub mfa: bool",
        "A0206",
    ),
    of(
        "events",
        "pub mfa: bool",
        "#[audit(rename = \"m f a\")] pub mfa: bool",
        "A0203",
    ),
    of(
        "events",
        "pub mfa: bool",
        "#[audit(rename = \"method\")] pub mfa: bool",
        "A0204",
    ),
    of(
        "events",
        "pub mfa: bool",
        "#[audit(rename)] pub mfa: bool",
        "A0105",
    ),
    of(
        "events",
        "#[audit(truncate)]",
        "#[audit(truncate = 501)]",
        "A0205",
    ),
    of("events", "#[audit(truncate)]", "#[audit(truncat)]", "A0101"),
    of(
        "events",
        "#[audit(display)]",
        "#[audit(display, skip)]",
        "A0109",
    ),
    of(
        "events",
        "#[audit(skip)]",
        "#[audit(skip, flatten)]",
        "A0103",
    ),
    of("events", "#[audit(skip)]", "#[audit(skpi)]", "A0101"),
    of("events", "#[audit(actor)]", "#[audit(aktor)]", "A0101"),
    of(
        "events",
        "#[audit(occurred_at)]",
        "#[audit(ocurred_at)]",
        "A0101",
    ),
    // Types that lose what an event needs of them.
    lost(
        "values",
        "#[derive(Clone, Copy, AuditValue)]\npub struct Attempt",
        "#[derive(Clone, Copy)]\npub struct Attempt",
        "A0301",
        "pub attempt: ",
    ),
    lost(
        "values",
        "#[derive(AuditMetadata)]\npub struct Client",
        "pub struct Client",
        "A0303",
        "pub client: ",
    ),
    lost(
        "values",
        "impl std::fmt::Display for Reason",
        "trait Other {}\n#[cfg(any())]\nimpl Other for Reason",
        "A0320",
        "pub reason: ",
    ),
    lost(
        "values",
        "impl From<Seconds> for Timestamp",
        "#[cfg(any())]\nimpl From<Seconds> for Timestamp",
        "A0321",
        "pub at: ",
    ),
    lost(
        "entities",
        "#[derive(AuditEntity)]\n#[audit(type = \"room\")]\npub struct Room {\n    #[audit(id)]",
        "pub struct Room {",
        "A0302",
        "pub room: ",
    ),
    lost(
        "entities",
        "#[derive(AuditEntity)]\n#[audit(type = \"admin\")]\npub struct Admin {\n    #[audit(id)]",
        "pub struct Admin {",
        "A0302",
        "actor = Admin",
    ),
    // Entities.
    of("entities", "type = \"user\"", "typ = \"user\"", "A0101"),
    of("entities", "type = \"user\"", "type = \"\"", "A0105"),
    of("entities", "#[audit(name)]", "#[audit(nam)]", "A0101"),
    of(
        "entities",
        "#[audit(metadata)]",
        "#[audit(metadata, rename = \"\")]",
        "A0203",
    ),
    of(
        "entities",
        "    pub last_method: Method",
        "    pub last_method: Method, #[audit(metadata)] last: crate::values::Foreign",
        "A0301",
    ),
    of(
        "entities",
        "    pub name: Option<String>",
        "    pub name: Option<String>, #[audit(metadata, display, truncate)] last: crate::values::Foreign",
        "A0320",
    ),
    of(
        "entities",
        "    #[audit(type = \"system\", id = \"scheduler\")]\n    Scheduler",
        "    Scheduler",
        "A0315",
    ),
    of(
        "entities",
        "    User(User),",
        "    User(User), Nobody { user: User, admin: Admin },",
        "A0315",
    ),
    of(
        "entities",
        "    User(User),",
        "    User(User), Foreign(crate::values::Foreign),",
        "A0302",
    ),
    // Values and groups.
    of(
        "values",
        "rename_all = \"snake_case\"",
        "rename_all = \"snake\"",
        "A0108",
    ),
    of(
        "values",
        "    SingleSignOn,",
        "    #[audit(rename = \"password\")] SingleSignOn,",
        "A0208",
    ),
    of(
        "values",
        "    SingleSignOn,",
        "    SingleSignOn, Other(u8),",
        "A0315",
    ),
    of("values", "max_len = 2", "max_len = 0", "A0205"),
    of(
        "values",
        "    pub trace: ",
        "    #[audit(rename = \"port\")] pub trace: ",
        "A0204",
    ),
    of(
        "values",
        "    pub port: Port,",
        "    #[audit(target)] pub port: Port,",
        "A0110",
    ),
    lost(
        "values",
        "    pub client: Text<20>,",
        "    #[audit(rename = \"mfa\")] pub client: Text<20>,",
        "A0204",
        "pub client: ",
    ),
];
