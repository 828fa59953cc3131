//! The vendor's Python client works, unmodified, in three majors, where there is Python.

use std::process::Command;

use crate::support::packages::pip;
use audit_emulator::Emulator;
use serde_json::json;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/service/vendor/sdk.py");

#[tokio::test]
async fn events_exports_schemas_and_organizations() {
    for version in ["4.16.0", "5.46.0", "10.8.0"] {
        let Some(folder) = pip(&format!("workos=={version}")) else {
            return;
        };
        let emulator = Emulator::start().await.unwrap();
        let metadata = json!({"type": "object", "properties": {"role": {"type": "string"}, "reason": {"type": "string"}}});
        let schema = json!({"actor": {"metadata": metadata}, "targets": [{"type": "file"}], "metadata": metadata});
        emulator.register("file.moved", &schema).unwrap();
        let output = Command::new("python3")
            .args([
                SCRIPT,
                emulator.url(),
                emulator.api_key(),
                emulator.organization(),
            ])
            .env("PYTHONPATH", folder)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{version}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            "done\n",
            "{version}"
        );
        let events = emulator.events().unwrap();
        assert_eq!(events.len(), 2, "{version}");
        assert_eq!(
            events[0].event["targets"],
            json!([{"type": "file", "id": "file_1"}]),
            "{version}"
        );
    }
}
