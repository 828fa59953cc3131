//! What a type's tokens tell: never more than a hint, because an alias can hide anything. What a wrong guess could break is decided by
//! traits instead.

use proc_macro2::{Spacing, TokenTree};
use quote::ToTokens;
use syn::{
    Expr, GenericArgument, Generics, Lifetime, LitInt, PathArguments, PathSegment, Type,
    visit_mut::VisitMut,
};

/// The last segment of a plain path type that may be the standard library's or ours: one that a path names in another crate or module isn't.
fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            let segments = &path.path.segments;
            let is_known = |first: &PathSegment| {
                ["std", "core", "alloc", "audit_core"]
                    .iter()
                    .any(|name| first.ident == name)
            };
            segments
                .last()
                .filter(|_| segments.len() == 1 || segments.first().is_some_and(is_known))
        }
        _ => None,
    }
}

/// The one argument of `Name<…>`.
fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t GenericArgument> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => {
            arguments.args.first()
        }
        _ => None,
    }
}

/// The `T` of `Name<T>`.
fn inner<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    match argument(ty, name)? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// The `T` of a type that is written `Option<T>`.
pub fn option_inner(ty: &Type) -> Option<&Type> {
    inner(ty, "Option")
}

/// The `T` of a type that is written `Vec<T>`.
pub fn vec_inner(ty: &Type) -> Option<&Type> {
    inner(ty, "Vec")
}

/// The name of a type that is a single word, `u32`.
fn word(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().map(ToString::to_string)
}

fn is_one_of(ty: &Type, words: &[&str]) -> bool {
    word(ty).is_some_and(|word| words.contains(&word.as_str()))
}

/// Numbers and `bool`: their setters take the plain type, so that literals work.
pub fn is_primitive(ty: &Type) -> bool {
    let primitives = [
        "bool", "u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize", "f32",
        "f64",
    ];
    is_one_of(ty, &primitives)
}

/// The standard string types, which are always required and always `Into`.
pub fn is_string(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_one_of(&reference.elem, &["str"]),
        _ => is_one_of(ty, &["String"]),
    }
}

/// What a value's type is called where one word says it: `u32`, `Plan`, and `str` for `&str`.
pub fn text_word(ty: &Type) -> Option<String> {
    match ty {
        Type::Reference(reference) if reference.mutability.is_none() => {
            word(&reference.elem).filter(|word| word == "str")
        }
        _ => word(ty),
    }
}

/// Text for certain: no constant has to check that `max_len` makes sense on it.
pub fn is_text(ty: &Type) -> bool {
    let ty = option_inner(ty).unwrap_or(ty);
    is_string(ty) || last_segment(ty).is_some_and(|segment| segment.ident == "Text")
}

pub fn is_wide_integer(ty: &Type) -> bool {
    is_one_of(ty, &["u128", "i128"])
}

/// A collection, map, tuple, function or the like, which no trait impl could make a value.
pub fn collection(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Array(_) | Type::Slice(_) => Some("a list"),
        Type::Tuple(_) => Some("a tuple"),
        Type::Reference(reference) => collection(&reference.elem)
            .filter(|_| matches!(*reference.elem, Type::Slice(_) | Type::Array(_))),
        _ => {
            // Without arguments it is somebody's own type of that name, as it is behind a path.
            let segment = last_segment(ty).filter(|segment| !segment.arguments.is_empty())?;
            match segment.ident.to_string().as_str() {
                "Vec" | "VecDeque" | "LinkedList" | "HashSet" | "BTreeSet" | "BinaryHeap" => {
                    Some("a list")
                }
                "HashMap" | "BTreeMap" => Some("a map"),
                _ => None,
            }
        }
    }
}

/// `Vec<T>`, `&[T]` and `[T; N]`, in which targets come.
pub fn is_list_of_targets(ty: &Type) -> bool {
    let is_slice = |ty: &Type| matches!(ty, Type::Slice(_) | Type::Array(_));
    match ty {
        Type::Reference(reference) => is_slice(&reference.elem),
        _ => matches!(ty, Type::Array(_)) || vec_inner(ty).is_some(),
    }
}

/// What a field can't hold at all, because its size isn't known.
pub fn unsized_type(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::TraitObject(_) => Some("a trait object"),
        Type::Slice(_) => Some("a slice"),
        _ => is_one_of(ty, &["str"]).then_some("`str`"),
    }
}

/// A metadata value, unless somebody shadows the names of the language.
pub fn is_value_for_certain(ty: &Type) -> bool {
    let ty = option_inner(ty).unwrap_or(ty);
    is_primitive(ty) || is_text(ty)
}

/// The literal `N` of `Text<N>`.
pub fn text_limit(ty: &Type) -> Option<&LitInt> {
    let GenericArgument::Const(length) = argument(ty, "Text")? else {
        return None;
    };
    // A negative one is rustc's error.
    whole_number(length).filter(|number| !number.base10_digits().starts_with('-'))
}

fn whole_number(expression: &Expr) -> Option<&LitInt> {
    match expression {
        Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Int(number),
            ..
        }) => Some(number),
        _ => None,
    }
}

