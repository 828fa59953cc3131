//! Files, folders and keys.

use acme_events::{
    ApiKeyCreated, ApiKeyRevoked, Change, File, FileMoved, FileShared, FileVersion, Folder, Link,
    LinkScope, Principal,
};
use acme_events::{RevocationReason, Scope};

use super::people::{by_key, key, raj, request, workspace, zoe};
use super::{Sample, own};

pub const DOWNLOAD_SIGNATURE: &str = "signature=5e884898da28047151d0e56f8dc62927";
pub const LINK_TOKEN: &str = "lnk-token-6b3a55e0261b0304143f805a";

pub fn samples() -> Vec<Sample> {
    let mut samples = keys();
    let folder = |id, name: &str| Folder {
        id,
        name: name.into(),
        open: id == 2,
    };
    let (file, from, to) = (file(), folder(1, "Drafts"), folder(2, "Board"));
    let path = Change {
        previous: "/drafts/\t",
        current: "/board",
    };
    samples.push(own(FileMoved {
        by: &by_key(),
        file: &file,
        from: &from,
        to: &to,
        path,
        request: &request(),
    }));
    let (workspace, link, by) = (workspace(), link(), zoe());
    let message = "Look at this: 👀".repeat(50);
    for (recipients, message) in [
        (vec![raj()], None),
        (vec![raj(); 17], Some(message.as_str())),
    ] {
        let expires_in_days = message.map(|_| u16::MAX);
        let recipients = &recipients;
        samples.push(own(FileShared {
            by: &by,
            workspace: &workspace,
            file: &file,
            link: &link,
            recipients,
            message,
            expires_in_days,
        }));
    }
    samples
}

fn keys() -> Vec<Sample> {
    let (by, key, workspace, request) = (&zoe(), &key(), &workspace(), &request());
    let scopes = vec![
        Scope::FilesRead,
        Scope::FilesWrite,
        Scope::AgentsRun,
        Scope::AuditLogRead,
    ];
    let created = ApiKeyCreated {
        by,
        key,
        workspace,
        scopes,
        expires_in_days: 90.try_into().ok(),
        request,
    };
    let reason = RevocationReason::Leaked;
    let revoked = ApiKeyRevoked {
        by: &Principal::Scheduler,
        key,
        workspace,
        reason,
        requests_made: 1_204,
        reported_by: Some("code-host.example"),
    };
    vec![
        own(ApiKeyCreated {
            expires_in_days: None,
            scopes: vec![],
            ..created.clone()
        }),
        own(created),
        own(ApiKeyRevoked {
            reported_by: None,
            requests_made: (1 << 53) - 1,
            ..revoked.clone()
        }),
        own(revoked),
    ]
}

pub fn file() -> File {
    File {
        id: "file_9".into(),
        name: "Q3 \\ figures.xlsx".into(),
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
        version: FileVersion {
            number: 3,
            bytes: 48_213,
        },
        download_url: format!("https://files.acme.example/9?{DOWNLOAD_SIGNATURE}"),
    }
}

pub fn link() -> Link {
    Link {
        id: "lnk_3".into(),
        scope: LinkScope::Public,
        token: LINK_TOKEN.into(),
    }
}
