//! The program as people run it. One test program: most of what these tests do is wait for builds, sleeps and other processes.

mod as_registered;
mod builds;
mod bump;
mod check;
mod configurations;
mod diff;
mod formats;
mod import;
mod layers;
mod life;
mod lints;
mod projects;
mod registration;
mod schema_changes;
mod support;
mod tracking;
#[cfg(target_os = "linux")]
mod truncated;
mod unseen;
mod usage;
mod writing;