/// `[T; 0]`, as far as tokens tell.
pub fn is_empty_array(ty: &Type) -> bool {
    matches!(ty, Type::Array(array) if whole_number(&array.len).is_some_and(|len| len.base10_digits() == "0"))
}

/// Names the lifetimes of a type: the missing ones and `'_`, or every one.
struct Name<'n> {
    lifetime: &'n Lifetime,
    every: bool,
    is_used: bool,
}

impl VisitMut for Name<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.every || lifetime.ident == "_" {
            lifetime.ident = self.lifetime.ident.clone();
            self.is_used = true;
        }
    }
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.lifetime.clone());
            self.is_used = true;
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }
}

fn named(ty: &Type, lifetime: &Lifetime, every: bool) -> (Type, bool) {
    let mut ty = ty.clone();
    let mut name = Name {
        lifetime,
        every,
        is_used: false,
    };
    name.visit_type_mut(&mut ty);
    (ty, name.is_used)
}

/// The type with every lifetime `'static`, for constants outside the impl.
pub fn at_static(ty: &Type) -> Type {
    let lifetime = Lifetime::new("'static", proc_macro2::Span::call_site());
    named(ty, &lifetime, true).0
}

/// The type with `'_` and missing lifetimes named, for an impl's header, and whether there was one.
pub fn with_named_lifetimes(ty: &Type, name: &Lifetime) -> (Type, bool) {
    named(ty, name, false)
}

/// Whether rustc has certainly reported a field's type: it was never written, is an `impl Trait`, or a reference lacks a lifetime or names
/// one that isn't declared. Nothing here may be a guess: what is reported already raises no error of ours.
pub fn rustc_reports(ty: &Type, generics: &Generics) -> bool {
    let is_undeclared = |lifetime: &Lifetime| {
        let mut declared = generics.lifetimes();
        lifetime.ident != "static" && !declared.any(|declared| declared.lifetime == *lifetime)
    };
    let of_inner = |ty| rustc_reports(ty, generics);
    match ty {
        Type::Infer(_) | Type::ImplTrait(_) => true,
        Type::Reference(reference) => {
            reference.lifetime.as_ref().is_none_or(is_undeclared) || of_inner(&reference.elem)
        }
        Type::Paren(syn::TypeParen { elem, .. })
        | Type::Array(syn::TypeArray { elem, .. })
        | Type::Slice(syn::TypeSlice { elem, .. }) => of_inner(elem),
        Type::Tuple(tuple) => tuple.elems.iter().any(of_inner),
        Type::Path(path) => path.path.segments.iter().any(|segment| {
            // A function's own lifetimes needn't be declared.
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
                return false;
            };
            arguments.args.iter().any(|argument| match argument {
                GenericArgument::Lifetime(lifetime) => is_undeclared(lifetime),
                GenericArgument::Type(inner) => of_inner(inner),
                _ => false,
            })
        }),
        _ => false,
    }
}

/// Whether a type mentions a lifetime.
pub fn mentions_lifetime(ty: &Type, lifetime: &Lifetime) -> bool {
    struct Search<'l>(&'l Lifetime, bool);
    impl syn::visit::Visit<'_> for Search<'_> {
        fn visit_lifetime(&mut self, found: &Lifetime) {
            self.1 |= found == self.0;
        }
    }
    let mut search = Search(lifetime, false);
    syn::visit::Visit::visit_type(&mut search, ty);
    search.1
}

/// The type's tokens without lifetimes and without what stands before the last word of a path: types that may be the same have the same,
/// aliases aside.
fn without_path(ty: &Type) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut tokens = ty.to_token_stream().into_iter();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '\'' => drop(tokens.next()),
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                let is_word = |word: &String| {
                    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
                };
                if punct.spacing() == Spacing::Joint && words.last().is_some_and(is_word) {
                    words.pop();
                }
            }
            _ => words.push(token.to_string()),
        }
    }
    words.join(" ")
}

/// What is in the box, unless another of `all` is that.
pub fn unboxed<'t>(ty: &'t Type, all: &[&Type]) -> Option<&'t Type> {
    let inner = inner(ty, "Box")?;
    let name = without_path(inner);
    all.iter()
        .all(|other| without_path(other) != name)
        .then_some(inner)
}

/// Whether no other of `all`, which has it once, may be the same type.
pub fn is_alone(ty: &Type, all: &[&Type]) -> bool {
    let name = without_path(ty);
    all.iter()
        .filter(|other| without_path(other) == name)
        .count()
        == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_may_be_the_same_have_one_name() {
        let name = |ty: &str| without_path(&syn::parse_str(ty).expect("a type"));
        for (one, other) in [
            ("User", "crate::people::User"),
            ("::std::boxed::Box<User>", "Box<self::User>"),
            ("Key<'a>", "Key<'static>"),
            ("&'a User", "&User"),
        ] {
            assert_eq!(name(one), name(other));
        }
        for (one, other) in [("User", "Key"), ("User", "&User"), ("User", "Box<User>")] {
            assert_ne!(name(one), name(other));
        }
    }
}
