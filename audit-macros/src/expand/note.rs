//! Renders the record parts that a derive knows: names, docs, places.

use audit_rules::record::attribute::{
    DOCS, FILE, GROUP, ID, LINE, LIST, NAME, PACKAGE, PACKAGE_VERSION, RUST_NAME, SPLIT, VERSION,
};
use audit_rules::record::tag::{END, ENTITY, EVENT, FIELD, TARGET, TYPE, VARIANT};
use proc_macro2::{Literal, Span};

use crate::{environment, types};

/// What `proc-macro2` calls every file where the compiler, before Rust 1.88, tells macros neither file nor line.
const UNKNOWN_FILE: &str = "<token stream>";

/// A part under construction.
struct Part {
    tag: u8,
    content: Vec<u8>,
}

impl Part {
    fn new(tag: u8) -> Self {
        Self {
            tag,
            content: Vec::new(),
        }
    }

    fn bytes(mut self, attribute: u8, bytes: &[u8]) -> Self {
        append(&mut self.content, attribute, bytes);
        self
    }

    /// Empty texts are left out.
    fn text(self, attribute: u8, text: &str) -> Self {
        if text.is_empty() {
            self
        } else {
            self.bytes(attribute, text.as_bytes())
        }
    }

    fn number(self, attribute: u8, number: u32) -> Self {
        self.bytes(attribute, &number.to_le_bytes())
    }

    fn line(self, span: Span) -> Self {
        self.number(LINE, u32::try_from(span.start().line).unwrap_or_default())
    }

    fn file(self, span: Span) -> Self {
        let file = span.file();
        if file == UNKNOWN_FILE {
            self
        } else {
            self.text(FILE, &file)
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut part = Vec::with_capacity(self.content.len() + 5);
        append(&mut part, self.tag, &self.content);
        part
    }
}

fn append(out: &mut Vec<u8>, tag: u8, content: &[u8]) {
    out.push(tag);
    out.extend(
        u32::try_from(content.len())
            .unwrap_or(u32::MAX)
            .to_le_bytes(),
    );
    out.extend(content);
}

fn literal(part: Part) -> Literal {
    Literal::byte_string(&part.finish())
}

pub fn event(event: &crate::model::Event) -> Literal {
    let (package, package_version) = environment::package();
    let span = event.item.ident.span();
    let part = Part::new(EVENT)
        .text(NAME, &event.action.value())
        .number(VERSION, event.number)
        .text(RUST_NAME, &event.item.ident.to_string())
        .text(DOCS, &event.item.docs)
        .file(span)
        .line(span)
        .text(PACKAGE, &package)
        .text(PACKAGE_VERSION, &package_version);
    literal(match event.split() {
        Some((_, split)) => part.text(SPLIT, &split.key),
        None => part,
    })
}

pub fn target(member: &crate::model::Member, type_override: Option<&str>) -> Literal {
    let span = member.ident.span();
    let part = Part::new(TARGET)
        .text(NAME, type_override.unwrap_or_default())
        .text(RUST_NAME, &member.ident.to_string())
        .text(DOCS, &member.docs)
        .line(span);
    // As far as tokens tell: only a lint hangs on it.
    literal(if types::is_list_of_targets(&member.ty) {
        part.bytes(LIST, &[])
    } else {
        part
    })
}

pub fn entity(ident: &syn::Ident, docs: &str, type_name: Option<&str>) -> Literal {
    let span = ident.span();
    literal(
        Part::new(ENTITY)
            .text(NAME, type_name.unwrap_or_default())
            .text(RUST_NAME, &ident.to_string())
            .text(DOCS, docs)
            .file(span)
            .line(span),
    )
}

/// A unit variant: an entity of its own, opened and closed, as is the role that it stands in.
pub fn fixed_variant(ident: &syn::Ident, docs: &str, type_name: &str, id: &str) -> Literal {
    let span = ident.span();
    let part = Part::new(ENTITY)
        .text(NAME, type_name)
        .bytes(ID, id.as_bytes())
        .text(RUST_NAME, &ident.to_string())
        .text(DOCS, docs)
        .file(span)
        .line(span);
    let mut notes = part.finish();
    append(&mut notes, END, &[]);
    append(&mut notes, END, &[]);
    Literal::byte_string(&notes)
}

/// A metadata key. A group's ends up in records of other files, so it names its own.
pub fn field(ident: &syn::Ident, key: &str, docs: &str, group: Option<&syn::Ident>) -> Vec<u8> {
    let span = ident.span();
    let part = Part::new(FIELD)
        .text(NAME, key)
        .text(RUST_NAME, &ident.to_string())
        .text(DOCS, docs)
        .line(span);
    match group {
        Some(group) => part.file(span).text(GROUP, &group.to_string()).finish(),
        None => part.finish(),
    }
}

/// A key's type.
pub fn ty(code: [u8; 6]) -> Vec<u8> {
    Part {
        tag: TYPE,
        content: code.into(),
    }
    .finish()
}

/// The values of an enum, sorted.
pub fn values<'v>(values: impl Iterator<Item = (&'v str, &'v str)>) -> Literal {
    let parts: Vec<u8> = values
        .flat_map(|(name, docs)| {
            Part::new(VARIANT)
                .bytes(NAME, name.as_bytes())
                .text(DOCS, docs)
                .finish()
        })
        .collect();
    Literal::byte_string(&parts)
}
