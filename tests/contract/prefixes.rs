//! Groups flattened under a prefix, and groups that may be missing.

use audit_core::schema::record::MAGIC;
use audit_core::schema::record::read::read;
use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Limit, Text};
use serde_json::{Value, json};

use crate::fixtures::{Team, User, broken, context, metadata, repeated, team, user};

#[derive(AuditValue, Clone, Copy)]
#[audit(rename_all = "snake_case")]
enum Currency {
    Eur,
    Usd,
}

#[derive(AuditMetadata, Clone)]
struct Price {
    /// In cents.
    amount: u32,
    currency: Currency,
    note: Option<String>,
}

#[derive(AuditMetadata, Clone)]
struct Period {
    #[audit(flatten, prefix = "from_")]
    from: Price,
    #[audit(flatten, prefix = "to-")]
    to: Option<Price>,
    #[audit(truncate = 4)]
    label: String,
}

#[derive(AuditMetadata)]
struct Page<T> {
    #[audit(flatten, prefix = "in_")]
    inner: T,
}

type MaybeAmount = Option<Price>;

#[derive(AuditEvent)]
#[audit(action = "suite.prefixes", version = 1)]
struct Prefixes {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    amount: bool,
    #[audit(flatten, prefix = "billed_")]
    billed: Price,
    #[audit(flatten, prefix = "paid_")]
    paid: Option<Price>,
    #[audit(flatten, prefix = "Z")]
    period: Period,
}

#[derive(AuditEvent)]
#[audit(action = "suite.optional_group", version = 1, actor = Actor)]
struct OptionalGroup {
    #[audit(target)]
    team: Team,
    #[audit(flatten)]
    amount: Option<Price>,
    #[audit(flatten, prefix = "alias_")]
    alias: MaybeAmount,
    #[audit(flatten)]
    page: Page<Price>,
}

#[derive(AuditEntity)]
#[audit(type = "invoice")]
struct Invoice {
    #[audit(id)]
    id: u8,
    #[audit(flatten)]
    amount: Option<Price>,
    #[audit(flatten)]
    period: Period,
}

#[derive(AuditEvent)]
#[audit(action = "suite.prefixed_target", version = 1, actor = Actor)]
struct PrefixedTarget {
    #[audit(target)]
    invoice: Invoice,
}

#[derive(AuditMetadata)]
struct Bounded {
    id: Text<3>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.bounded_groups", version = 1)]
struct BoundedGroups<'a> {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(flatten, prefix = "before_")]
    before: &'a Bounded,
    #[audit(flatten, prefix = "after_")]
    after: Option<Bounded>,
}

fn amount(note: Option<&str>) -> Price {
    Price {
        amount: 5,
        currency: Currency::Eur,
        note: note.map(ToOwned::to_owned),
    }
}

fn period(label: &str, to: Option<Price>) -> Period {
    Period {
        from: amount(None),
        to,
        label: label.into(),
    }
}

fn prefixes(billed: Price, paid: Option<Price>, period: Period) -> Prefixes {
    Prefixes {
        user: user(),
        team: team(),
        amount: true,
        billed,
        paid,
        period,
    }
}

#[test]
fn keys_have_their_prefixes() {
    let tricky = r#"a "quoted", \ one: {"x":1}, "#;
    let event = prefixes(
        amount(Some(tricky)),
        Some(Price {
            currency: Currency::Usd,
            ..amount(Some(""))
        }),
        period("ab", Some(amount(None))),
    );
    let expected = json!({
        "amount": true,
        "billed_amount": 5, "billed_currency": "eur", "billed_note": tricky,
        "paid_amount": 5, "paid_currency": "usd", "paid_note": "",
        "Zfrom_amount": 5, "Zfrom_currency": "eur",
        "Zto-amount": 5, "Zto-currency": "eur",
        "Zlabel": "ab",
    });
    assert_eq!(
        metadata(&event.try_into_event(context()).expect("it is valid")),
        expected
    );
}

