//! Local emulator of the `WorkOS` Audit Logs API.
//!
//! ```
//! use audit_emulator::Emulator;
//! use serde_json::json;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(async {
//! let emulator = Emulator::start().await?;
//! let version = emulator.register("team.signed_in", &json!({"targets": [{"type": "team"}]}))?;
//! assert_eq!(version, 1);
//! assert!(emulator.url().starts_with("http://127.0.0.1:"));
//!
//! // A client of the service goes here: its base URL is `emulator.url()`, its key `emulator.api_key()`,
//! // and there is an organization, `emulator.organization()`.
//! emulator.fault("POST /audit_logs/events status=503 commit times=1".parse()?);
//!
//! assert!(emulator.requests().is_empty());
//! assert!(emulator.events()?.is_empty());
//! emulator.stop().await;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! Every emulator has a port, a thread and a database of its own, so that as many as one likes live beside each other, in tests that block as in
//! those that don't. It ends when it is stopped or dropped.
//!
//! # What it does as the service does
//!
//! | | |
//! | --- | --- |
//! | schemas | each registration is a new version ([`EqualSchema`] says what an equal one is); a metadata schema that Ajv's strict mode rejects is rejected (422) |
//! | events | is it a request (422), is its organization there (404), its action and version, does it obey the schema (400, with every error that Ajv 8 reports) |
//! | `metadata` | has to be there, at the root, in the actor and in each target, wherever the registered body declares it |
//! | `null` | is taken as absent for optional members of events, schemas, organizations and portal links |
//! | `Idempotency-Key` | of an event or an organization: gets the same answer for 24 hours, whatever comes with it; one event also when requests come at once |
//! | lists | `before`, `after`, `limit`, `order`, in the service's sense |
//! | exports | pending, then ready at the next look; a CSV behind an address that can't be guessed and lives for 10 minutes |
//! | limits | 102,400 bytes a request, 20 targets, 50 keys, 500 characters, 3 months of export |
//!
//! # Where the service isn't documented
//!
//! - An event without `version` is checked by version 1.
//! - An unknown action or version is rejected with 400 in the form of other rejected events; the message begins with the service's words, `event 'a.b',
//!   version '1' has not been configured in this environment`.
//! - `$ref` and `$id` are rejected in a metadata schema, because it becomes a part of the event's.
//! - What the vendor's Node client makes of a JSON Schema is taken, and binds no event beyond asking for the `metadata` object.
//! - Events are kept forever, whatever retention says; there is no log stream, and behind a portal link is no portal.
//! - A cell of an export is what the event holds, to the letter, also where a spreadsheet would take it for a formula: import such a file as text.
//! - Patterns with back references are rejected, because they can't be found in a time that is bounded; those that look ahead or behind have 1,000
//!   attempts. What else is bounded, and by how much, is in `docs/emulator.md` of the repository.
//!
//! # Seeds
//!
//! [`Builder::seed`] takes a JSON file; every member may be left out, and one that isn't known is an error.
//!
//! ```json
//! {
//!   "organizations": [{"id": "org_01EHZNVPK3SFK441A1RGBFSHRT", "name": "Acme", "domains": ["acme.example"]}],
//!   "schemas": {"team.signed_in": [{"targets": [{"type": "team"}]}]},
//!   "events": [{"organization_id": "org_01EHZNVPK3SFK441A1RGBFSHRT", "event": {"action": "team.signed_in"}}]
//! }
//! ```
//!
//! An organization has `id`, `name`, `external_id`, `metadata` and `domains`, of which `name` is needed. The list of an action is its versions, oldest
//! first. Events are whole ones; they are added to a database that has none. What is there already stays as it is.
//!
//! # Over HTTP
//!
//! On an address of this machine's own every request has to name it in `Host`, or `localhost`, with the port: a foreign web page that reaches it under a
//! name of its own is rejected (421). On other addresses any name is taken.
//!
//! | | needs | |
//! | --- | --- | --- |
//! | `GET`, `POST`, `DELETE /_emulator/faults` | a key | injected faults ([`Fault`]; JSON, `delay_ms` for the delay, or `{"fault": "…"}` as text) |
//! | `POST /_emulator/clock` | a key | `{"advance_seconds": N}` |
//! | `GET /_emulator/events` | nothing | newest first; `action`, `actor`, `target`, `organization` (whole values; parts with `_contains`), `accepted`, `before`, `limit` |
//! | `GET /_emulator/stream` | the same | the same as they arrive, as server-sent events; `Last-Event-ID` is where to begin |
//! | `GET /_emulator/schemas` | the same | every action with its versions |
//! | `GET /` | the same | a page for people: events as they arrive, why one was rejected, versions of schemas and what changed |

mod check;
mod clock;
mod control;
mod csv;
mod emulator;
mod error;
mod fault;
mod folder;
mod http;
mod id;
mod ingest;
mod key;
mod lock;
mod number;
mod options;
mod page;
mod received;
mod refusal;
mod register;
mod requests;
mod seed;
mod server;
mod shared;
mod state;
mod store;
#[cfg(test)]
mod testing;
mod web;

pub use emulator::Emulator;
pub use error::Error;
pub use fault::{Disconnect, Fault, Rate};
pub use options::Builder;
pub use received::ReceivedEvent;
pub use register::EqualSchema;
pub use requests::Request;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
