//! An event with a value of every kind that can be refused, or that could be written in more than one way, and its plain twin.

use std::borrow::Cow;
use std::net::IpAddr;
use std::num::NonZeroI64;
use std::sync::Arc;

use audit_core::{AuditEntity, AuditEvent, AuditMetadata};
use serde::Serialize;

/// Who does it.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "prober")]
pub struct Prober<'a> {
    #[audit(id)]
    pub id: &'a str,
    #[audit(name)]
    pub name: Option<&'a str>,
    #[audit(metadata, max_len = 7)]
    pub nick: &'a str,
    #[audit(metadata)]
    pub score: Option<f64>,
}

/// What it is done to.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "sample")]
pub struct Sample {
    #[audit(id)]
    pub id: i64,
    #[audit(metadata)]
    pub weight: i64,
    #[audit(flatten)]
    pub group: Group<Arc<str>>,
}

#[derive(Clone, Debug, AuditMetadata, Serialize)]
pub struct Group<T: audit_core::AuditValue> {
    pub label: T,
    pub ratio: f32,
}

/// Values were tried.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "values.probed", version = 7)]
pub struct Probed<'a> {
    #[audit(actor)]
    pub by: Prober<'a>,
    #[audit(target)]
    pub samples: &'a [Sample],
    pub owned: String,
    pub borrowed: &'a str,
    pub either: Cow<'a, str>,
    pub boxed: Box<str>,
    pub maybe: Option<String>,
    #[audit(max_len = 3)]
    pub short: Option<String>,
    pub signed: i64,
    pub unsigned: u64,
    pub pointer: usize,
    pub non_zero: NonZeroI64,
    pub optional: Option<i64>,
    pub double: f64,
    pub single: f32,
    pub no_double: Option<f64>,
    pub small: i8,
    pub large: u32,
    pub letter: char,
    pub flag: bool,
    pub address: IpAddr,
    #[audit(display)]
    pub digits: u64,
    #[audit(display, rename = "debug-id")]
    pub shown: f64,
}

/// The same keys and values, in the same order.
#[derive(Clone, Debug, Serialize)]
pub struct Metadata {
    pub owned: String,
    pub borrowed: String,
    pub either: String,
    pub boxed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maybe: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    pub signed: i64,
    pub unsigned: u64,
    pub pointer: usize,
    pub non_zero: NonZeroI64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optional: Option<i64>,
    pub double: f64,
    pub single: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_double: Option<f64>,
    pub small: i8,
    pub large: u32,
    pub letter: char,
    pub flag: bool,
    pub address: IpAddr,
    pub digits: String,
    #[serde(rename = "debug-id")]
    pub shown: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ProberMetadata {
    pub nick: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

#[derive(Serialize)]
pub struct SampleMetadata {
    pub weight: i64,
    pub label: String,
    pub ratio: f32,
}

#[derive(Clone, Debug)]
pub struct Input {
    pub prober: ProberMetadata,
    pub name: Option<String>,
    pub samples: Vec<Sample>,
    pub metadata: Metadata,
}
