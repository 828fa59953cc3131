//! The record in a link section, which tools read out of artifacts.

use std::marker::PhantomData;
use std::num::IntErrorKind;

use proc_macro2::TokenStream;
use quote::quote;

use super::drift;
use crate::diag::Errors;
use crate::environment;
use crate::model::Event;

/// The static, unless this build leaves it out.
pub fn expand(event: &Event, errors: &mut Errors) -> TokenStream {
    match environment::leaves_records() {
        Ok(true) => {
            let elf = if RETAINED { ".auditev" } else { ".note.audit" };
            quote! {
                #[used]
                #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__audit_ev"))]
                #[cfg_attr(windows, unsafe(link_section = ".auditev"))]
                #[cfg_attr(not(any(target_vendor = "apple", windows, target_family = "wasm")), unsafe(link_section = #elf))]
                static __AUDIT_NOTE: __AuditNote = __AUDIT_RECORD;
            }
        }
        Ok(false) => TokenStream::new(),
        Err(problem) => drift::report(event, problem, errors),
    }
}

/// Whether the compiler marks `#[used]` statics for the linker to keep (`SHF_GNU_RETAIN`), as Rust does since 1.89. Before that, linkers
/// drop what nothing refers to unless it is a note; and notes keep `.note.gnu.build-id` off the first page of a program of many events
/// where lld orders them, which is Rust's default linker since 1.90.
const RETAINED: bool = Since190::<IntErrorKind>::YES;

/// Tells the compiler's version by what the standard library implements: `IntErrorKind` is `Copy` since 1.90. A build script that asks
/// `rustc` costs every build of the dependencies.
struct Since190<T>(PhantomData<T>);

#[allow(dead_code, reason = "older compilers have the other one")]
impl<T: Copy> Since190<T> {
    const YES: bool = true;
}

/// What is found where the inherent constant doesn't apply.
#[allow(dead_code, reason = "newer compilers have the other one")]
trait Before190 {
    const YES: bool = false;
}

impl<T> Before190 for Since190<T> {}
