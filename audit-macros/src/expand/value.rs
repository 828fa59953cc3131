//! Derived values: fieldless enums and newtypes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{block, note};
use crate::generics::{self, mentions_parameter};
use crate::idents;
use crate::model::{Item, Newtype, ValueEnum};
use crate::types;

pub fn expand_enum(value: &ValueEnum) -> TokenStream {
    let private = idents::private();
    let ident = &value.item.ident;
    let schema = if value.open {
        quote!(#private::ValueType::__open_enumeration())
    } else {
        closed(value)
    };
    let longest = value
        .variants
        .iter()
        .map(|variant| variant.name.chars().count())
        .max()
        .unwrap_or(1)
        .max(1);
    let longest = Literal::usize_unsuffixed(longest);
    let (generics, arguments, where_clause) = value.item.generics.split_for_impl();
    let lifetimes: Vec<_> = value.item.generics.lifetimes().collect();
    let text = text_of(value);
    let code = quote! {
        impl #generics #private::AuditValue for #ident #arguments #where_clause {
            const TYPE: #private::ValueType = #schema;
            type Setter = #private::setter::ByInto;
            fn encode(&self, __audit_out: #private::ValueEncoder<'_>) {
                __audit_out.str(self.__audit_text());
            }
        }
        #text
        impl #generics #private::ValueText for #ident #arguments #where_clause {
            fn value_text(&self) -> #private::Cow<'_, #private::str> {
                #private::Cow::Borrowed(self.__audit_text())
            }
        }
        impl <#(#lifetimes,)* __F, __E> #private::Bounded<__F, __E> for #ident #arguments #where_clause {}
        impl <#(#lifetimes,)* __F, __E> #private::BoundedWhenCut<__F, __E> for #ident #arguments #where_clause {}
        impl #generics #private::DisplayBound for #ident #arguments #where_clause {
            const MAX: #private::u16 = #longest;
        }
    };
    let mention = block::mention(&value.item);
    let json_schema = json_schema(&value.item, None);
    block::block(
        &value.item.core,
        &value.item.allowed,
        &quote!(#mention #code #json_schema),
    )
}

/// The method that an enum's text is found by, and `as_str()`. Nothing else calls that, so that an enum with one of its own has one error.
fn text_of(value: &ValueEnum) -> TokenStream {
    let private = idents::private();
    let ident = &value.item.ident;
    let (generics, arguments, where_clause) = value.item.generics.split_for_impl();
    let arms = value.variants.iter().map(|variant| {
        let (ident, name) = (&variant.ident, &variant.name);
        quote!(Self::#ident { .. } => #name)
    });
    let as_str = value.as_str.then(|| {
        quote! {
            /// Returns the text that is sent.
            pub const fn as_str(&self) -> &'static #private::str {
                self.__audit_text()
            }
        }
    });
    quote! {
        impl #generics #ident #arguments #where_clause {
            #as_str
            const fn __audit_text(&self) -> &'static #private::str {
                match self { #(#arms,)* }
            }
        }
    }
}

/// `"enum": ["a", "b"], "type": "string"}`: sorted by bytes, escaped as `serde_json` does.
fn closed(value: &ValueEnum) -> TokenStream {
    let private = idents::private();
    let mut values: Vec<(&str, &str)> = value
        .variants
        .iter()
        .map(|variant| (variant.name.as_str(), variant.docs.as_str()))
        .collect();
    values.sort_unstable();
    let names: Vec<String> = values
        .iter()
        .map(|(name, _)| format!("\"{}\"", escaped(name)))
        .collect();
    let json = format!("\"enum\": [{}], \"type\": \"string\"}}", names.join(", "));
    let notes = note::values(values.into_iter());
    quote!(#private::ValueType::__enumeration(&#private::Values { json: #json, notes: #notes }))
}

/// Text inside a JSON string.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            control if u32::from(control) < 0x20 => {
                escaped.extend(format!("\\u{:04x}", u32::from(control)).chars());
            }
            other => escaped.push(other),
        }
    }
    escaped
}

