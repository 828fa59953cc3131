//! Signing in, and failing to.

use std::net::IpAddr;

use audit_core::{Actor, AuditEvent, AuditValue};

use crate::people::{User, Workspace};
use crate::shared::RequestMeta;

/// An ISO 3166 code.
#[derive(Clone, Debug, PartialEq, Eq, AuditValue)]
#[audit(max_len = 2)]
pub struct CountryCode(String);

/// How a person proved who they are, as version 1 of `user.signed_in` knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum SignInMethodV1 {
    /// Email and password.
    Password,
    /// The customer's identity provider.
    Sso,
    /// A link sent by email.
    #[audit(rename = "magic-link")]
    MagicLink,
}

/// How a person proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum SignInMethod {
    /// Email and password.
    Password,
    /// The customer's identity provider.
    Sso,
    /// A link sent by email.
    #[audit(rename = "magic-link")]
    MagicLink,
    /// A passkey on one of the person's devices.
    Passkey,
}

/// A member signed in. Desktop clients that aren't updated yet still record this version.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "user.signed_in", version = 1)]
pub struct UserSignedInV1 {
    /// Who signed in.
    #[audit(actor)]
    pub user: User,
    /// The workspace that the person signed in to.
    #[audit(target)]
    pub workspace: Workspace,
    /// How the person proved who they are.
    pub method: SignInMethodV1,
    /// Whether a second factor was asked for.
    pub mfa: bool,
}

/// A member signed in.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "user.signed_in", version = 2)]
pub struct UserSignedIn {
    /// Who signed in.
    #[audit(actor)]
    pub user: User,
    /// The workspace that the person signed in to.
    #[audit(target)]
    pub workspace: Workspace,
    /// How the person proved who they are.
    pub method: SignInMethod,
    /// Whether a second factor was asked for.
    pub mfa: bool,
    /// The session that began.
    #[audit(max_len = 64)]
    pub session_id: String,
    /// The browser, as it calls itself.
    #[audit(truncate)]
    pub user_agent: String,
    /// Where the address is registered.
    pub country: Option<CountryCode>,
    /// Times the person had failed before, since the last success.
    pub failures_before: u8,
    /// The request.
    #[audit(flatten)]
    pub request: RequestMeta,
    /// Whether the session came out of a cache: our business only.
    #[audit(skip)]
    pub cached: bool,
}

/// Why a sign-in failed. New checks come without notice, so the schema promises no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(open, rename_all = "snake_case")]
pub enum FailureReason {
    /// There is no such account, or the password is another.
    BadCredentials,
    /// The second factor was wrong or late.
    MfaFailed,
    /// The workspace lets nobody in from this address.
    AddressBlocked,
    /// The account is suspended.
    Suspended,
}

/// The domain of an address, which says whose account was tried without naming a person who may have none.
pub fn email_domain(email: &Email) -> String {
    email
        .0
        .rsplit('@')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// An address as somebody typed it.
#[derive(Clone, Debug)]
pub struct Email(pub String);

/// Somebody tried to sign in and failed. Nobody is signed in, so the actor is whatever the caller could find out.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "user.sign_in_failed", version = 1)]
pub struct UserSignInFailed {
    /// Who tried, as far as is known.
    #[audit(actor)]
    pub somebody: Actor,
    /// The workspace whose sign-in page it was.
    #[audit(target)]
    pub workspace: Workspace,
    /// Why it failed.
    pub reason: FailureReason,
    /// The domain of the address that was typed.
    #[audit(with = email_domain, truncate = 253, rename = "email_domain")]
    pub email: Email,
    /// The address that it came from.
    pub ip_address: IpAddr,
    /// Seconds until the next try is allowed.
    pub retry_after: Option<u32>,
}