#[test]
fn the_builder_takes_groups() {
    let built = Prefixes::builder()
        .user(user())
        .team(team())
        .amount(true)
        .billed(amount(None))
        .period(period("", None))
        .context(context())
        .try_build()
        .expect("an optional group needn't be set");
    let expected = json!({
        "amount": true, "billed_amount": 5, "billed_currency": "eur",
        "Zfrom_amount": 5, "Zfrom_currency": "eur", "Zlabel": "",
    });
    assert_eq!(metadata(&built), expected);
    for (paid, is_there) in [(Some(amount(None)), true), (None, false)] {
        let builder = Prefixes::builder()
            .user(user())
            .team(team())
            .amount(true)
            .billed(amount(None))
            .maybe_paid(paid);
        let built = builder
            .period(period("", None))
            .context(context())
            .try_build()
            .expect("it is valid");
        assert_eq!(metadata(&built).get("paid_amount").is_some(), is_there);
    }
    let builder = Prefixes::builder()
        .user(user())
        .team(team())
        .amount(true)
        .billed(amount(None))
        .paid(amount(None));
    assert!(
        builder
            .period(period("", None))
            .context(context())
            .try_build()
            .is_ok()
    );
}

#[test]
fn a_group_that_is_missing_has_no_keys() {
    let page = || Page {
        inner: amount(None),
    };
    let event = OptionalGroup {
        team: team(),
        amount: None,
        alias: None,
        page: page(),
    };
    let of = |event: OptionalGroup| {
        metadata(
            &event
                .try_into_event_with_actor(&Actor::new("system", "cron"), context())
                .expect("it is valid"),
        )
    };
    assert_eq!(of(event), json!({"in_amount": 5, "in_currency": "eur"}));
    let event = OptionalGroup {
        team: team(),
        amount: Some(amount(None)),
        alias: Some(amount(Some("n"))),
        page: page(),
    };
    let expected = json!({
        "amount": 5, "currency": "eur",
        "alias_amount": 5, "alias_currency": "eur", "alias_note": "n",
        "in_amount": 5, "in_currency": "eur",
    });
    assert_eq!(of(event), expected);
}

/// An entity's groups may be missing, too, and hold groups with prefixes.
#[test]
fn an_entity_has_whole_keys() {
    let long = repeated('ü', 501);
    let invoice = |amount, to| Invoice {
        id: 1,
        amount,
        period: period("", to),
    };
    let event = PrefixedTarget {
        invoice: invoice(None, Some(amount(None))),
    };
    let event = event
        .try_into_event_with_actor(&Actor::new("system", "cron"), context())
        .expect("it is valid");
    let expected = json!({"from_amount": 5, "from_currency": "eur", "to-amount": 5, "to-currency": "eur", "label": ""});
    assert_eq!(event.to_value()["targets"][0]["metadata"], expected);
    let event = PrefixedTarget {
        invoice: invoice(Some(amount(Some(&long))), Some(amount(Some(&long)))),
    };
    let paths = ["/targets/0/metadata/note", "/targets/0/metadata/to-note"];
    let expected = paths.map(|path| (path.to_owned(), Limit::Characters(500)));
    assert_eq!(
        broken(event.try_into_event_with_actor(&Actor::new("system", "cron"), context())),
        expected
    );
}

fn keys(schema: &str) -> (Vec<String>, Vec<String>) {
    let body: Value = serde_json::from_str(schema).expect("it is JSON");
    let properties = body["metadata"]["properties"]
        .as_object()
        .expect("there are keys")
        .keys()
        .cloned()
        .collect();
    let required = body["metadata"]["required"]
        .as_array()
        .expect("some are required");
    (
        properties,
        required
            .iter()
            .filter_map(|key| Some(key.as_str()?.to_owned()))
            .collect(),
    )
}

