//! An actor or target: its encoding and its schema.

use proc_macro2::{Ident, TokenStream};
use syn::Type;

use super::checks::{self, check};
use super::{block, bounds, encode, entries, keys, note};
use crate::generics::{self, quote_hygienic};
use crate::idents;
use crate::model::{Entity, EntityEnum, EntityVariant, Item, Member, Role, VariantKind};
use crate::types;

pub fn expand(entity: &Entity) -> TokenStream {
    let private = idents::private();
    let keys = keys::keys(&entity.members, None);
    let shape = quote_hygienic!(#private::Shape::Struct(&#keys));
    let name = entity.item.ident.to_string();
    let keys = quote_hygienic!(__AUDIT_PARTS.keys());
    let flatten = checks::of_groups(
        &entity.members,
        &|index| quote_hygienic!(#private::flatten_problem(#name, #keys, #index)),
    );
    let parts = [
        bounds::markers(
            &entity.item.ident,
            entity.members.iter().map(|member| &member.ident),
        ),
        described(
            &entity.item,
            Some(&entity.type_name),
            &shape,
            &encode_struct(entity),
        ),
        flatten,
        entries::text_checks(&entity.members, &keys),
        bounds::infallible(&entity.item, &entity.members, &keys, None, None),
        json_schema(&entity.item),
    ];
    block::block(
        &entity.item.core,
        &entity.item.allowed,
        &parts.into_iter().collect(),
    )
}

/// What the entity is and how it is written, in one constant; its schema, rendered; the check of its metadata as a whole.
fn described(
    item: &Item,
    type_name: Option<&str>,
    shape: &TokenStream,
    encode: &TokenStream,
) -> TokenStream {
    let private = idents::private();
    let ident = &item.ident;
    let (impl_generics, arguments, where_clause) = item.generics.split_for_impl();
    let at_static = generics::at_static(&item.generics);
    let note = note::entity(ident, &item.docs, type_name);
    let type_name = type_name.unwrap_or_default();
    let (name, start) = (ident.to_string(), ident.span().start());
    let (line, column) = (
        u32::try_from(start.line).unwrap_or_default(),
        u32::try_from(start.column).unwrap_or_default(),
    );
    let check = check(
        ident.span(),
        &quote_hygienic!(__AUDIT_PARTS.problem(&__AUDIT_LAYOUT)),
    );
    quote_hygienic! {
        impl #impl_generics #private::DescribedEntity for #ident #arguments #where_clause {
            const CODE: #private::EntityCode<Self> = #private::EntityCode {
                parts: &#private::EntityParts {
                    type_name: #type_name,
                    shape: #shape,
                    note: #note,
                    identity: #private::Identity { module: ::core::module_path!(), name: #name, line: #line, column: #column },
                },
                encode: |__audit_value: &Self, __audit_out: &mut #private::Encoder| { #encode },
            };
        }
        impl #impl_generics #private::AuditEntity for #ident #arguments #where_clause {
            const SCHEMA: &'static #private::EntitySchema = &__AUDIT_SCHEMA;
            fn encode(&self, __audit_out: &mut #private::Encoder) {
                (<Self as #private::DescribedEntity>::CODE.encode)(self, __audit_out);
            }
        }
        const __AUDIT_PARTS: &'static #private::EntityParts = <#ident #at_static as #private::DescribedEntity>::CODE.parts;
        const __AUDIT_LAYOUT: #private::EntityLayout = __AUDIT_PARTS.layout();
        const __AUDIT_RENDERED: [#private::u8; __AUDIT_LAYOUT.total] = __AUDIT_PARTS.render();
        const __AUDIT_SCHEMA: #private::EntitySchema = __AUDIT_PARTS.schema(&__AUDIT_LAYOUT, &__AUDIT_RENDERED);
        #check
    }
}

