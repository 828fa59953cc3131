//! Organizations are listed and made; their retention is set; links lead to them.

use crate::support::{ask, get, send};
use audit_emulator::Emulator;
use serde_json::{Value, json};

fn names(emulator: &Emulator, query: &str) -> (Vec<String>, Value) {
    let answer = get(emulator, &format!("/organizations?{query}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    let shown = answer.json();
    let names = shown["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect();
    (names, shown["list_metadata"].clone())
}

#[tokio::test]
async fn one_is_there_and_more_are_made() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(
        names(&emulator, ""),
        (
            vec!["Example".to_owned()],
            json!({"before": null, "after": null})
        )
    );
    assert_eq!(emulator.organization(), "org_01EHZNVPK3SFK441A1RGBFSHRT");
    for number in 0..3 {
        let body = json!({
            "name": format!("Acme {number}"),
            "external_id": format!("ours-{number}"),
            "metadata": {"tier": "gold"},
            "domain_data": [{"domain": format!("acme{number}.example"), "state": "verified"}],
        });
        let made = ask(&emulator, "POST", "/organizations", &body);
        assert_eq!(made.status, 201, "{made:?}");
        let shown = get(
            &emulator,
            &format!("/organizations/{}", made.json()["id"].as_str().unwrap()),
        );
        assert_eq!((shown.status, shown.json()), (200, made.json()));
        assert_eq!(
            made.json()["domains"][0]["domain"],
            format!("acme{number}.example")
        );
        assert_eq!(ask(&emulator, "POST", "/organizations", &body).status, 409);
    }
    assert_eq!(
        names(&emulator, "").0,
        ["Acme 2", "Acme 1", "Acme 0", "Example"]
    );
    assert_eq!(names(&emulator, "search=acME").0.len(), 3);
    assert_eq!(
        names(&emulator, "domains=acme1.example,ACME2.example").0,
        ["Acme 2", "Acme 1"]
    );
    let (first, cursors) = names(&emulator, "search=acme&limit=2");
    assert_eq!(first, ["Acme 2", "Acme 1"]);
    let (last, end) = names(
        &emulator,
        &format!(
            "search=acme&limit=2&after={}",
            cursors["after"].as_str().unwrap()
        ),
    );
    assert_eq!(
        (last, &end["after"]),
        (vec!["Acme 0".to_owned()], &Value::Null)
    );
}

#[tokio::test]
async fn a_bad_one_is_refused() {
    let emulator = Emulator::start().await.unwrap();
    for body in [
        json!({}),
        json!({"name": ""}),
        json!({"name": "a", "metadata": {"a": 1}}),
        json!({"name": "a", "domain_data": [{}]}),
        json!([]),
    ] {
        assert_eq!(
            ask(&emulator, "POST", "/organizations", &body).status,
            422,
            "{body}"
        );
    }
    let unknown = "/organizations/org_01EHQMYV6MBK39QC5PZXHY59C3";
    for path in [
        unknown.to_owned(),
        format!("{unknown}/audit_logs_retention"),
        format!("{unknown}/audit_log_configuration"),
    ] {
        let answer = get(&emulator, &path);
        let message = "Organization not found: 'org_01EHQMYV6MBK39QC5PZXHY59C3'.";
        assert_eq!(
            (answer.status, answer.json()),
            (404, json!({"message": message}))
        );
    }
}

#[tokio::test]
async fn one_is_found_by_the_customers_id_changed_and_removed() {
    let emulator = Emulator::start().await.unwrap();
    let create = |body: Value| ask(&emulator, "POST", "/organizations", &body).json();
    let made = create(json!({
        "name": "Acme", "external_id": "ours/1", "metadata": {"tier": "gold", "seats": "3"},
        "domain_data": [{"domain": "a.example", "state": "verified"}, {"domain": "b.example", "state": null}],
    }));
    create(json!({"name": "Other", "external_id": "ours-2"}));
    let path = format!("/organizations/{}", made["id"].as_str().unwrap());
    assert_eq!(
        get(&emulator, "/organizations/external_id/ours%2F1").json(),
        made
    );
    assert_eq!(
        get(&emulator, "/organizations/external_id/none").status,
        404
    );

    emulator.advance(std::time::Duration::from_secs(1));
    let put = |body: Value| ask(&emulator, "PUT", &path, &body);
    let mut expected = made.clone();
    for (body, changed) in [
        (json!({"name": "Acme Corp"}), json!({"name": "Acme Corp"})),
        (json!({"name": null, "domain_data": null}), json!({})),
        (
            json!({"metadata": {"seats": "4", "tier": null, "plan": "b"}}),
            json!({"metadata": {"seats": "4", "plan": "b"}}),
        ),
        (json!({"metadata": null}), json!({"metadata": {}})),
        (json!({"external_id": null}), json!({"external_id": null})),
        (
            json!({"external_id": "ours-3"}),
            json!({"external_id": "ours-3"}),
        ),
    ] {
        let answer = put(body.clone());
        expected
            .as_object_mut()
            .unwrap()
            .extend(changed.as_object().unwrap().clone());
        expected["updated_at"] = answer.json()["updated_at"].clone();
        assert_eq!(
            (answer.status, answer.json()),
            (200, expected.clone()),
            "{body}"
        );
        assert_eq!(get(&emulator, &path).json(), expected);
    }
    assert_ne!(expected["updated_at"], made["updated_at"]);
    let domains = put(json!({"domain_data": [{"domain": "c.example"}, {"domain": "b.example", "state": "verified"}]})).json();
    let named: Vec<_> = domains["domains"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["domain"], &one["state"]))
        .collect();
    assert_eq!(
        named,
        [
            (&json!("b.example"), &json!("verified")),
            (&json!("c.example"), &json!("pending"))
        ]
    );
    assert_eq!(
        domains["domains"][0]["id"], made["domains"][1]["id"],
        "one that stays keeps its id"
    );

    assert_eq!(put(json!({"external_id": "ours-2"})).status, 409);
    for body in [
        json!({"name": ""}),
        json!({"metadata": {"a": 1}}),
        json!({"domain_data": {}}),
        json!([]),
    ] {
        assert_eq!(put(body.clone()).status, 422, "{body}");
    }
    let removed = ask(&emulator, "DELETE", &path, &Value::Null);
    assert_eq!((removed.status, removed.text.as_str()), (202, ""));
    assert_eq!(get(&emulator, &path).status, 404);
    assert_eq!(put(json!({"name": "Acme"})).status, 404);
    assert_eq!(ask(&emulator, "DELETE", &path, &Value::Null).status, 404);
    assert_eq!(
        create(json!({"name": "Again", "external_id": "ours-3"}))["name"],
        "Again"
    );
}

#[tokio::test]
async fn a_key_makes_one_organization() {
    let emulator = Emulator::start().await.unwrap();
    let key = format!("Bearer {}", emulator.api_key());
    let create = |idempotency_key: &str, body: Value| {
        let headers = [
            ("authorization", key.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", idempotency_key),
        ];
        let answer = send(
            &emulator,
            "POST",
            "/organizations",
            &headers,
            &body.to_string(),
        )
        .unwrap();
        (answer.status, answer.json())
    };
    let made = create("k", json!({"name": "Acme"}));
    assert_eq!(made.0, 201);
    assert_eq!(create("k", json!({"name": "Acme"})), made);
    let refused = create("other", json!({}));
    assert_eq!(
        (refused.0, &create("other", json!({"name": "Acme"}))),
        (422, &refused)
    );
    assert_eq!(names(&emulator, "").0, ["Acme", "Example"]);
    assert_eq!(create(&"k".repeat(256), json!({"name": "Acme"})).0, 400);
    // The same key with an event is another one.
    crate::support::register(&emulator);
    assert_eq!(
        crate::support::send_event(&emulator, "k", &crate::support::event(&emulator)).json(),
        json!({"success": true})
    );
    emulator.advance(std::time::Duration::from_hours(25));
    assert_ne!(create("k", json!({"name": "Acme"})), made);
}

#[tokio::test]
async fn retention_is_set_and_shown_in_the_configuration() {
    let emulator = Emulator::start().await.unwrap();
    let organization = format!("/organizations/{}", emulator.organization());
    let retention = format!("{organization}/audit_logs_retention");
    assert_eq!(
        get(&emulator, &retention).json(),
        json!({"retention_period_in_days": 30})
    );
    for (body, days) in [
        (json!({"retention_period_in_days": 365}), 365),
        (json!({"retention_period": "2_MONTHS"}), 60),
    ] {
        let set = ask(&emulator, "PUT", &retention, &body);
        assert_eq!(
            (set.status, set.json()),
            (200, json!({"retention_period_in_days": days}))
        );
        let configuration = get(
            &emulator,
            &format!("{organization}/audit_log_configuration"),
        )
        .json();
        let expected = json!({"organization_id": emulator.organization(), "retention_period_in_days": days, "state": "active"});
        assert_eq!(configuration, expected);
    }
    for body in [
        json!({"retention_period_in_days": 31}),
        json!({"retention_period": "1_WEEK"}),
        json!({}),
    ] {
        assert_eq!(
            ask(&emulator, "PUT", &retention, &body).status,
            422,
            "{body}"
        );
    }
    let unknown = "/organizations/org_01EHQMYV6MBK39QC5PZXHY59C3/audit_logs_retention";
    assert_eq!(
        ask(
            &emulator,
            "PUT",
            unknown,
            &json!({"retention_period_in_days": 30})
        )
        .status,
        404
    );
}

#[tokio::test]
async fn links_lead_to_organizations_that_are_there() {
    let emulator = Emulator::start().await.unwrap();
    let link = |body: &Value| ask(&emulator, "POST", "/portal/generate_link", body);
    for intent in ["audit_logs", "log_streams", "sso"] {
        let answer = link(&json!({"organization": emulator.organization(), "intent": intent}));
        assert_eq!(answer.status, 201);
        assert!(
            answer.json()["link"]
                .as_str()
                .unwrap()
                .starts_with(emulator.url())
        );
    }
    assert_eq!(
        link(&json!({"organization": emulator.organization(), "intent": "coffee"})).status,
        422
    );
    assert_eq!(
        link(&json!({"intent": "sso"})).json()["errors"][0]["field"],
        "organization"
    );
    assert_eq!(
        link(&json!({"organization": "org_1", "intent": "sso"})).status,
        404
    );
}

#[tokio::test]
async fn what_a_link_may_say_is_checked_and_null_says_nothing() {
    let emulator = Emulator::start().await.unwrap();
    let link = |more: Value| {
        let mut body = json!({"organization": emulator.organization(), "intent": "audit_logs"});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        ask(&emulator, "POST", "/portal/generate_link", &body)
    };
    let nulls = json!({"return_url": null, "success_url": null, "intent": null, "it_contact_emails": null, "external_user_id": null});
    assert_eq!(link(nulls).status, 201, "as older clients send it");
    assert_eq!(
        link(json!({"it_contact_emails": ["it@acme.example"]})).status,
        201
    );
    for wrong in [
        json!(["it"]),
        json!(["it@acme.example", "@"]),
        vec!["a@b.example"; 21].into(),
        json!("it@acme.example"),
    ] {
        let answer = link(json!({"it_contact_emails": wrong}));
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["field"]),
            (422, &json!("it_contact_emails")),
            "{wrong}"
        );
    }
    assert_eq!(link(json!({"organization": null})).status, 422);
}