pub fn expand_newtype(value: &Newtype) -> TokenStream {
    let private = idents::private();
    let ty = &value.ty;
    let generic =
        mentions_parameter(&value.item.generics, ty).then(|| quote!(#ty: #private::AuditValue,));
    let code = match value.max_len {
        Some(max) => bounded(value, max),
        None => wrapper(value, generic.as_ref()),
    };
    let mention = block::mention(&value.item);
    let json_schema = json_schema(&value.item, generic.as_ref());
    block::block(
        &value.item.core,
        &value.item.allowed,
        &quote!(#mention #code #json_schema),
    )
}

/// The type, how a value is written and its text: in one constant, because a trait error is one error only within one body.
fn described(value: &Newtype, generic: Option<&TokenStream>, code: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &value.item.ident;
    let (impl_generics, arguments, _) = value.item.generics.split_for_impl();
    let given = generics::predicates(&value.item.generics);
    quote! {
        impl #impl_generics #private::DescribedValue for #ident #arguments where #given #generic {
            const CODE: #private::ValueCode<Self> = #private::ValueCode { #code };
        }
        impl #impl_generics #private::AuditValue for #ident #arguments where #given #generic {
            const TYPE: #private::ValueType = <Self as #private::DescribedValue>::CODE.ty;
            type Setter = #private::setter::ByInto;
            fn encode(&self, __audit_out: #private::ValueEncoder<'_>) {
                (<Self as #private::DescribedValue>::CODE.encode)(self, __audit_out);
            }
        }
    }
}

/// Without `max_len` it wraps any value, and has its limits.
fn wrapper(value: &Newtype, generic: Option<&TokenStream>) -> TokenStream {
    let private = idents::private();
    let (ident, ty) = (&value.item.ident, &value.ty);
    let (_, arguments, _) = value.item.generics.split_for_impl();
    let given = generics::predicates(&value.item.generics);
    let parameters = generics::parameters(&value.item.generics);
    let code = quote! {
        ty: <#ty as #private::AuditValue>::TYPE,
        encode: |__audit_value: &Self, __audit_out: #private::ValueEncoder<'_>| <#ty as #private::AuditValue>::encode(&__audit_value.0, __audit_out),
        text: |_: &Self| "",
    };
    let described = described(value, generic, &code);
    // A number has no text of its own.
    let value_text = (!types::is_primitive(ty)).then(|| {
        quote! {
            impl <#(#parameters,)*> #private::ValueText for #ident #arguments where #given for<'__x> #ty: #private::ValueText {
                fn value_text(&self) -> #private::Cow<'_, #private::str> {
                    <#ty as #private::ValueText>::value_text(&self.0)
                }
            }
        }
    });
    quote! {
        #described
        #value_text
        impl <#(#parameters,)* __F, __E> #private::Bounded<__F, __E> for #ident #arguments
        where #given for<'__x> #ty: #private::Bounded<__F, __E> {}
        impl <#(#parameters,)* __F, __E> #private::BoundedWhenCut<__F, __E> for #ident #arguments
        where #given for<'__x> #ty: #private::BoundedWhenCut<__F, __E> {}
    }
}

/// With `max_len` it holds text, and its constructors check it.
fn bounded(value: &Newtype, max: u16) -> TokenStream {
    let private = idents::private();
    let (ident, ty) = (&value.item.ident, &value.ty);
    let (impl_generics, arguments, where_clause) = value.item.generics.split_for_impl();
    let parameters = generics::parameters(&value.item.generics);
    let code = quote! {
        ty: <#ty as #private::TextValue>::VALUE_TYPE.__limited(#max),
        encode: |__audit_value: &Self, __audit_out: #private::ValueEncoder<'_>| __audit_out.max_len(#max).str(<#ty as #private::TextValue>::text(&__audit_value.0)),
        text: |__audit_value: &Self| <#ty as #private::TextValue>::text(&__audit_value.0),
    };
    let described = described(value, None, &code);
    let constructors = value.new.then(|| constructors(value, max));
    quote! {
        #described
        impl #impl_generics #private::ValueText for #ident #arguments #where_clause {
            fn value_text(&self) -> #private::Cow<'_, #private::str> {
                #private::Cow::Borrowed(<#ty as #private::TextValue>::text(&self.0))
            }
        }
        impl <#(#parameters,)* __F, __E> #private::Bounded<__F, __E> for #ident #arguments #where_clause {}
        impl <#(#parameters,)* __F, __E> #private::BoundedWhenCut<__F, __E> for #ident #arguments #where_clause {}
        #constructors
    }
}

/// What makes the newtype of text, where the text isn't too long.
fn constructors(value: &Newtype, max: u16) -> TokenStream {
    let private = idents::private();
    let (ident, ty) = (&value.item.ident, &value.ty);
    let (impl_generics, arguments, where_clause) = value.item.generics.split_for_impl();
    let from_str = (types::is_string(ty) && !matches!(ty, syn::Type::Reference(_))).then(|| {
        let given = generics::predicates(&value.item.generics);
        // Where the `String` isn't the standard one it may not be made of a `&str`.
        let convertible = quote!(for<'__x> &'__x #private::str: #private::Into<#ty>);
        quote! {
            impl #impl_generics #private::TryFrom<&#private::str> for #ident #arguments where #given #convertible {
                type Error = #private::TooLong;
                fn try_from(__audit_text: &#private::str) -> #private::Result<Self, #private::TooLong> {
                    #private::checked_text(Self(#private::Into::into(__audit_text)), #max)
                }
            }
        }
    });
    quote! {
        impl #impl_generics #ident #arguments #where_clause {
            #[doc = "Creates the value.\n\n# Errors\n`TooLong` where the text is longer than allowed."]
            pub fn new(text_value: impl #private::Into<#ty>) -> #private::Result<Self, #private::TooLong> {
                #private::checked_text(Self(#private::Into::into(text_value)), #max)
            }
        }
        impl #impl_generics #private::TryFrom<#ty> for #ident #arguments #where_clause {
            type Error = #private::TooLong;
            fn try_from(__audit_text: #ty) -> #private::Result<Self, #private::TooLong> {
                #private::checked_text(Self(__audit_text), #max)
            }
        }
        #from_str
    }
}

/// The schema for an API description.
#[cfg(feature = "schemars")]
fn json_schema(item: &Item, given: Option<&TokenStream>) -> TokenStream {
    let private = idents::private();
    let schema = quote!(#private::json_schema::value(&<Self as #private::AuditValue>::TYPE));
    super::json_schema::implement(item, given, &schema)
}

#[cfg(not(feature = "schemars"))]
fn json_schema(_: &Item, _: Option<&TokenStream>) -> TokenStream {
    TokenStream::new()
}
