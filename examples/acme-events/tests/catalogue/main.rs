//! What the catalogue's events become: real ones against the exported schemas and the service's rules, random ones at the limits.

mod events;
mod properties;
mod rules;
mod samples;
mod secrets;
mod service;
