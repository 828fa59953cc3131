//! Reads the user's item as it is written: order and original nodes are kept, nothing is judged.

pub mod attributes;
pub mod keys;

use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Generics, Ident, Type};

use crate::diag::Errors;
use attributes::Attributes;
use keys::Place;

/// An item with its `#[audit(…)]` attributes taken apart.
pub struct Written {
    pub ident: Ident,
    pub generics: Generics,
    pub attributes: Attributes,
    pub docs: String,
    pub body: Body,
}

/// What the item is.
pub enum Body {
    Struct(Vec<WrittenField>),
    /// A tuple struct with these fields.
    Tuple(Vec<Type>),
    Unit,
    Enum(Vec<WrittenVariant>),
    Union,
}

/// A named field.
pub struct WrittenField {
    pub ident: Ident,
    pub ty: Type,
    pub attributes: Attributes,
    pub docs: String,
    pub doc_attributes: Vec<syn::Attribute>,
}

/// A variant.
pub struct WrittenVariant {
    pub ident: Ident,
    pub attributes: Attributes,
    pub docs: String,
    pub fields: Fields,
}

/// What the derive reads an item for, which decides where an attribute stands.
#[derive(Clone, Copy)]
pub struct Places {
    pub item: Place,
    pub field: Place,
    pub variant: Place,
}

impl Written {
    pub fn read(input: DeriveInput, places: Places, errors: &mut Errors) -> Self {
        let attributes = Attributes::read(&input.attrs, places.item, errors);
        let body = match input.data {
            Data::Struct(data) => match data.fields {
                Fields::Named(fields) => Body::Struct(
                    fields.named.into_iter().filter_map(|field| WrittenField::read(field, places.field, errors)).collect(),
                ),
                Fields::Unnamed(fields) => Body::Tuple(fields.unnamed.into_iter().map(|field| field.ty).collect()),
                Fields::Unit => Body::Unit,
            },
            Data::Enum(data) => {
                Body::Enum(data.variants.into_iter().map(|variant| WrittenVariant::read(variant, places.variant, errors)).collect())
            }
            Data::Union(_) => Body::Union,
        };
        Self { ident: input.ident, generics: input.generics, attributes, docs: docs(&input.attrs), body }
    }
}

impl WrittenField {
    fn read(field: syn::Field, place: Place, errors: &mut Errors) -> Option<Self> {
        Some(Self {
            attributes: Attributes::read(&field.attrs, place, errors),
            docs: docs(&field.attrs),
            doc_attributes: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect(),
            ident: field.ident?,
            ty: field.ty,
        })
    }

    /// The field's name, without `r#`.
    pub fn name(&self) -> String {
        self.ident.unraw().to_string()
    }
}

impl WrittenVariant {
    fn read(variant: syn::Variant, place: Place, errors: &mut Errors) -> Self {
        Self {
            attributes: Attributes::read(&variant.attrs, place, errors),
            docs: docs(&variant.attrs),
            ident: variant.ident,
            fields: variant.fields,
        }
    }
}

/// The doc comment as text: one space before each line taken away, blank ends trimmed.
fn docs(attributes: &[syn::Attribute]) -> String {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    let lines = lines.iter().flat_map(|line| line.split('\n'));
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    lines.join("\n").trim().to_owned()
}

fn doc_line(attribute: &syn::Attribute) -> Option<String> {
    if !attribute.path().is_ident("doc") {
        return None;
    }
    let syn::Meta::NameValue(meta) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &meta.value else { return None };
    Some(text.value())
}
