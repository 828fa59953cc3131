//! One file a measurement. Each makes a table.

pub mod budget;
pub mod build;
pub mod cold;
pub mod edit;
pub mod instructions;
pub mod linear;
pub mod size;
