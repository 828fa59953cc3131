use super::*;
use crate::testing::{INTEGER, STRING, entry, event, field};

#[track_caller]
fn assert_names(json: u8, expected: &[(&str, &str)]) {
    for (key, name) in expected {
        let event = entry(event("a.b", 1).field(field(key, json))).event;
        assert_eq!(
            name_in(&event.metadata[0]).unwrap_or_default(),
            *name,
            "{key}"
        );
    }
}

#[test]
fn finds_names_in_every_spelling() {
    assert_names(
        STRING,
        &[
            ("email", "email"),
            ("user_email", "email"),
            ("e_mail", "email"),
            ("emailaddress", "email address"),
            ("BACKUP-EMAILS", "email"),
            ("email2", "email"),
            ("homePhone", "phone"),
            ("phonenumber", "phone number"),
            ("mobile", "mobile"),
            ("remoteIP", "remote ip"),
            ("ip_address", "ip address"),
            ("ipaddress", "ip address"),
            ("ipv4", "ipv4"),
            ("peer_ipv6", "ipv6"),
            ("IPv4", "ipv4"),
            ("remote_addr", "remote addr"),
            ("remoteaddr", "remote addr"),
            ("MacAddress", "mac address"),
            ("previous_addresses", "address"),
            ("firstname", "first name"),
            ("lastName", "last name"),
            ("username", "user name"),
            ("user_name", "user name"),
            ("surname", "surname"),
            ("street", "street"),
            ("street_name", "street name"),
            ("post_code", "postcode"),
            ("zipcode", "zip code"),
            ("date_of_birth", "date of birth"),
            ("birthplace", "birth place"),
            ("birth_date", "birth date"),
            ("dob", "dob"),
            ("apikey", "api key"),
            ("apiKey", "api key"),
            ("accesskey", "access key"),
            ("AccessToken", "access token"),
            ("ResetToken", "token"),
            ("authorization", "authorization"),
            ("auth_header", "auth header"),
            ("bearer", "bearer"),
            ("jwt", "jwt"),
            ("csrf_token", "token"),
            ("session-cookies", "cookie"),
            ("temporary_passwords", "password"),
            ("password_hash", "password hash"),
            ("client_secret", "client secret"),
            ("SSH_PRIVATE_KEY", "private key"),
            ("db_credentials", "credential"),
            ("seed_phrase", "seed phrase"),
            ("otp", "otp"),
            ("creditcard", "credit card"),
            ("card_number", "card number"),
            ("CVV2", "cvv"),
            ("cardholder_name", "card holder name"),
            ("bank_account", "bank account"),
            ("IBAN", "iban"),
            ("national_id", "national id"),
            ("tax_ids", "tax id"),
            ("passport_number", "passport"),
            ("drivers_license", "drivers license"),
            ("ssn", "ssn"),
            ("gender", "gender"),
            ("ethnicity", "ethnicity"),
            ("marital_status", "marital status"),
            ("diagnosis", "diagnosis"),
            ("gps", "gps"),
            ("x_forwarded_for", "forwarded for"),
            ("database_url", "database url"),
            ("totp", "totp"),
            ("cc_number", "cc number"),
        ],
    );
}

#[test]
fn passes_over_parts_of_words_and_what_is_about_them() {
    let keys = [
        "zip",
        "shipment",
        "tokenizer",
        "description",
        "emailed_at_night",
        "microphone",
        "pinned",
        "author",
        "key",
        "name",
        "status",
        "file_name",
        "display_name",
        "session_id",
        "public_key",
        "token_count",
        "token_counts",
        "token_id",
        "token_ids",
        "tokens_used",
        "token_scope",
        "token_hash",
        "token_prefix",
        "secret_name",
        "secretName",
        "secret_version",
        "api_key_id",
        "api-key-name",
        "password_policy",
        "password_changed_at",
        "password_strength",
        "email_template",
        "email_domain",
        "email_digest",
        "address_id",
        "address_type",
        "ip_country",
        "cookie_name",
        "user_name_changed",
        "passport_country",
        "cookie_consent",
        "private_key_path",
        "mobile_os",
        "email_subject",
    ];
    assert_names(STRING, &keys.map(|key| (key, "")));
}

#[test]
fn numbers_hold_only_what_is_written_in_digits() {
    let keys = [
        "token",
        "tokens",
        "tokens_used",
        "address_id",
        "secret",
        "emails",
        "cookies",
        "ip",
        "phones",
        "pins",
        "mobile_count",
    ];
    assert_names(INTEGER, &keys.map(|key| (key, "")));
    assert_names(
        INTEGER,
        &[
            ("phone", "phone"),
            ("mobileNumber", "mobile number"),
            ("pin", "pin"),
            ("cvv", "cvv"),
            ("birth_year", "birth year"),
            ("bankaccount", "bank account"),
            ("home_latitude", "latitude"),
            ("national_id", "national id"),
            ("yearly_salary", "salary"),
        ],
    );
}
