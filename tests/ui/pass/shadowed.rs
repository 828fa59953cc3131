//! Every name of the prelude means something else here, and fields have the names that generated code might use.
#![deny(warnings)]
#![allow(dead_code, non_camel_case_types)]

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

struct Result;
struct Option;
struct String;
struct Vec;
struct Box;
struct Some;
struct Ok;
struct Err;
struct None;
struct Self_;
struct Send;
struct Default;
trait Into {}
trait From {}
trait Iterator {}
trait AsRef {}
mod core {}
mod std {}
mod alloc {}
type bool = ::core::primitive::bool;
type u32 = ::core::primitive::u32;
type usize = ();
fn drop() {}

type Count = ::core::primitive::u32;
type Maybe = ::core::option::Option<::std::string::String>;

#[derive(AuditValue)]
enum Kind {
    Some,
    None,
    Ok,
    Err,
    Self_,
}

#[derive(AuditValue)]
#[audit(max_len = 3)]
struct Code(::std::string::String);

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    self_: Count,
    #[audit(name)]
    out: ::std::string::String,
    #[audit(metadata)]
    value: Count,
    #[audit(metadata)]
    entity: Count,
}

#[derive(AuditEntity)]
enum Who {
    Some(User),
    #[audit(type = "none", id = "none")]
    None,
}

#[derive(AuditMetadata)]
struct Group {
    encoder: Count,
    key: bool,
    text: Count,
    __audit_out: Count,
}

#[derive(AuditEvent)]
#[audit(action = "s.shadowed", version = 1)]
struct Shadowed {
    #[audit(actor)]
    who: Who,
    #[audit(target)]
    target: User,
    self_: Count,
    out: Count,
    value: Count,
    fields: Count,
    state: Count,
    mode: Count,
    id: Count,
    head: Count,
    envelope: Count,
    encoder: ::core::option::Option<Count>,
    builder: Count,
    str: Count,
    name: Maybe,
    r#type: Count,
    r#fn: ::core::option::Option<Count>,
    into_field: Count,
    kind: Kind,
    #[audit(flatten)]
    more: More,
    #[audit(skip)]
    cached: Count,
}

#[derive(AuditMetadata)]
struct More {
    action: Count,
    version: Count,
    violations: Count,
    event: Count,
    json: Count,
}

fn main() {
    let user = || User { self_: 1, out: ::core::convert::From::from("o"), value: 2, entity: 3 };
    let built = Shadowed::builder()
        .who(Who::Some(user()))
        .target(user())
        .self_(1)
        .out(1)
        .value(1)
        .fields(1)
        .state(1)
        .mode(1)
        .id(1)
        .head(1)
        .envelope(1)
        .encoder(1)
        .builder(1)
        .str(1)
        .name("n")
        .r#type(1)
        .maybe_fn(::core::option::Option::Some(1))
        .into_field(1)
        .kind(Kind::None)
        .more(More { action: 1, version: 1, violations: 1, event: 1, json: 1 })
        .context(audit_core::Context::empty())
        .try_build()
        .unwrap();
    ::core::assert!(built.as_json().contains("\"type\":1"));
    ::core::assert!(built.as_json().contains("\"fn\":1"));
    ::core::assert!(Shadowed::SCHEMA_JSON.contains("\"type\": {\"type\": \"integer\"}"));
}
