//! Audit events whose schema is a compile-time constant.
//!
//! Annotate domain types; the derives generate typed builders, enforce every limit of the `WorkOS` Audit Logs API at compile time (or,
//! where only the value can tell, when the event is built) and render the JSON Schema that the service registers.
//!
//! ```
//! use audit_core::{AuditEntity, AuditEvent, AuditValue, Context};
//!
//! #[derive(AuditValue)]
//! #[audit(rename_all = "snake_case")]
//! enum SignInMethod { Password, Sso }
//!
//! #[derive(AuditEntity)]
//! #[audit(type = "user")]
//! struct User {
//!     #[audit(id)] id: String,
//!     #[audit(name)] full_name: String,
//!     password_hash: String, // unmarked: never leaves the process
//! }
//!
//! #[derive(AuditEntity)]
//! #[audit(type = "team")]
//! struct Team { #[audit(id)] id: String }
//!
//! /// A member signed in to a team.
//! #[derive(AuditEvent)]
//! #[audit(action = "team.signed_in", version = 1)]
//! struct UserSignedIn {
//!     #[audit(actor)] user: User,
//!     #[audit(target)] team: Team,
//!     method: SignInMethod,
//!     mfa: bool,
//! }
//!
//! let event = UserSignedIn::builder()
//!     .user(User { id: "user_1".into(), full_name: "Zoë".into(), password_hash: "secret".into() })
//!     .team(Team { id: "team_1".into() })
//!     .method(SignInMethod::Sso)
//!     .mfa(true)
//!     .context(Context::new("203.0.113.7"))
//!     .build();
//! assert!(event.as_json().starts_with(r#"{"action":"team.signed_in","version":1,"occurred_at":""#));
//! assert!(!event.as_json().contains("secret"));
//!
//! // What is sent has the version that the service gave to this schema in an environment.
//! use audit_core::Registrations;
//! let registrations = Registrations::from_json(r#"{"team.signed_in": {"1": {"server": 3, "sha256": ""}}}"#)?;
//! assert!(event.to_wire(&registrations)?.starts_with(r#"{"action":"team.signed_in","version":3,"occurred_at":""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Sending
//!
//! The version that code declares is a name; which number stands for it is the environment's business, and written in a file of
//! registrations. [`Event::as_json`] has the declared one. What the service takes is [`Event::to_wire`], or, for an event that was stored
//! as text, [`Registrations::to_wire`].
//!
//! # Lists
//!
//! A list becomes one text by `join`, with a comma or another separator between its items. Longer than 500 characters, or than `max_len`,
//! it is a violation; with `truncate` it is cut between two items, and the text ends with the number of the others.
//!
//! ```
//! use audit_core::AuditMetadata;
//!
//! #[derive(AuditMetadata)]
//! struct Changed {
//!     #[audit(join)] fields: Vec<&'static str>,                   // `name,plan`
//!     #[audit(join = "; ", max_len = 200)] reasons: Vec<String>,  // `too dear; too slow`
//!     #[audit(join, truncate)] members: Vec<u64>,                 // `7,12,93…+37`
//! }
//! ```
//!
//! Items aren't escaped, so that one which holds the separator reads like two: choose a separator that no item holds. An empty list is an
//! empty text, and so is a list of one empty text: where that matters, hold an `Option` of the list, or send its length under a key of
//! its own.
//!
//! # Actions that the service has already
//!
//! An action is dotted lower case, such as `user.signed_in`. The service itself takes more, and forgets none: one that it has already by
//! another name is taken as it is with `as_registered`. It has 1 to 128 printable ASCII characters, without space, `/` and `\`.
//!
//! ```
//! use audit_core::{Actor, AuditEntity, AuditEvent};
//!
//! #[derive(AuditEntity)]
//! #[audit(type = "agent")]
//! struct Agent { #[audit(id)] id: u64 }
//!
//! #[derive(AuditEvent)]
//! #[audit(action = "agents:create", version = 1, as_registered, actor = Actor)]
//! struct AgentCreated { #[audit(target)] agent: Agent }
//!
//! assert_eq!(AgentCreated::ACTION, "agents:create");
//! ```
//!
//! Its folder's name is percent-encoded where a file system needs it: `schemas/agents%3Acreate/v1.json`. The lint `action-name` of
//! `cargo audit-schema check` lists such events.
//!
//! # Without a builder
//!
//! `builder = false` on an event leaves its builder out, which is the largest part of what a derive costs a build. Struct literals are then the
//! only way to make one, with [`try_into_event`](AuditEvent::try_into_event) and the other methods of [`AuditEvent`], and a field may have any name:
//! `build` is one of those that a setter couldn't have.
//!
//! ```
//! use audit_core::{Actor, AuditEntity, AuditEvent, BuildError, Context};
//!
//! #[derive(AuditEntity)]
//! #[audit(type = "app")]
//! struct App { #[audit(id)] id: &'static str }
//!
//! #[derive(AuditEvent)]
//! #[audit(action = "app.deployed", version = 1, builder = false)]
//! struct AppDeployed {
//!     #[audit(actor)] by: Actor,
//!     #[audit(target)] app: App,
//!     build: u32,
//! }
//!
//! let deployed = AppDeployed { by: Actor::new("system", "ci"), app: App { id: "app_1" }, build: 4711 };
//! assert_eq!(deployed.try_into_event(Context::empty())?.to_value()["metadata"]["build"], 4711);
//! # Ok::<(), BuildError>(())
//! ```
//!
//! # Features
//!
//! | feature | adds |
//! | --- | --- |
//! | `derive` (default) | the derives |
//! | `uuid`, `url`, `rust_decimal`, `bigdecimal` | these crates' types as metadata values |
//! | `jiff`, `time`, `chrono` | their dates, times and durations as metadata values; points in time convert into [`Timestamp`] |
//! | `schemars` | `JsonSchema` for [`Event`], [`Actor`], [`Text`] and whatever derives one of our traits: don't derive it beside them |
//! | `tooling` | reading records out of artifacts, and the table of error codes |

#[doc(hidden)]
pub mod __private;
mod action;
mod builder;
mod context;
#[cfg(feature = "tooling")]
pub mod diagnostics;
mod encode;
mod entity;
mod error;
mod event;
mod form;
mod json;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub mod json_schema;
pub mod limits;
mod metadata;
mod registrations;
pub mod schema;
mod timestamp;
mod value;
mod wire;
mod worded;

pub use context::{Context, Envelope};
pub use encode::ValueEncoder;
pub use entity::{Actor, AuditEntity};
pub use error::{BuildError, Limit, TooLong, Violation};
pub use event::{AuditEvent, Event, Infallible, OwnActor};
pub use metadata::AuditMetadata;
pub use registrations::{NotRegistered, Registrations, RegistrationsError};
pub use schema::ValueType;
pub use timestamp::Timestamp;
pub use value::{AuditValue, Bounded, Text, kind};
pub use wire::WireError;

#[cfg(feature = "derive")]
pub use audit_macros::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};
