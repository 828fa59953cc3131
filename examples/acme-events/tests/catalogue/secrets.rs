//! What isn't marked never leaves the process: not in an event, not in an error, not in a schema.

use std::fs;
use std::path::{Path, PathBuf};

use acme_events::MemberBulkInvited;
use audit_core::{AuditEvent, Context};

use crate::rules;
use crate::samples::{self, SECRETS, members, people};

fn leaks(text: &str) -> Vec<&'static str> {
    SECRETS
        .iter()
        .copied()
        .filter(|secret| text.contains(secret))
        .collect()
}

#[test]
fn the_samples_hold_every_secret() {
    let held = format!("{:?}", samples::secret_holders());
    for secret in SECRETS {
        assert!(
            held.contains(secret),
            "no sample holds {secret}, so nothing is shown by not finding it"
        );
    }
}

#[test]
fn no_event_holds_a_secret() {
    for sample in samples::all() {
        let event = sample.event;
        let serialized = serde_json::to_string(&event).expect("events serialize");
        for text in [
            event.as_json(),
            &serialized,
            &format!("{event:?}"),
            &event.to_value().to_string(),
        ] {
            assert_eq!(
                leaks(text),
                [""; 0],
                "{} version {}",
                event.action(),
                event.version()
            );
        }
    }
}

#[test]
fn no_error_holds_a_secret_or_the_refused_text() {
    let mut value = members::bulk_invited(25);
    value.invitations[0].email = format!("very.secret@{}.example", "x".repeat(300));
    let error = value
        .try_into_event(Context::new("203.0.113.7"))
        .expect_err("25 invitations and a workspace are too many targets");
    let text = format!("{error}\n{error:?}");
    assert_eq!(leaks(&text), [""; 0]);
    assert!(!text.contains("very.secret"), "{text}");
}

#[test]
fn a_builder_sends_what_is_marked_only() {
    let event = MemberBulkInvited::builder()
        .by(people::by_key())
        .workspace(people::workspace())
        .invitations(vec![members::invitation(1)])
        .total(1)
        .source(acme_events::InvitationSource::Api)
        .domains(vec![])
        .context(Context::new("203.0.113.7"))
        .try_build()
        .expect("nothing in it is too long");
    assert_eq!(leaks(event.as_json()), [""; 0]);
}

#[test]
fn no_schema_holds_a_secret() {
    for sample in samples::all() {
        assert_eq!(leaks(sample.body), [""; 0]);
    }
    let mut files = Vec::new();
    collect(&rules::schemas(), &mut files);
    for file in files {
        let text =
            String::from_utf8_lossy(&fs::read(&file).expect("the folder lists it")).into_owned();
        assert_eq!(leaks(&text), [""; 0], "{}", file.display());
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
