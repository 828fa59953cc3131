//! Doc comments as Markdown for readers without rustdoc: its links to items lead nowhere there, so only their text is kept.

use std::ops::Range;

use audit_core::schema::record::read::{Entity, Event, Field};
use pulldown_cmark::{BrokenLink, CowStr, Event as Part, LinkType, Options, Parser, Tag, TagEnd};

/// Replaces the links in all docs of an event.
pub fn of_event(event: &mut Event) {
    plain(&mut event.docs);
    event.metadata.iter_mut().for_each(of_field);
    of_entity(&mut event.actor);
    for target in &mut event.targets {
        plain(&mut target.docs);
        of_entity(&mut target.entity);
    }
}

fn of_entity(entity: &mut Entity) {
    plain(&mut entity.docs);
    entity.metadata.iter_mut().for_each(of_field);
    entity.variants.iter_mut().for_each(of_entity);
}

fn of_field(field: &mut Field) {
    plain(&mut field.docs);
    field
        .values
        .iter_mut()
        .flatten()
        .for_each(|value| plain(&mut value.docs));
}

fn plain(docs: &mut String) {
    if docs.contains(']') {
        *docs = without_links(docs);
    }
}

/// A replacement of a part of a text.
type Edit = (Range<usize>, String);

/// The text with links to items as their text, and with the addresses of links to pages in place.
fn without_links(docs: &str) -> String {
    let unknown = |link: BrokenLink<'_>| {
        let is_index = docs[..link.span.start].ends_with(char::is_alphanumeric);
        (!is_index && names_an_item(&link.reference)).then(|| (CowStr::from(""), CowStr::from("")))
    };
    let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES;
    let parts =
        Parser::new_with_broken_link_callback(docs, options, Some(unknown)).into_offset_iter();
    let definitions = parts
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.clone());
    let mut edits: Vec<Edit> = definitions
        .map(|span| {
            (
                span.start..span.end + usize::from(docs[span.end..].starts_with('\n')),
                String::new(),
            )
        })
        .collect();
    let mut open: Vec<Link<'_>> = Vec::new();
    for (part, range) in parts {
        if matches!(part, Part::End(TagEnd::Link | TagEnd::Image)) {
            edits.extend(
                open.pop()
                    .map(|link| link.edits(docs, range.end))
                    .unwrap_or_default(),
            );
        }
        if let Some(around) = open.last_mut() {
            around.label.end = around.label.end.max(range.end);
        }
        if let Part::Start(
            Tag::Link {
                link_type: kind,
                dest_url: to,
                ..
            }
            | Tag::Image {
                link_type: kind,
                dest_url: to,
                ..
            },
        ) = part
        {
            let is_image = docs[range.start..].starts_with('!');
            let label = range.start + usize::from(is_image) + 1;
            open.push(Link {
                kind,
                to,
                label: label..label,
                is_image,
            });
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut text = docs.to_owned();
    for (range, by) in edits.into_iter().rev() {
        text.replace_range(range, &by);
    }
    text.trim_end().to_owned()
}

struct Link<'d> {
    kind: LinkType,
    to: CowStr<'d>,
    label: Range<usize>,
    is_image: bool,
}

impl Link<'_> {
    /// The edits that leave only its text, or that write out the address of its definition.
    fn edits(self, docs: &str, end: usize) -> Vec<Edit> {
        use LinkType::{Autolink, Collapsed, CollapsedUnknown, Email, Reference, Shortcut};
        // The parser leaves the brackets behind an unknown name out.
        let is_short = self.kind == CollapsedUnknown && docs[end..].starts_with("[]");
        let end = if is_short { end + "[]".len() } else { end };
        let Range {
            start,
            end: label_end,
        } = self.label;
        match self.kind {
            Reference | Collapsed | Shortcut if self.is_image || is_page(&self.to) => {
                vec![(label_end..end, format!("]({})", self.to))]
            }
            Autolink | Email => Vec::new(),
            _ if self.is_image || is_page(&self.to) => Vec::new(),
            _ => vec![
                (start - 1..start, String::new()),
                (label_end..end, String::new()),
            ],
        }
    }
}

/// Paths of items have neither dots nor slashes, but for the fragment that names a field or a method: `User#structfield.id`.
fn is_page(to: &str) -> bool {
    let path = to.split('#').next().unwrap_or_default();
    to.starts_with('#') || path.contains(['.', '/']) || path.starts_with("mailto:")
}

