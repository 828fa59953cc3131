#![doc = include_str!("../README.md")]

mod action;
pub mod case;
mod conflict;
pub mod folder;
mod json;
pub mod leaf;
pub mod limits;
pub mod record;
pub mod registrations;

pub use action::action_problem;
pub use conflict::conflict;
pub use registrations::Problem;