#[tokio::test]
async fn a_users_links_are_revoked() {
    let emulator = Emulator::start().await.unwrap();
    let link = |user: &str| {
        let body = json!({"organization": emulator.organization(), "intent": "audit_logs", "external_user_id": user});
        let link = ask(&emulator, "POST", "/portal/generate_link", &body).json()["link"]
            .as_str()
            .unwrap()
            .to_owned();
        link.strip_prefix(emulator.url()).unwrap().to_owned()
    };
    let status = |link: &str| send(&emulator, "GET", link, &[], "").unwrap().status;
    let (ada, also_ada, zoe) = (link("ada"), link("ada"), link("zoe"));
    assert_eq!(
        [&ada, &also_ada, &zoe].map(|link| status(link)),
        [200, 200, 200]
    );
    let revoke = |body: Value| ask(&emulator, "POST", "/portal/revoke_link", &body);
    let revoked =
        revoke(json!({"organization": emulator.organization(), "external_user_id": "ada"}));
    assert_eq!((revoked.status, revoked.text.as_str()), (204, ""));
    assert_eq!(
        [&ada, &also_ada, &zoe].map(|link| status(link)),
        [404, 404, 200]
    );
    assert_eq!(
        revoke(json!({"organization": emulator.organization()})).status,
        422
    );
    assert_eq!(
        revoke(json!({"organization": "org_1", "external_user_id": "ada"})).status,
        404
    );
    assert_eq!(
        revoke(json!({"organization": emulator.organization(), "external_user_id": "nobody"}))
            .status,
        204
    );
}
