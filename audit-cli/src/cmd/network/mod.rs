//! The commands that use the network.

mod environment;
pub mod plan;
pub mod pull;
pub mod push;
pub mod resolve;
pub mod serve;
pub mod verify;
