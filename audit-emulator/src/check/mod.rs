//! What the service checks: registration bodies, requests, events.

pub mod registration;
