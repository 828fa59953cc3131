//! Identifiers: a prefix of the service's, and a ULID of the emulator's time. Secrets: 128 random bits.

use ulid::{ULID_LEN, Ulid};

use crate::clock::Millis;

/// The prefix of actions; only cursors show it.
pub const ACTION: &str = "ala_";
/// The prefix of a schema's versions; only cursors show it.
pub const SCHEMA: &str = "als_";
/// The prefix of accepted events.
pub const EVENT: &str = "audit_event_";
/// The prefix of exports.
pub const EXPORT: &str = "audit_log_export_";
/// The prefix of organizations.
pub const ORGANIZATION: &str = "org_";
/// The prefix of an organization's domains.
pub const DOMAIN: &str = "org_domain_";

/// A new identifier.
pub fn new(prefix: &str, now: Millis) -> String {
    format!("{prefix}{}", ulid(now))
}

/// A ULID alone, for requests.
pub fn ulid(now: Millis) -> String {
    let ulid = Ulid::from_parts(u64::try_from(now).unwrap_or(0), random());
    let mut text = [0; ULID_LEN];
    ulid.array_to_str(&mut text).to_owned()
}

/// 128 random bits as 32 hexadecimal digits: what can't be guessed.
pub fn secret() -> String {
    format!("{:032x}", random())
}

/// Whether `text` is `org_` and 26 of `A-Z 0-9`.
pub fn is_organization(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.strip_prefix(ORGANIZATION)
        .is_some_and(|rest| rest.len() == ULID_LEN && rest.bytes().all(is_digit))
}

/// Without the system's randomness there are no secrets: better no server than one that can be guessed.
fn random() -> u128 {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u128::from_le_bytes(bytes),
        Err(error) => panic!("the system has no random numbers: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn have_the_services_form() {
        let id = new(ORGANIZATION, 1_768_478_400_120);
        assert!(is_organization(&id), "{id}");
        assert!(new(EVENT, 0).starts_with("audit_event_0000000000"));
        assert!(!is_organization("org_1") && !is_organization("organization"));
        assert_ne!(secret(), secret());
        assert_eq!(secret().len(), 32);
    }
}
