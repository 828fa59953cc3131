//! The source: tokens of each type, formatted, an empty line between them.

use audit_core::limits::is_action;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::{File, Path, parse_quote};

use super::express::{Event, Field};
use super::names;
use super::plan::{Choice, Entity, EventType, KeyField, Named, Plan, RoleField};
use super::warning::Origin;
use audit_rules::case::{CASES, Case};

/// The whole source; `core` is the path of `audit_core`, if it has another one.
pub fn source(plan: &Plan, core: Option<&Path>) -> String {
    let Plan {
        entities,
        choices,
        events,
        warnings: _,
    } = plan;
    let entities = entities.iter().map(|one| entity(one, core));
    let choices = choices.iter().map(|one| choice(one, core));
    let events = events.iter().map(|one| event(one, core));
    let items = entities.chain(choices).chain(events);
    let items = [imports(plan, core)].into_iter().chain(items);
    let items: Vec<_> = items.map(|item| formatted(&item)).collect();
    items.join("\n")
}

/// Tokens that don't parse would be a bug here; rustc reports their position.
fn formatted(item: &TokenStream) -> String {
    match syn::parse2::<File>(item.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => item.to_string() + "\n",
    }
}

fn imports(plan: &Plan, core: Option<&Path>) -> TokenStream {
    let core = core.map_or_else(|| parse_quote!(audit_core), Path::clone);
    let used = [
        (
            "Actor",
            plan.events
                .iter()
                .any(|event| event.actor.entity == "Actor"),
        ),
        ("AuditEntity", !plan.entities.is_empty()),
        ("AuditEvent", !plan.events.is_empty()),
        ("AuditValue", !plan.choices.is_empty()),
    ];
    let names: Vec<Ident> = used
        .iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| ident(name))
        .collect();
    match names.as_slice() {
        [one] => quote!(use #core::#one;),
        _ => quote!(use #core::{#(#names),*};),
    }
}

fn entity(
    Entity {
        name,
        kind,
        docs,
        keys,
    }: &Entity,
    core: Option<&Path>,
) -> TokenStream {
    let (docs, name) = (doc_comment(docs), ident(name));
    let about = attribute([
        Some(quote!(type = #kind)),
        rename_all(keys.case),
        crate_at(core),
    ]);
    let fields = keys.fields.iter().map(|field| key(field, true));
    quote! {
        #docs
        #[derive(Clone, Debug, AuditEntity)]
        #about
        pub struct #name {
            #[audit(id)]
            pub id: String,
            #[audit(name)]
            pub name: Option<String>,
            #(#fields,)*
        }
    }
}

fn choice(
    Choice {
        name,
        case,
        variants,
    }: &Choice,
    core: Option<&Path>,
) -> TokenStream {
    let name = ident(name);
    let about = attribute([rename_all(*case), crate_at(core)]);
    let variants = variants.iter().map(
        |Named {
             ident: name,
             rename,
         }| {
            let (name, rename) = (ident(name), attribute([rename_to(rename.as_deref())]));
            quote!(#rename #name)
        },
    );
    quote! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
        #about
        pub enum #name {
            #(#variants,)*
        }
    }
}

fn event(event: &EventType, core: Option<&Path>) -> TokenStream {
    let EventType {
        name,
        event: Event { origin, docs, .. },
        actor,
        targets,
        keys,
    } = event;
    let Origin {
        action, version, ..
    } = origin;
    let (docs, name) = (doc_comment(docs), ident(name));
    let version = Literal::u32_unsuffixed(*version);
    let about = attribute([
        Some(quote!(action = #action)),
        Some(quote!(version = #version)),
        as_registered(action),
        rename_all(keys.case),
        crate_at(core),
    ]);
    let actor = role(actor, &quote!(actor));
    let targets = targets.iter().map(|target| role(target, &quote!(target)));
    let fields = keys.fields.iter().map(|field| key(field, false));
    quote! {
        #docs
        #[derive(Clone, Debug, AuditEvent)]
        #about
        pub struct #name {
            #actor,
            #(#targets,)*
            #(#fields,)*
        }
    }
}

fn role(field: &RoleField, role: &TokenStream) -> TokenStream {
    let RoleField {
        ident: name,
        entity,
        docs,
    } = field;
    let (docs, name, entity) = (doc_comment(docs), ident(name), ident(entity));
    quote! {
        #docs
        #[audit(#role)]
        pub #name: #entity
    }
}

/// A metadata field; those of entities are marked.
fn key(
    KeyField {
        named,
        field,
        choice,
    }: &KeyField,
    is_marked: bool,
) -> TokenStream {
    let Field {
        docs,
        property,
        optional,
        ..
    } = field;
    let (docs, name) = (doc_comment(docs), ident(&named.ident));
    let about = attribute([
        is_marked.then(|| quote!(metadata)),
        rename_to(named.rename.as_deref()),
        property.max_len.map(|limit| {
            let limit = Literal::u64_unsuffixed(limit);
            quote!(max_len = #limit)
        }),
    ]);
    let value = match (choice, property.types.name()) {
        (Some(choice), _) => choice.as_str(),
        (_, Some("integer")) => "i64",
        (_, Some("number")) => "f64",
        (_, Some("boolean")) => "bool",
        _ => "String",
    };
    let value = ident(value);
    let value = if *optional {
        quote!(Option<#value>)
    } else {
        quote!(#value)
    };
    quote! {
        #docs
        #about
        pub #name: #value
    }
}

fn rename_to(rename: Option<&str>) -> Option<TokenStream> {
    rename.map(|rename| quote!(rename = #rename))
}

/// `#[audit(…)]`, unless it would be empty.
fn attribute<const N: usize>(parts: [Option<TokenStream>; N]) -> TokenStream {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[audit(#(#parts),*)])
    }
}

/// For an action that the derives reject otherwise.
fn as_registered(action: &str) -> Option<TokenStream> {
    (!is_action(action)).then(|| quote!(as_registered))
}

fn rename_all(case: Option<Case>) -> Option<TokenStream> {
    let (name, _) = CASES.iter().find(|(_, other)| Some(*other) == case)?;
    Some(quote!(rename_all = #name))
}

fn crate_at(core: Option<&Path>) -> Option<TokenStream> {
    core.map(|core| quote!(crate = #core))
}

/// A doc comment a line, without indentation.
fn doc_comment(docs: &str) -> TokenStream {
    let mut in_code = false;
    let lines = docs.lines().map(|line| {
        let line = super::warning::visible(&inert(line.trim(), &mut in_code));
        if line.is_empty() {
            line
        } else {
            format!(" {line}")
        }
    });
    lines.map(|line| quote!(#[doc = #line])).collect()
}

/// Code in a description becomes text: rustdoc would run it as a test.
fn inert(line: &str, in_code: &mut bool) -> String {
    let mut fences = ["```", "~~~"].into_iter();
    let fence = fences.find(|fence| line.starts_with(fence));
    *in_code ^= fence.is_some();
    match fence {
        Some(fence) if *in_code => format!("{fence}text"),
        _ => line.into(),
    }
}

/// An identifier, raw where it is a keyword.
fn ident(name: &str) -> Ident {
    let span = Span::call_site();
    if names::is_keyword(name) {
        Ident::new_raw(name, span)
    } else {
        Ident::new(name, span)
    }
}

#[cfg(test)]
mod tests;