/// `` [`Foo`] ``, `[Foo::bar]`, `[struct@Foo]`, `[Foo]`; another word in brackets may be just that.
fn names_an_item(label: &str) -> bool {
    let is_code = label.len() > 2 && label.starts_with('`') && label.ends_with('`');
    let is_path = label
        .chars()
        .all(|letter| letter.is_alphanumeric() || "_:@!()<>".contains(letter));
    let is_camel_case = label.starts_with(char::is_uppercase) && label.contains(char::is_lowercase);
    is_code || is_path && (label.contains("::") || label.contains('@') || is_camel_case)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::event;

    #[test]
    fn links_to_items_are_their_text() {
        for (docs, expected) in [
            ("See [`Foo`].", "See `Foo`."),
            (
                "See [Foo::bar] and [struct@Foo].",
                "See Foo::bar and struct@Foo.",
            ),
            (
                "[the text](Foo::bar), [`code`](crate::Foo)",
                "the text, `code`",
            ),
            (
                "[the text][foo], [`Foo`][], [other][crate::Foo]\n\n[foo]: crate::Foo",
                "the text, `Foo`, other",
            ),
            (
                "[foo] by a definition\n\n[Foo]: Foo::bar \"title\"",
                "foo by a definition",
            ),
            (
                "[a](Foo#structfield.b), [`c`](Foo#method.c), [d](crate::Foo#variant.D)",
                "a, `c`, d",
            ),
            ("Nested [`a[0]`](Foo) brackets.", "Nested `a[0]` brackets."),
            (
                "[the *second*\nline](Foo#fields), [a ![b](c.png)](Foo)",
                "the *second*\nline, a ![b](c.png)",
            ),
            (
                "Before.\n\n[foo]: Foo\n[bar]: Bar\n\nAfter [foo], [Bar].",
                "Before.\n\n\nAfter foo, Bar.",
            ),
        ] {
            assert_eq!(without_links(docs), expected, "{docs}");
        }
    }

    #[test]
    fn links_to_pages_stay_and_carry_their_address() {
        for (docs, expected) in [
            (
                "[docs](https://a.example/b::c)",
                "[docs](https://a.example/b::c)",
            ),
            (
                "[docs][d], [d]\n\n[d]: <https://a.example/b> \"t\"",
                "[docs](https://a.example/b), [d](https://a.example/b)",
            ),
            (
                "<https://a.example>, <a@b.example>",
                "<https://a.example>, <a@b.example>",
            ),
            (
                "[rel](./docs/a.md), [b](#anchor), [c](mailto:d)",
                "[rel](./docs/a.md), [b](#anchor), [c](mailto:d)",
            ),
            (
                "![img](pic.png), ![img]\n\n[img]: pic.png",
                "![img](pic.png), ![img](pic.png)",
            ),
            ("[![badge](b.svg)][d]\n\n[d]: a/b", "[![badge](b.svg)](a/b)"),
        ] {
            assert_eq!(without_links(docs), expected, "{docs}");
        }
    }

    #[test]
    fn what_is_no_link_stays() {
        for docs in [
            "a [b] c",
            "`[Foo]`",
            "\\[Foo\\]",
            "- [ ] task",
            "a[0], b[i]",
            "open [ only",
            "[OPTIONAL], in [EUR]",
            "![Foo]",
            "list[Foo]",
            "a note[^1]\n\n[^1]: Foo",
            "```\n[Foo]\n```",
            "``a ` [Foo]``",
        ] {
            assert_eq!(without_links(docs), docs);
        }
        for docs in [
            "> ```\n> [Foo]\n> ```",
            "* ```\n  [Foo]\n  ```",
            "1. ~~~\n   [Foo]\n   ~~~",
        ] {
            assert_eq!(without_links(docs), docs);
        }
        let kinds =
            "Kinds of it are:\n[0]: the first kind of all\n[b]: the second kind\n[c]: third";
        assert_eq!(without_links(kinds), kinds);
        assert_eq!(
            without_links("[0]: the first kind of all"),
            "[0]: the first kind of all"
        );
        let open = "[".repeat(8_000) + "]";
        assert_eq!(without_links(&open), open);
        assert_eq!(
            without_links("```code``` in a line\n[Foo]"),
            "```code``` in a line\nFoo"
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(docs in r"(\[|\]|\(|\)|!|:|`|\\|<|>|\^|\||-|\n|\n\n| |é|Foo|a/b|\[\^1\]|\]: Foo\n){0,24}") {
            without_links(&docs);
        }
    }

    #[test]
    fn every_text_of_an_event_is_looked_at() {
        let mut event = event("user.signed_in", 1).string("method").event();
        event.docs = "[`A`]".into();
        event.metadata[0].docs = "[`B`]".into();
        event.actor.docs = "[`C`]".into();
        event.targets[0].docs = "[`D`]".into();
        event.targets[0].entity.docs = "[`E`]".into();
        of_event(&mut event);
        let target = &event.targets[0];
        let docs = [
            &event.docs,
            &event.metadata[0].docs,
            &event.actor.docs,
            &target.docs,
            &target.entity.docs,
        ];
        assert_eq!(
            docs.map(String::as_str),
            ["`A`", "`B`", "`C`", "`D`", "`E`"]
        );
    }
}
