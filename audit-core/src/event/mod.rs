//! Events: what a type must say to be one, and the bytes that one becomes.

mod built;
mod of_type;

pub use built::Event;
pub use of_type::{ActorInField, AlwaysValid, HoldsActor, PassedAs};
