//! Emulators start, live beside each other, stop, and find again what they kept.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{ask, event, get, register, send_event};
use audit_emulator::Emulator;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_live_beside_each_other() {
    let starts = (0..12).map(|_| tokio::spawn(async { crate::support::emulator().await }));
    let mut emulators = Vec::new();
    for start in starts {
        emulators.push(start.await.unwrap());
    }
    for (number, emulator) in emulators.iter().enumerate() {
        for _ in 0..number {
            assert_eq!(
                ask(emulator, "POST", "/audit_logs/events", &event(emulator)).status,
                200
            );
        }
    }
    for (number, emulator) in emulators.iter().enumerate() {
        assert_eq!(emulator.events().unwrap().len(), number);
    }
}

#[test]
fn a_program_that_blocks_may_use_one() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    // Nobody drives that runtime now.
    assert_eq!(get(&emulator, "/audit_logs/actions").status, 200);
}

#[tokio::test]
async fn a_file_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let start = || async { Emulator::builder().database(&file).start().await };
    let emulator = start().await.unwrap();
    register(&emulator);
    assert_eq!(send_event(&emulator, "k", &event(&emulator)).status, 200);
    let error = start().await.unwrap_err();
    assert!(
        error.to_string().contains("in use by another program"),
        "{error}"
    );
    emulator.stop().await;

    let again = start().await.unwrap();
    assert_eq!(
        (
            again.schemas("team.signed_in").unwrap().len(),
            again.events().unwrap().len()
        ),
        (1, 1)
    );
    assert_eq!(send_event(&again, "k", &event(&again)).status, 200);
    assert_eq!(again.events().unwrap().len(), 1);
    drop(again);
    assert_eq!(start().await.unwrap().events().unwrap().len(), 1);
}

#[tokio::test]
async fn a_folder_is_registered_once() {
    let folder = tempfile::tempdir().unwrap();
    let action = folder.path().join("schemas/team.signed_in");
    std::fs::create_dir_all(&action).unwrap();
    for version in 1..=3 {
        std::fs::write(
            action.join(format!("v{version}.json")),
            format!(r#"{{"targets": [{{"type": "t{}"}}]}}"#, version % 2),
        )
        .unwrap();
    }
    for _ in 0..2 {
        let builder = Emulator::builder()
            .schemas(folder.path().join("schemas"))
            .database(folder.path().join("db"));
        let emulator = builder.start().await.unwrap();
        assert_eq!(emulator.schemas("team.signed_in").unwrap().len(), 3);
        emulator.stop().await;
    }
    let error = Emulator::builder()
        .schemas(folder.path().join("nowhere"))
        .start()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn the_schemas_of_this_repository_are_taken() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let emulator = Emulator::builder().schemas(folder).start().await.unwrap();
    assert_eq!(emulator.schemas("user.signed_in").unwrap()[0]["version"], 1);
}

#[tokio::test]
async fn a_seed_is_there_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seed.json");
    let organization = "org_01EHZNVPK3SFK441A1RGBFSHRX";
    let mut seeded = event(&crate::support::emulator().await);
    seeded["organization_id"] = organization.into();
    seeded["event"]["metadata"] = json!({});
    let seed = json!({
        "organizations": [{"id": organization, "name": "Acme"}],
        "schemas": {"team.signed_in": [{"targets": [{"type": "team"}]}]},
        "events": [seeded],
    });
    std::fs::write(&file, seed.to_string()).unwrap();
    let emulator = Emulator::builder().seed(&file).start().await.unwrap();
    assert_eq!(
        (emulator.organization(), emulator.events().unwrap().len()),
        (organization, 1)
    );
    std::fs::write(&file, "{\n\"event\": []}").unwrap();
    let error = Emulator::builder().seed(&file).start().await.unwrap_err();
    assert!(
        error.to_string().contains("unknown field `event`") && error.to_string().contains("line 2"),
        "{error}"
    );
}

#[tokio::test]
async fn a_port_that_is_taken_is_told_with_the_way_out() {
    let emulator = Emulator::start().await.unwrap();
    let error = Emulator::builder()
        .address(emulator.address())
        .start()
        .await
        .unwrap_err();
    assert!(
        error.message().contains(&emulator.address().to_string())
            && error.help().contains("port 0"),
        "{error}"
    );
}

#[tokio::test]
async fn it_ends_when_it_is_stopped_or_dropped() {
    for stop in [true, false] {
        let emulator = crate::support::emulator().await;
        let address = emulator.address();
        // A connection that stays open is no reason to go on.
        let _idle = TcpStream::connect(address).unwrap();
        let started = Instant::now();
        if stop {
            emulator.stop().await;
        } else {
            drop(emulator);
        }
        assert!(
            started.elapsed() < Duration::from_secs(1),
            "{:?}",
            started.elapsed()
        );
        assert!(TcpStream::connect(address).is_err());
    }
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_end() {
    let emulator = crate::support::emulator().await;
    emulator.fault("GET delay=400ms".parse().unwrap());
    let address = emulator.address();
    let client = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /audit_logs/actions HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer sk_a\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    });
    tokio::time::sleep(Duration::from_millis(150)).await;
    emulator.stop().await;
    assert!(client.join().unwrap().starts_with("HTTP/1.1 200 OK"));
}

/// As `nc`, and clients that close their writing half once the request is sent.
#[tokio::test]
async fn a_client_that_sends_no_more_gets_its_answer() {
    use std::io::{Read, Write};

    let emulator = crate::support::emulator().await;
    emulator.fault("delay=200ms".parse().unwrap());
    let body = event(&emulator).to_string();
    let mut stream = TcpStream::connect(emulator.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let head = format!(
        "POST /audit_logs/events HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer sk_a\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        emulator.address(),
        body.len()
    );
    stream
        .write_all(format!("{head}{body}").as_bytes())
        .unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("{\"success\":true}"),
        "{answer}"
    );
    assert_eq!(emulator.events().unwrap().len(), 1);
}