fn encode_struct(entity: &Entity) -> TokenStream {
    let private = idents::private();
    let head = encode::entity_head(&entity.type_name);
    // An unmarked field is read, so that the compiler doesn't call it dead.
    let unmarked = entity
        .members
        .iter()
        .filter(|member| matches!(member.role, Role::Skip))
        .map(|member| &member.ident);
    let id = entity.members.iter().find(|member| matches!(member.role, Role::Id)).map(|member| {
        let (ident, ty) = (&member.ident, &member.ty);
        if types::is_string(ty) {
            quote_hygienic!((&&#private::AsText(&__audit_value.#ident)).__audit_entity(__audit_out, #head);)
        } else {
            let form = encode::form(ty);
            quote_hygienic!(__audit_out.entity::<#ty, _>(#head, &__audit_value.#ident, #form);)
        }
    });
    let name = entity
        .members
        .iter()
        .find(|member| matches!(member.role, Role::Name))
        .map(write_name);
    let has_metadata = entity
        .members
        .iter()
        .any(|member| matches!(member.role, Role::Value(_) | Role::Flatten(_)));
    let metadata = if has_metadata {
        let fields = encode::fields_of_value(&entity.members);
        quote_hygienic!(__audit_out.metadata(); #fields __audit_out.metadata_end();)
    } else {
        quote_hygienic!(__audit_out.entity_end();)
    };
    quote_hygienic! {
        use #private::{FormDisplay as _, FormNone as _, FormValue as _, WriteText as _};
        #(let _ = &__audit_value.#unmarked;)*
        #id
        #name
        #metadata
    }
}

fn write_name(member: &Member) -> TokenStream {
    let private = idents::private();
    let ident = &member.ident;
    let inner = types::option_inner(&member.ty);
    let ty = inner.unwrap_or(&member.ty);
    let write = if types::is_string(ty) {
        quote_hygienic!((&&#private::AsText(__audit_held)).__audit_name(__audit_out);)
    } else {
        // An alias may hide an `Option`.
        let form = encode::form(ty);
        quote_hygienic!(use #private::FormOptional as _; __audit_out.name::<#ty, _>(__audit_held, #form);)
    };
    if inner.is_some() {
        quote_hygienic!(if let #private::Some(__audit_held) = &__audit_value.#ident { #write })
    } else {
        quote_hygienic!({ let __audit_held = &__audit_value.#ident; #write })
    }
}

pub fn expand_enum(entity: &EntityEnum) -> TokenStream {
    let private = idents::private();
    let schemas = entity.variants.iter().map(variant_schema);
    let shape = quote_hygienic!(#private::Shape::Enum(&[#(#schemas),*]));
    let arms = entity.variants.iter().map(encode_variant);
    let ident = &entity.item.ident;
    let (_, arguments, _) = entity.item.generics.split_for_impl();
    let (parameters, within) = (
        generics::parameters(&entity.item.generics),
        idents::within(),
    );
    let given = generics::predicates(&entity.item.generics);
    let held = entity
        .variants
        .iter()
        .filter_map(|variant| Some(variant.held()?.1));
    let parts = [
        described(
            &entity.item,
            None,
            &shape,
            &quote_hygienic!(match __audit_value { #(#arms)* }),
        ),
        quote_hygienic! {
            impl <#(#parameters,)* #within> #private::AlwaysValid<#within> for #ident #arguments
            where #given #(for<'__x> #held: #private::AlwaysValid<#within>,)* {}
        },
        if entity.from {
            conversions(entity)
        } else {
            TokenStream::new()
        },
        json_schema(&entity.item),
    ];
    block::block(
        &entity.item.core,
        &entity.item.allowed,
        &parts.into_iter().collect(),
    )
}

/// `From` each entity. Of two variants that hold the same type neither is the one that is meant.
fn conversions(entity: &EntityEnum) -> TokenStream {
    let private = idents::private();
    let ident = &entity.item.ident;
    let (impl_generics, arguments, where_clause) = entity.item.generics.split_for_impl();
    let held: Vec<_> = entity
        .variants
        .iter()
        .filter_map(|variant| Some((variant, variant.held()?)))
        .collect();
    let all: Vec<_> = held.iter().map(|(_, (_, ty))| *ty).collect();
    let only = held.iter().filter(|(_, (_, ty))| types::is_alone(ty, &all));
    let from = |name: &Ident, field: Option<&Ident>, ty: &Type, held: &TokenStream| {
        let made = match field {
            Some(field) => quote_hygienic!(Self::#name { #field: #held }),
            None => quote_hygienic!(Self::#name(#held)),
        };
        quote_hygienic! {
            impl #impl_generics #private::From<#ty> for #ident #arguments #where_clause {
                fn from(__audit_held: #ty) -> Self { #made }
            }
        }
    };
    only.map(|(variant, (field, ty))| {
        let given = from(&variant.ident, *field, ty, &quote_hygienic!(__audit_held));
        // A large variant is boxed, and its entity is given all the same.
        let boxed = types::unboxed(ty, &all);
        let boxed = boxed.map(|inner| {
            from(
                &variant.ident,
                *field,
                inner,
                &quote_hygienic!(#private::Into::into(__audit_held)),
            )
        });
        quote_hygienic!(#given #boxed)
    })
    .collect()
}

fn variant_schema(variant: &EntityVariant) -> TokenStream {
    let private = idents::private();
    match &variant.kind {
        VariantKind::Holds { ty, .. } => quote_hygienic!(<#ty as #private::AuditEntity>::SCHEMA),
        VariantKind::Fixed { type_name, id } => {
            let notes = note::fixed_variant(&variant.ident, &variant.docs, type_name, id);
            quote_hygienic!(&#private::EntitySchema::__fixed(#type_name, #notes))
        }
    }
}

fn encode_variant(variant: &EntityVariant) -> TokenStream {
    let private = idents::private();
    let ident = &variant.ident;
    match &variant.kind {
        VariantKind::Holds { field: None, ty } => {
            quote_hygienic!(Self::#ident(__audit_held) => <#ty as #private::AuditEntity>::encode(__audit_held, __audit_out),)
        }
        VariantKind::Holds {
            field: Some(field),
            ty,
        } => {
            quote_hygienic!(Self::#ident { #field: __audit_held } => <#ty as #private::AuditEntity>::encode(__audit_held, __audit_out),)
        }
        VariantKind::Fixed { type_name, id } => {
            let json = format!(
                "{}{}\",\"metadata\":{{}}}}",
                encode::entity_head(type_name),
                super::value::escaped(id)
            );
            quote_hygienic!(Self::#ident => __audit_out.fixed_actor(#json),)
        }
    }
}

/// The schema for an API description.
#[cfg(feature = "schemars")]
fn json_schema(item: &Item) -> TokenStream {
    let private = idents::private();
    super::json_schema::implement(
        item,
        None,
        &quote_hygienic!(#private::json_schema::entity(&__AUDIT_SCHEMA)),
    )
}

#[cfg(not(feature = "schemars"))]
fn json_schema(_: &Item) -> TokenStream {
    TokenStream::new()
}
