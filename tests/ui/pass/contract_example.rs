//! The contract's own example, with every warning denied.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms)]

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Context, Text};

#[derive(AuditValue)]
#[audit(rename_all = "snake_case")]
enum SignInMethod {
    Password,
    Sso,
    #[audit(rename = "magic-link")]
    MagicLink,
}

#[derive(AuditValue)]
enum Role {
    Admin,
    Member,
}

#[derive(AuditValue)]
#[audit(max_len = 2)]
struct CountryCode(String);

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: String,
    #[audit(name)]
    full_name: String,
    #[audit(metadata)]
    role: Role,
    password_hash: String,
}

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team {
    #[audit(id)]
    id: u64,
}

#[derive(AuditMetadata)]
struct RequestMeta {
    request_id: Text<36>,
    attempt: u32,
    trace_id: Option<Text<32>>,
}

/// A member signed in to a team.
#[derive(AuditEvent)]
#[audit(action = "user.signed_in", version = 1)]
struct UserSignedIn {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    method: SignInMethod,
    mfa: bool,
    #[audit(max_len = 64)]
    session_id: String,
    #[audit(truncate)]
    user_agent: String,
    country: Option<CountryCode>,
    #[audit(flatten)]
    request: RequestMeta,
    #[audit(skip)]
    cached: bool,
}

fn user(role: Role) -> User {
    User { id: "user_1".into(), full_name: "Zoë".into(), role, password_hash: "secret".into() }
}

fn request() -> RequestMeta {
    RequestMeta { request_id: Text::truncated("r"), attempt: 1, trace_id: None }
}

fn main() {
    let built = UserSignedIn::builder()
        .user(user(Role::Admin))
        .team(Team { id: 1 })
        .method(SignInMethod::Sso)
        .mfa(true)
        .session_id("s")
        .user_agent("agent")
        .country(CountryCode::new("DE").unwrap())
        .request(request())
        .context(Context::new("203.0.113.7"))
        .try_build()
        .unwrap();
    assert!(!built.as_json().contains("secret"));
    for method in [SignInMethod::Password, SignInMethod::MagicLink] {
        let event = UserSignedIn {
            user: user(Role::Member),
            team: Team { id: 1 },
            method,
            mfa: true,
            session_id: "s".into(),
            user_agent: "agent".into(),
            country: None,
            request: request(),
            cached: false,
        };
        event.try_into_event(Context::empty()).unwrap();
    }
}
