//! Reads what there is of an item that isn't whole: while it is being typed an editor still wants its builder.
//!
//! rustc hands a derive the tokens that it couldn't parse itself, after it has reported them. What looks half typed is therefore no
//! error of ours; syntax that rustc may know and `syn` doesn't is.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DataEnum, DataStruct, DeriveInput, Field, Fields, FieldsNamed, Generics,
    Ident, Token, Variant, Visibility, braced, parse2,
};

use crate::diag::{Code, Errors};

/// The item, with what can be read of its fields or variants. `error` is why all of it can't.
pub fn item(tokens: TokenStream, error: &syn::Error, errors: &mut Errors) -> Option<DeriveInput> {
    let mut unknown = Vec::new();
    let read = |stream: ParseStream<'_>| {
        let attrs = stream.call(Attribute::parse_outer)?;
        let vis: Visibility = stream.parse()?;
        let enum_token = stream.parse::<Option<Token![enum]>>()?;
        let struct_token = match enum_token {
            None => stream.parse()?,
            Some(_) => <Token![struct]>::default(),
        };
        let ident: Ident = stream.parse()?;
        let mut generics: Generics = stream.parse()?;
        generics.where_clause = stream.parse()?;
        let content;
        let brace_token = braced!(content in stream);
        let data = match enum_token {
            Some(enum_token) => Data::Enum(DataEnum {
                enum_token,
                brace_token,
                variants: list(&content, &VARIANTS, &mut unknown),
            }),
            None => {
                let named = list(&content, &FIELDS, &mut unknown);
                Data::Struct(DataStruct {
                    struct_token,
                    fields: Fields::Named(FieldsNamed { brace_token, named }),
                    semi_token: None,
                })
            }
        };
        Ok(DeriveInput {
            attrs,
            vis,
            ident,
            generics,
            data,
        })
    };
    let item = read.parse2(tokens).ok();
    if item.is_none() {
        unknown.push(error.clone());
    }
    for error in unknown {
        let reason = error.to_string();
        // What `syn` could do with more features is of no use to who reads this.
        let reason = reason.split("; enable").next().unwrap_or_default();
        let help = "give what is unusual a name of its own, a `const` for an expression or a `type` for a type; or finish it";
        errors.push(
            error.span(),
            Code::Unreadable,
            format!("the derive can't read this: {reason}"),
            help,
        );
    }
    errors.mark_incomplete();
    item
}

/// How the elements of a list are read.
struct Elements<T> {
    parse: fn(ParseStream<'_>) -> syn::Result<T>,
    /// Makes one of what there is of it.
    unfinished: fn(ParseStream<'_>) -> syn::Result<T>,
    /// Whether one begins here, although no comma stands before it.
    begins: fn(ParseStream<'_>) -> bool,
}

const FIELDS: Elements<Field> = Elements {
    parse: Field::parse_named,
    unfinished: unfinished_field,
    begins: begins_field,
};
const VARIANTS: Elements<Variant> = Elements {
    parse: Variant::parse,
    unfinished: unfinished_variant,
    begins: begins_variant,
};

fn begins_field(stream: ParseStream<'_>) -> bool {
    stream.peek(Token![#])
        || stream.peek(Ident::peek_any) && stream.peek2(Token![:]) && !stream.peek2(Token![::])
}

fn begins_variant(stream: ParseStream<'_>) -> bool {
    stream.peek(Token![#]) || stream.peek(Ident)
}

/// Reads every element that can be read.
fn list<T: ToTokens>(
    stream: ParseStream<'_>,
    elements: &Elements<T>,
    unknown: &mut Vec<syn::Error>,
) -> Punctuated<T, Token![,]> {
    let &Elements {
        parse,
        unfinished,
        begins,
    } = elements;
    let mut read = Punctuated::new();
    while !stream.is_empty() {
        let error = match parse(&stream.fork()) {
            Ok(_) => {
                // The same tokens again, taken from the stream.
                read.extend(parse(stream).ok());
                let rest = to_next(stream, begins);
                (!is_separator(&rest)).then(|| syn::Error::new(rest.span(), "expected `,`"))
            }
            Err(error) => {
                let of_element = stream.fork();
                if unfinished(&stream.fork()).is_ok() {
                    read.extend(unfinished(stream).ok());
                } else {
                    // Onwards, whatever they are.
                    let _ = (
                        stream.call(Attribute::parse_outer),
                        stream.parse::<TokenTree>(),
                    );
                }
                let _ = stream.parse::<Option<Token![:]>>();
                to_next(stream, begins);
                (!is_half_typed(&of_element, stream, &error)).then_some(error)
            }
        };
        unknown.extend(error);
    }
    read
}

/// Skips to behind the next comma, or to where the next element must begin because a comma was forgotten.
fn to_next(stream: ParseStream<'_>, begins: fn(ParseStream<'_>) -> bool) -> TokenStream {
    let skipped = skip(stream, begins);
    // The last item, and one before an item without a comma, has none.
    let _ = stream.parse::<Token![,]>();
    skipped
}

/// Skips to the next comma, or to where `ends` holds.
pub fn skip(stream: ParseStream<'_>, ends: fn(ParseStream<'_>) -> bool) -> TokenStream {
    let mut skipped = TokenStream::new();
    while !stream.is_empty() && !stream.peek(Token![,]) && !ends(stream) {
        skipped.extend(stream.parse::<TokenTree>());
    }
    skipped
}

/// A `;` in place of the comma, or nothing: the next element follows at once.
fn is_separator(rest: &TokenStream) -> bool {
    rest.is_empty() || rest.to_string().starts_with(';')
}

/// Whether an element, which ends where `behind` goes on, stops in the middle: no future Rust could accept it.
fn is_half_typed(element: ParseStream<'_>, behind: ParseStream<'_>, error: &syn::Error) -> bool {
    let mut text = String::new();
    while element.cursor() != behind.cursor() {
        match element.parse::<TokenTree>() {
            Ok(token) => text.push_str(&token.to_string()),
            Err(_) => break,
        }
    }
    let text = text.trim_end_matches(',').replace("->", "");
    let opened = text.matches('<').count() > text.matches('>').count();
    opened || text.starts_with(':') || text.ends_with([':', '&']) || ended(error)
}

/// Whether an error says that nothing followed.
fn ended(error: &syn::Error) -> bool {
    let text = error.to_string();
    text.starts_with("unexpected end of input") || text == "expected `:`"
}

/// A field of which only the name is there for certain.
fn unfinished_field(stream: ParseStream<'_>) -> syn::Result<Field> {
    let (attributes, visibility, ident) = (
        stream.call(Attribute::parse_outer)?,
        stream.parse::<Visibility>()?,
        stream.parse::<Ident>()?,
    );
    Field::parse_named.parse2(quote!(#(#attributes)* #visibility #ident: _))
}

/// A variant of which only the name is there for certain.
fn unfinished_variant(stream: ParseStream<'_>) -> syn::Result<Variant> {
    let (attributes, ident) = (
        stream.call(Attribute::parse_outer)?,
        stream.parse::<Ident>()?,
    );
    parse2(quote!(#(#attributes)* #ident))
}