#[test]
fn the_schema_lists_whole_keys() {
    let (properties, required) = keys(Prefixes::SCHEMA_JSON);
    let expected = [
        "Zfrom_amount",
        "Zfrom_currency",
        "Zfrom_note",
        "Zlabel",
        "Zto-amount",
        "Zto-currency",
        "Zto-note",
        "amount",
        "billed_amount",
        "billed_currency",
        "billed_note",
        "paid_amount",
        "paid_currency",
        "paid_note",
    ];
    assert_eq!(properties, expected);
    let expected = [
        "Zfrom_amount",
        "Zfrom_currency",
        "Zlabel",
        "amount",
        "billed_amount",
        "billed_currency",
    ];
    assert_eq!(required, expected);
    let (_, required) = keys(OptionalGroup::SCHEMA_JSON);
    assert_eq!(required, ["in_amount", "in_currency"]);
    assert!(Prefixes::SCHEMA_JSON.contains(
        "\n      \"billed_currency\": {\"enum\": [\"eur\", \"usd\"], \"type\": \"string\"},"
    ));
}

#[test]
fn paths_have_whole_keys() {
    let long = repeated('ü', 501);
    let (billed, to) = (amount(Some(&long)), amount(Some(&long)));
    let event = prefixes(billed, None, period("", Some(to))).try_into_event(context());
    let expected = [
        ("/metadata/billed_note".to_owned(), Limit::Characters(500)),
        ("/metadata/Zto-note".to_owned(), Limit::Characters(500)),
    ];
    assert_eq!(broken(event), expected);
    let event = prefixes(amount(None), None, period("abcde", None))
        .try_into_event(context())
        .expect("it is cut");
    assert_eq!(event.truncated(), ["/metadata/Zlabel"]);
    assert_eq!(metadata(&event)["Zlabel"], "abc…");
}

#[test]
fn groups_that_fit_prove_it() {
    let id = |id: &str| Bounded {
        id: Text::truncated(id),
    };
    let before = id("b");
    let event = BoundedGroups::builder()
        .user(user())
        .team(team())
        .before(&before)
        .after(id("a"))
        .context(context())
        .build();
    assert_eq!(metadata(&event), json!({"before_id": "b", "after_id": "a"}));
    let event = BoundedGroups {
        user: user(),
        team: team(),
        before: &before,
        after: None,
    }
    .into_event(context());
    assert_eq!(metadata(&event), json!({"before_id": "b"}));
}

/// What the tools read: the record in this very program.
#[test]
fn the_record_has_whole_keys() {
    let program = std::fs::read(std::env::current_exe().expect("it runs")).expect("it can be read");
    let begins = program
        .windows(MAGIC.len())
        .enumerate()
        .filter(|(_, window)| *window == MAGIC)
        .map(|(at, _)| at);
    let mut events = begins.filter_map(|at| Some(read(&program[at..]).ok()?.0));
    let event = events
        .find(|event| event.action == Prefixes::ACTION)
        .expect("its record is in the program");
    let fields: Vec<(&str, bool)> = event
        .metadata
        .iter()
        .map(|field| (field.key.as_str(), field.optional))
        .collect();
    let (properties, required) = keys(Prefixes::SCHEMA_JSON);
    let expected: Vec<(&str, bool)> = properties
        .iter()
        .map(|key| (key.as_str(), !required.contains(key)))
        .collect();
    assert_eq!(fields, expected);
    let billed = event
        .metadata
        .iter()
        .find(|field| field.key == "billed_amount")
        .expect("it has the key");
    assert_eq!(
        (billed.rust_name.as_str(), billed.docs.as_str()),
        ("amount", "In cents.")
    );
    assert!(billed.source.file.ends_with("prefixes.rs") && billed.source.line > 0);
    let paid = event
        .metadata
        .iter()
        .find(|field| field.key == "paid_currency")
        .expect("it has the key");
    assert_eq!(paid.values.as_ref().map(Vec::len), Some(2));
}
