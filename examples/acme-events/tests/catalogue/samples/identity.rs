//! Signing in.

use acme_events::{
    CountryCode, Email, FailureReason, SignInMethod, SignInMethodV1, UserSignInFailed,
    UserSignedIn, UserSignedInV1,
};
use audit_core::Actor;

use super::people::{raj, request, workspace, zoe};
use super::{Sample, own};

pub const LOCAL_PART: &str = "mistyped.password.instead";

pub fn samples() -> Vec<Sample> {
    let bare = UserSignedIn {
        user: raj(),
        country: None,
        cached: true,
        method: SignInMethod::MagicLink,
        ..signed_in()
    };
    let unknown = UserSignInFailed {
        somebody: Actor::new("anonymous", "unknown"),
        retry_after: None,
        ..failed()
    };
    let v1 = UserSignedInV1 {
        user: zoe(),
        workspace: workspace(),
        method: SignInMethodV1::MagicLink,
        mfa: false,
    };
    vec![
        own(signed_in()),
        own(bare),
        own(v1),
        own(failed()),
        own(unknown),
    ]
}

fn signed_in() -> UserSignedIn {
    UserSignedIn {
        user: zoe(),
        workspace: workspace(),
        method: SignInMethod::Passkey,
        mfa: true,
        session_id: "s".repeat(64),
        user_agent: "Mozilla/5.0 🦀 ".repeat(100),
        country: Some(CountryCode::new("DE").expect("two characters")),
        failures_before: u8::MAX,
        request: request(),
        cached: false,
    }
}

pub fn failed() -> UserSignInFailed {
    UserSignInFailed {
        somebody: Actor::new("user", "usr_zoe").name("Zoë"),
        workspace: workspace(),
        reason: FailureReason::MfaFailed,
        email: Email(format!("{LOCAL_PART}@Initech.example")),
        ip_address: std::net::Ipv6Addr::from_bits(u128::MAX).into(),
        retry_after: Some(30),
    }
}
