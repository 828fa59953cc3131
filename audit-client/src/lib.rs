//! The client side of the Audit Logs API.
//!
//! [`transport`] sends requests: over HTTPS, through a proxy where the environment names one, and with bounded responses.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "http")]
pub mod transport;

/// The examples of the README.
#[cfg(all(doctest, feature = "http"))]
#[doc = include_str!("../README.md")]
struct Readme;
