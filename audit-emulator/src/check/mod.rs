//! What the service checks: registration bodies, requests, events.

pub mod absent;
mod ajv;
pub mod event;
mod event_schema;
pub mod registration;
pub mod request;
pub mod time;

pub use ajv::{MAX_BYTES, MAX_ERRORS};
