//! The emulator over HTTP. One test program: what waits in one of them is time for another. Memory is measured in a program of its own, `load`.

mod api_document;
mod bounds;
mod endpoints;
mod events;
mod exports;
mod faults;
mod idempotency;
mod lifetime;
mod metadata;
mod organizations;
mod page;
mod schemas;
mod security;
mod support;
mod vendor_node;
mod vendor_python;
mod watching;
