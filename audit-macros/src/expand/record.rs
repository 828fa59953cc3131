//! The record in a link section, which tools read out of artifacts.

use proc_macro2::TokenStream;
use quote::quote;

use super::drift;
use crate::diag::Errors;
use crate::environment;
use crate::model::Event;

/// The static, unless this build leaves it out.
pub fn expand(event: &Event, errors: &mut Errors) -> TokenStream {
    match environment::leaves_records() {
        Ok(true) => quote! {
            #[used]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__audit_ev"))]
            #[cfg_attr(windows, unsafe(link_section = ".auditev"))]
            #[cfg_attr(not(any(target_vendor = "apple", windows, target_family = "wasm")), unsafe(link_section = ".note.audit"))]
            static __AUDIT_NOTE: __AuditNote = __AUDIT_RECORD;
        },
        Ok(false) => TokenStream::new(),
        Err(problem) => drift::report(event, problem, errors),
    }
}
