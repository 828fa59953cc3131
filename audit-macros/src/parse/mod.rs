//! Reads the user's item as it is written: order and original nodes are kept, nothing is judged.

pub mod attribute_errors;
pub mod attributes;
mod docs;
mod keeping;
pub mod keys;
mod plain;
mod quiet;
mod recover;

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Generics, Ident, Type};

use crate::diag::{Code, Errors};
use crate::idents;
use crate::types;
use attributes::Attributes;
use keys::Location;

/// An item with its `#[audit(…)]` attributes taken apart.
pub struct ParsedItem {
    pub ident: Ident,
    pub generics: Generics,
    /// The name of its builder.
    pub builder: Ident,
    pub attributes: Attributes,
    pub docs: String,
    /// The `#[allow(…)]` lists on it and in it, which what is generated repeats.
    pub allowed: TokenStream,
    pub body: Body,
}

/// What the item is.
pub enum Body {
    Struct(Vec<ParsedField>),
    /// A tuple struct with these fields.
    Tuple(Vec<Type>),
    Unit,
    Enum(Vec<ParsedVariant>),
    Union,
}

/// A named field.
pub struct ParsedField {
    pub ident: Ident,
    pub ty: Type,
    pub attributes: Attributes,
    pub docs: String,
    pub doc_attributes: Vec<syn::Attribute>,
    /// Whether rustc has reported the type: nothing mentions it then.
    pub rustc_reports: bool,
}

/// A variant.
pub struct ParsedVariant {
    pub ident: Ident,
    pub attributes: Attributes,
    pub docs: String,
    pub fields: Fields,
}

impl ParsedItem {
    /// Reads the item, or what there is of it.
    pub fn read(tokens: TokenStream, location: Location, errors: &mut Errors) -> Option<Self> {
        let mut input: DeriveInput = match syn::parse2(tokens.clone()) {
            Ok(input) => input,
            Err(error) => recover::item(tokens.clone(), &error, errors)?,
        };
        let builder = idents::builder(&input.ident, tokens);
        plain::types(&mut input);
        quiet::names(&mut input);
        let allowed = quiet::allowed(&input);
        let attributes = Attributes::read(&input.attrs, location, errors);
        let body = match input.data {
            Data::Struct(data) => match data.fields {
                Fields::Named(fields) => Body::Struct(named(
                    fields.named,
                    location.field(),
                    &input.generics,
                    errors,
                )),
                Fields::Unnamed(fields) => {
                    if location == Location::Value {
                        no_attributes(&fields.unnamed, "a tuple struct", NEWTYPE, errors);
                    }
                    if fields
                        .unnamed
                        .iter()
                        .any(|field| types::rustc_reports(&field.ty, &input.generics))
                    {
                        errors.mark_incomplete();
                    }
                    Body::Tuple(fields.unnamed.into_iter().map(|field| field.ty).collect())
                }
                Fields::Unit => Body::Unit,
            },
            Data::Enum(data) => {
                let mut held = data.variants.iter().flat_map(|variant| &variant.fields);
                if held.any(|field| types::rustc_reports(&field.ty, &input.generics)) {
                    errors.mark_incomplete();
                }
                Body::Enum(
                    data.variants
                        .into_iter()
                        .map(|variant| ParsedVariant::read(variant, location.variant(), errors))
                        .collect(),
                )
            }
            Data::Union(_) => Body::Union,
        };
        Some(Self {
            ident: input.ident,
            builder,
            generics: input.generics,
            attributes,
            docs: docs::text(&input.attrs, errors),
            allowed,
            body,
        })
    }

    /// Whether it has no size: nothing could be implemented for it.
    pub fn is_unsized(&self) -> bool {
        match &self.body {
            Body::Struct(fields) => fields
                .iter()
                .any(|field| types::unsized_type(&field.ty).is_some()),
            Body::Tuple(held) => held.iter().any(|ty| types::unsized_type(ty).is_some()),
            Body::Unit | Body::Enum(_) | Body::Union => false,
        }
    }
}

/// The named fields. A repeated name is rustc's error, and its second field is left out.
fn named(
    fields: impl IntoIterator<Item = syn::Field>,
    location: Location,
    generics: &Generics,
    errors: &mut Errors,
) -> Vec<ParsedField> {
    let mut read: Vec<ParsedField> = Vec::new();
    for field in fields {
        if read
            .iter()
            .any(|other| Some(&other.ident) == field.ident.as_ref())
        {
            errors.mark_incomplete();
        } else {
            read.extend(ParsedField::read(field, location, generics, errors));
        }
    }
    if read.iter().any(|field| field.rustc_reports) {
        errors.mark_incomplete();
    }
    read
}

impl ParsedField {
    fn read(
        field: syn::Field,
        location: Location,
        generics: &Generics,
        errors: &mut Errors,
    ) -> Option<Self> {
        let attributes = Attributes::read(&field.attrs, location, errors);
        // What isn't sent is described nowhere.
        let is_sent = attributes.get("skip").is_none()
            && (location != Location::EntityField || attributes.iter().next().is_some());
        Some(Self {
            rustc_reports: types::rustc_reports(&field.ty, generics),
            docs: if is_sent {
                docs::text(&field.attrs, errors)
            } else {
                String::new()
            },
            attributes,
            doc_attributes: docs::for_setter(&field.attrs),
            ident: field.ident?,
            ty: field.ty,
        })
    }

    /// Whether no attribute says anything of it.
    pub fn is_unmarked(&self) -> bool {
        self.attributes.iter().next().is_none() && !self.attributes.is_damaged()
    }

    /// The field's name, without `r#`.
    pub fn name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

impl ParsedVariant {
    fn read(variant: syn::Variant, location: Location, errors: &mut Errors) -> Self {
        if location == Location::EntityVariant && variant.fields.len() == 1 {
            no_attributes(
                &variant.fields,
                "a variant",
                "put it on the entity that it holds",
                errors,
            );
        }
        Self {
            attributes: Attributes::read(&variant.attrs, location, errors),
            docs: docs::text(&variant.attrs, errors),
            ident: variant.ident,
            fields: variant.fields,
        }
    }
}

const NEWTYPE: &str =
    "put `max_len` on the struct, and remove anything else: a newtype is sent as what it holds";

/// What stands on fields that no attribute is for.
fn no_attributes<'i>(
    fields: impl IntoIterator<Item = &'i syn::Field>,
    of: &str,
    instead: &str,
    errors: &mut Errors,
) {
    for attribute in fields
        .into_iter()
        .flat_map(|field| &field.attrs)
        .filter(|attribute| attribute.path().is_ident("audit"))
    {
        let what = format!("`#[audit(…)]` is not allowed on a field of {of}");
        errors.push_spanned(&attribute.meta, Code::MisplacedAttribute, what, instead);
    }
}
