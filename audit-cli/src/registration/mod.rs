//! Registration: what is wanted, what is there, what stands for what. Values only; the network is `remote`'s.

pub mod matching;
pub mod plan;
pub mod recorder;
pub mod there;
pub mod wanted;

pub use matching::State;
pub use plan::{Item, Plan};
pub use recorder::Recorder;
pub use wanted::Wanted;
