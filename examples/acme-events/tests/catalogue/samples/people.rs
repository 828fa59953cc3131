//! Actors, and the workspace.

use acme_events::{ApiKey, Client, DataRegion, Principal, RequestMeta, Role, User, Workspace};
use audit_core::Text;

pub const PASSWORD_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$Zm9vYmFy$c2VjcmV0";
pub const TOTP_SEED: &str = "JBSWY3DPEHPK3PXPSEED";
pub const KEY_SECRET: &str = "ak_live_7f3aQ9vTn2mKsecret";
pub const ENCRYPTION_KEY: &str = "9f86d081884c7d659a2feaa0c55ad015";

pub fn zoe() -> User {
    User {
        id: "usr_zoe".into(),
        full_name: Some("Zoë \"Zed\" Ashworth".into()),
        role: Role::Admin,
        email: "zoe@initech.example".into(),
        password_hash: PASSWORD_HASH.into(),
        totp_seed: Some(TOTP_SEED.into()),
    }
}

/// Nobody has told us the name, and the address is longer than any that works.
pub fn raj() -> User {
    User {
        id: "usr_raj".into(),
        full_name: None,
        role: Role::Guest,
        email: format!("raj@{}.example", "中".repeat(300)),
        ..zoe()
    }
}

pub fn key() -> ApiKey {
    ApiKey {
        id: "key_1".into(),
        label: "Deployments\n".into(),
        prefix: "ak_live_7f3a".into(),
        role: Role::Member,
        secret: KEY_SECRET.into(),
    }
}

pub fn by_user() -> Principal {
    Principal::User(zoe())
}

pub fn by_key() -> Principal {
    Principal::ApiKey(key())
}

pub fn workspace() -> Workspace {
    Workspace {
        id: u64::MAX,
        name: "Initech".into(),
        data_region: DataRegion::EuCentral,
        encryption_key: ENCRYPTION_KEY.into(),
    }
}

pub fn request() -> RequestMeta {
    RequestMeta {
        request_id: Text::truncated("018f2b1c-0000-7000-8000-000000000042"),
        attempt: 0,
        trace_id: Some(Text::truncated("0af7651916cd43dd8448eb211c80319c")),
        client: Client::WebApp,
    }
}
