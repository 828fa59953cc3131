//! Registration over real HTTP: the program, a folder, and emulators for environments.

mod errors;
mod faults;
mod plan;
mod pull;
mod push;
mod resolve;
mod serve;
mod site;
