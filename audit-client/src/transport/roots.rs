//! The certificates that servers are verified against.

use std::env;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls_native_certs::{load_certs_from_paths, load_native_certs};

/// Returns the system's roots and those that the environment names, or Mozilla's where the system has none.
pub fn roots() -> RootCertStore {
    let mut store = RootCertStore::empty();
    // Where a variable is set it has taken the place of the system's.
    let is_named = ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    let native = load_native_certs().certs;
    let (named, system) = if is_named {
        (native, system_folders())
    } else {
        (Vec::new(), native)
    };
    store.add_parsable_certificates(named);
    if store.add_parsable_certificates(system).0 == 0 {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    store
}

fn system_folders() -> Vec<CertificateDer<'static>> {
    openssl_probe::candidate_cert_dirs()
        .flat_map(|folder| load_certs_from_paths(None, Some(folder)).certs)
        .collect()
}
