//! Types as they would be written by hand: what a macro's `$t:ty` or parentheses stand around is taken out of them, so that every later
//! look at a type sees its own form.

use syn::visit_mut::{self, VisitMut};
use syn::{DeriveInput, Type};

/// The item with plain types in its fields.
pub fn types(input: &mut DeriveInput) {
    Plain.visit_data_mut(&mut input.data);
}

/// The type without what stands around it.
pub fn ty(ty: &mut Type) {
    Plain.visit_type_mut(ty);
}

struct Plain;

impl VisitMut for Plain {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        while let Type::Group(syn::TypeGroup { elem, .. })
        | Type::Paren(syn::TypeParen { elem, .. }) = ty
        {
            // `&(dyn A + B)` needs them.
            if matches!(**elem, Type::TraitObject(_) | Type::ImplTrait(_)) {
                break;
            }
            *ty = std::mem::replace(&mut **elem, Type::Verbatim(proc_macro2::TokenStream::new()));
        }
        visit_mut::visit_type_mut(self, ty);
    }
}
