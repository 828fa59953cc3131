//! Organizations are listed and made; their retention is set; links lead to them.

use crate::support::{ask, get};
use audit_emulator::Emulator;
use serde_json::{Value, json};

fn names(emulator: &Emulator, query: &str) -> (Vec<String>, Value) {
    let answer = get(emulator, &format!("/organizations?{query}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    let shown = answer.json();
    let names = shown["data"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    (names, shown["list_metadata"].clone())
}

#[tokio::test]
async fn one_is_there_and_more_are_made() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(names(&emulator, ""), (vec!["Example".to_owned()], json!({"before": null, "after": null})));
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
        let shown = get(&emulator, &format!("/organizations/{}", made.json()["id"].as_str().unwrap()));
        assert_eq!((shown.status, shown.json()), (200, made.json()));
        assert_eq!(made.json()["domains"][0]["domain"], format!("acme{number}.example"));
        assert_eq!(ask(&emulator, "POST", "/organizations", &body).status, 409);
    }
    assert_eq!(names(&emulator, "").0, ["Acme 2", "Acme 1", "Acme 0", "Example"]);
    assert_eq!(names(&emulator, "search=acME").0.len(), 3);
    assert_eq!(names(&emulator, "domains=acme1.example,ACME2.example").0, ["Acme 2", "Acme 1"]);
    let (first, cursors) = names(&emulator, "search=acme&limit=2");
    assert_eq!(first, ["Acme 2", "Acme 1"]);
    let (last, end) = names(&emulator, &format!("search=acme&limit=2&after={}", cursors["after"].as_str().unwrap()));
    assert_eq!((last, &end["after"]), (vec!["Acme 0".to_owned()], &Value::Null));
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
        assert_eq!(ask(&emulator, "POST", "/organizations", &body).status, 422, "{body}");
    }
    let unknown = "/organizations/org_01EHQMYV6MBK39QC5PZXHY59C3";
    for path in [unknown.to_owned(), format!("{unknown}/audit_logs_retention"), format!("{unknown}/audit_log_configuration")] {
        let answer = get(&emulator, &path);
        let message = "Organization not found: 'org_01EHQMYV6MBK39QC5PZXHY59C3'.";
        assert_eq!((answer.status, answer.json()), (404, json!({"message": message})));
    }
}

#[tokio::test]
async fn retention_is_set_and_shown_in_the_configuration() {
    let emulator = Emulator::start().await.unwrap();
    let organization = format!("/organizations/{}", emulator.organization());
    let retention = format!("{organization}/audit_logs_retention");
    assert_eq!(get(&emulator, &retention).json(), json!({"retention_period_in_days": 30}));
    for (body, days) in [(json!({"retention_period_in_days": 365}), 365), (json!({"retention_period": "2_MONTHS"}), 60)] {
        let set = ask(&emulator, "PUT", &retention, &body);
        assert_eq!((set.status, set.json()), (200, json!({"retention_period_in_days": days})));
        let configuration = get(&emulator, &format!("{organization}/audit_log_configuration")).json();
        let expected = json!({"organization_id": emulator.organization(), "retention_period_in_days": days, "state": "active"});
        assert_eq!(configuration, expected);
    }
    for body in [json!({"retention_period_in_days": 31}), json!({"retention_period": "1_WEEK"}), json!({})] {
        assert_eq!(ask(&emulator, "PUT", &retention, &body).status, 422, "{body}");
    }
    let unknown = "/organizations/org_01EHQMYV6MBK39QC5PZXHY59C3/audit_logs_retention";
    assert_eq!(ask(&emulator, "PUT", unknown, &json!({"retention_period_in_days": 30})).status, 404);
}

#[tokio::test]
async fn links_lead_to_organizations_that_are_there() {
    let emulator = Emulator::start().await.unwrap();
    let link = |body: &Value| ask(&emulator, "POST", "/portal/generate_link", body);
    for intent in ["audit_logs", "log_streams", "sso"] {
        let answer = link(&json!({"organization": emulator.organization(), "intent": intent}));
        assert_eq!(answer.status, 201);
        assert!(answer.json()["link"].as_str().unwrap().starts_with(emulator.url()));
    }
    assert_eq!(link(&json!({"organization": emulator.organization(), "intent": "coffee"})).status, 422);
    assert_eq!(link(&json!({"intent": "sso"})).json()["errors"][0]["field"], "organization");
    assert_eq!(link(&json!({"organization": "org_1", "intent": "sso"})).status, 404);
}
