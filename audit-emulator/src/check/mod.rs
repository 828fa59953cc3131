//! What the service checks: registration bodies, requests, events.

pub mod absent;
mod errors;
pub mod event;
pub mod event_schema;
pub mod registration;
pub mod request;
mod schema;
pub mod time;
mod words;
