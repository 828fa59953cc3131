//! The vendor's Rust client works, unmodified: schemas, events, exports, organizations.

#[path = "../service/support/mod.rs"]
mod support;

use audit_emulator::Emulator;
use futures_util::TryStreamExt;
use support::emulator;
use workos::audit_logs::{
    CreateEventParams, CreateExportParams, CreateSchemaParams, ListActionSchemasParams,
};
use workos::models::{AuditLogEventIngestion, AuditLogExportCreation, AuditLogSchemaInput};

/// The vendor's client, which repeats nothing by itself.
fn client(emulator: &Emulator) -> workos::Client {
    workos::Client::builder()
        .api_key(emulator.api_key())
        .base_url(emulator.url())
        .max_retries(0)
        .build()
}

fn from<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn schemas_events_and_exports() {
    let emulator = emulator().await;
    let client = client(&emulator);
    let api = client.audit_logs();

    let input: AuditLogSchemaInput = from(serde_json::json!({
        "targets": [{"type": "team"}],
        "metadata": {"type": "object", "properties": {"seats": {"type": "integer", "maximum": 10}}, "additionalProperties": false},
    }));
    let schema = api
        .create_schema("team.signed_in", CreateSchemaParams::new(input))
        .await
        .unwrap();
    assert_eq!(
        (schema.object.as_str(), schema.version),
        ("audit_log_schema", 2)
    );
    assert_eq!(schema.metadata.unwrap()["additionalProperties"], false);
    let listed = api
        .list_action_schemas("team.signed_in", ListActionSchemasParams::default())
        .await
        .unwrap();
    assert_eq!(
        listed
            .data
            .iter()
            .map(|schema| schema.version)
            .collect::<Vec<_>>(),
        [2, 1]
    );

    let mut event = support::event(&emulator);
    let now = jiff::Timestamp::now();
    event["event"]["occurred_at"] = now.to_string().into();
    let ingestion: AuditLogEventIngestion = from(event.clone());
    let options = workos::RequestOptions::new().idempotency_key("a-key");
    for _ in 0..2 {
        let params = CreateEventParams::new(ingestion.clone());
        assert!(
            api.create_event_with_options(params, Some(&options))
                .await
                .unwrap()
                .success
        );
    }
    // Its numbers are doubles, and so are ours.
    assert_eq!(emulator.events().unwrap().len(), 1);
    assert_eq!(emulator.events().unwrap()[0].event, event["event"]);

    event["event"]["version"] = 2.into();
    event["event"]["metadata"]["seats"] = 11.into();
    let error = api
        .create_event(CreateEventParams::new(from(event)))
        .await
        .unwrap_err();
    let workos::Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        (error.status, error.code.as_deref()),
        (400, Some("invalid_audit_log"))
    );
    assert!(error.request_id.is_some());

    let hour = jiff::SignedDuration::from_hours(1);
    let creation: AuditLogExportCreation = from(serde_json::json!({
        "organization_id": emulator.organization(),
        "range_start": (now - hour).to_string(),
        "range_end": (now + hour).to_string(),
        "actions": ["team.signed_in"],
    }));
    let ordered = api
        .create_export(CreateExportParams::new(creation))
        .await
        .unwrap();
    assert_eq!((ordered.state.as_str(), ordered.url), ("pending", None));
    let ready = api.get_export(&ordered.id).await.unwrap();
    let url = ready.url.unwrap();
    let answer = support::send(
        &emulator,
        "GET",
        url.strip_prefix(emulator.url()).unwrap(),
        &[],
        "",
    )
    .unwrap();
    assert!(
        ready.state.as_str() == "ready"
            && answer.text.lines().count() == 2
            && answer.text.contains("team_1"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn organizations_retention_and_links() {
    let emulator = emulator().await;
    let client = client(&emulator);
    let params = workos::organizations::CreateOrganizationParams::new(from(
        serde_json::json!({"name": "Acme"}),
    ));
    let made = client
        .organizations()
        .create_organization(params)
        .await
        .unwrap();
    let listed = client
        .organizations()
        .list_organizations(workos::organizations::ListOrganizationsParams::default())
        .await
        .unwrap();
    assert_eq!(
        listed
            .data
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>(),
        ["Acme", "Example"]
    );
    let shown = client
        .organizations()
        .get_audit_log_configuration(&made.id)
        .await
        .unwrap();
    assert_eq!(
        (shown.state.as_str(), shown.retention_period_in_days),
        ("active", 30)
    );

    let body = from(serde_json::json!({"retention_period": "1_YEAR"}));
    let params = workos::audit_logs::UpdateOrganizationAuditLogsRetentionParams::new(body);
    let set = client
        .audit_logs()
        .update_organization_audit_logs_retention(&made.id, params)
        .await
        .unwrap();
    assert_eq!(set.retention_period_in_days, Some(365));

    let body = from(serde_json::json!({"organization": made.id, "intent": "audit_logs"}));
    let params = workos::admin_portal::GenerateLinkParams::new(body);
    client.admin_portal().generate_link(params).await.unwrap();
}

#[tokio::test]
async fn its_own_repetitions_end_well() {
    let emulator = emulator().await;
    let client = workos::Client::builder()
        .api_key(emulator.api_key())
        .base_url(emulator.url())
        .max_retries(3)
        .build();
    emulator.fault(
        "POST /audit_logs/events status=503 commit times=1"
            .parse()
            .unwrap(),
    );
    emulator.fault(
        "POST /audit_logs/events status=429 retry-after=0 times=1"
            .parse()
            .unwrap(),
    );
    let options = workos::RequestOptions::new().idempotency_key("a-key");
    let params = CreateEventParams::new(from(support::event(&emulator)));
    assert!(
        client
            .audit_logs()
            .create_event_with_options(params, Some(&options))
            .await
            .unwrap()
            .success
    );
    let statuses: Vec<_> = emulator
        .requests()
        .iter()
        .map(|request| request.status)
        .collect();
    assert_eq!(
        (statuses, emulator.events().unwrap().len()),
        (vec![Some(503), Some(429), Some(200)], 1)
    );
}

#[tokio::test]
async fn the_vendors_client_reads_every_page() {
    let emulator = Emulator::start().await.unwrap();
    let client = client(&emulator);
    let input: AuditLogSchemaInput = from(serde_json::json!({
        "actor": {"metadata": {"type": "object", "properties": {"role": {"type": "string", "maxLength": 20}}}},
        "targets": [{"type": "team"}],
        "metadata": {"type": "object", "properties": {"seats": {"type": "number", "minimum": 1.5}}, "required": ["seats"]},
    }));
    for number in 0..130 {
        let params = workos::audit_logs::CreateSchemaParams::new(input.clone());
        let schema = client
            .audit_logs()
            .create_schema(&format!("team.action_{number}"), params)
            .await
            .unwrap();
        assert_eq!((schema.version, schema.targets.len()), (1, 1));
    }
    for limit in [7, 100] {
        let params = workos::audit_logs::ListActionsParams {
            limit: Some(limit),
            ..Default::default()
        };
        let actions: Vec<_> = client
            .audit_logs()
            .list_actions_auto_paging(params)
            .try_collect()
            .await
            .unwrap();
        let names: Vec<_> = actions.iter().map(|action| action.name.clone()).collect();
        let newest_first: Vec<_> = (0..130)
            .rev()
            .map(|number| format!("team.action_{number}"))
            .collect();
        assert_eq!(names, newest_first);
    }
    assert_eq!(emulator.requests().len(), 130 + 19 + 2);
}
