//! The `WorkOS` Audit Logs API on this machine: an emulator that checks what the service checks, and tells the truth.
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
//! // A client goes here: base URL `emulator.url()`, key `emulator.api_key()`.
//! assert!(emulator.requests().is_empty());
//! emulator.stop().await;
//! # Ok::<(), audit_emulator::Error>(())
//! # }).unwrap();
//! ```

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
mod number;
mod options;
mod page;
mod received;
mod register;
mod requests;
mod seed;
mod server;
mod state;
mod store;
#[cfg(test)]
mod testing;

pub use emulator::Emulator;
pub use error::Error;
pub use fault::{Drop, Rate, Rule, RuleError};
pub use options::Builder;
pub use received::ReceivedEvent;
pub use requests::Request;
