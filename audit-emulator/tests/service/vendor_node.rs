//! The vendor's Node client works, unmodified, in three majors, where there is Node.

use std::process::Command;

use crate::support::{emulator, packages::npm};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/service/vendor/sdk.cjs");

#[tokio::test]
async fn schemas_events_exports_and_organizations() {
    for version in ["7.82.0", "8.13.0", "11.0.0"] {
        let Some(folder) = npm(&format!("@workos-inc/node@{version}")) else {
            return;
        };
        let emulator = emulator().await;
        let output = Command::new("node")
            .args([
                SCRIPT,
                emulator.url(),
                emulator.api_key(),
                emulator.organization(),
                version,
            ])
            .env("NODE_PATH", folder.join("node_modules"))
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
        let actions: Vec<_> = emulator
            .events()
            .unwrap()
            .iter()
            .map(|event| event.event["action"].clone())
            .collect();
        assert_eq!(
            actions,
            ["file.moved", "file.mangled", "file.moved"],
            "{version}"
        );
    }
}
