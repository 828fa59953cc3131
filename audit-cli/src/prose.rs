//! Doc comments as Markdown for readers without rustdoc: its links to items lead nowhere there, so only their text is kept.

use std::collections::BTreeMap;

use audit_core::schema::record::read::{Entity, Event, Field};

/// Does so in all that an event says.
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
    field.values.iter_mut().flatten().for_each(|value| plain(&mut value.docs));
}

fn plain(docs: &mut String) {
    if docs.contains(']') {
        *docs = without_links(docs);
    }
}

/// Where links by name lead.
type Definitions = BTreeMap<String, String>;

/// The text with links to items as their text, and with links to pages written out where they stand.
fn without_links(docs: &str) -> String {
    let (mut definitions, mut lines, mut in_code) = (Definitions::new(), Vec::new(), false);
    for line in docs.lines() {
        let is_fence = is_fence(line);
        in_code ^= is_fence;
        match definition(line).filter(|_| !in_code && !is_fence) {
            Some((name, to)) => drop(definitions.insert(name, to)),
            None => lines.push((line, in_code || is_fence)),
        }
    }
    let line = |(line, is_code): (&str, bool)| if is_code { line.to_owned() } else { of_line(line, &definitions) };
    let text = lines.into_iter().map(line).collect::<Vec<_>>().join("\n");
    text.trim_end().to_owned()
}

/// A fence, also in a quote and behind a list's marker. What follows backticks on their line has none, or they are code in the line.
fn is_fence(line: &str) -> bool {
    let line = line.trim_start_matches(|letter: char| letter.is_ascii_digit() || " \t>*+-.)".contains(letter));
    let is_info = |info: &str| !info.trim_start_matches('`').contains('`');
    line.starts_with("~~~") || line.strip_prefix("```").is_some_and(is_info)
}

/// `[name]: destination "title"`
fn definition(line: &str) -> Option<(String, String)> {
    let (name, to) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let to = to.split_whitespace().next()?;
    (!name.contains([']', '['])).then(|| (key(name), to.trim_matches(['<', '>']).to_owned()))
}

/// Names of links are compared without regard to case.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn of_line(line: &str, definitions: &Definitions) -> String {
    let (mut out, mut rest) = (String::with_capacity(line.len()), line);
    while let Some(at) = rest.find(['[', '`', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('[') { link(rest, definitions) } else { None };
        let (text, len) = taken.unwrap_or_else(|| (verbatim(rest).to_owned(), verbatim(rest).len()));
        out.push_str(&text);
        rest = &rest[len..];
    }
    out + rest
}

/// What begins here and isn't looked into: code, an escaped character, a bracket.
fn verbatim(text: &str) -> &str {
    let first = text.chars().next().map_or(0, char::len_utf8);
    match text.as_bytes().first() {
        Some(b'`') => {
            let ticks = text.len() - text.trim_start_matches('`').len();
            let end = text[ticks..].find(&text[..ticks]).map_or(ticks, |end| ticks + end + ticks);
            &text[..end]
        }
        Some(b'\\') => &text[..first + text[first..].chars().next().map_or(0, char::len_utf8)],
        _ => &text[..first],
    }
}

/// The link that begins here, as it is to be written, and its length. `None` where it is none, or may stay.
fn link(text: &str, definitions: &Definitions) -> Option<(String, usize)> {
    let label_end = closing(text, '[', ']')?;
    let label = &text[1..label_end];
    let after = &text[label_end + 1..];
    if after.starts_with('(') {
        let end = closing(after, '(', ')')?;
        let to = after[1..end].split_whitespace().next().unwrap_or_default();
        return (!is_page(to)).then(|| (label.to_owned(), label_end + 1 + end + 1));
    }
    let (name, len) = match after.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some(("", _)) => (label, label_end + 3),
        Some((name, _)) => (name, label_end + 1 + name.len() + 2),
        None => (label, label_end + 1),
    };
    match definitions.get(&key(name)) {
        Some(to) if is_page(to) => Some((format!("[{label}]({to})"), len)),
        Some(_) => Some((label.to_owned(), len)),
        None if len > label_end + 1 || names_an_item(label) => Some((label.to_owned(), len)),
        None => None,
    }
}

/// Where what opens at the beginning is closed again.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    let mut closed = text.char_indices().filter(|(_, letter)| {
        depth += i32::from(*letter == open) - i32::from(*letter == close);
        depth == 0
    });
    closed.next().map(|(at, _)| at)
}

fn is_page(to: &str) -> bool {
    to.contains("://") || to.starts_with("mailto:")
}

/// `` [`Foo`] ``, `[Foo::bar]`, `[struct@Foo]`; a word in brackets may be just that.
fn names_an_item(label: &str) -> bool {
    let is_code = label.len() > 2 && label.starts_with('`') && label.ends_with('`');
    let is_path = label.chars().all(|letter| letter.is_alphanumeric() || "_:@!()<>".contains(letter));
    is_code || is_path && (label.contains("::") || label.contains('@') || label.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::event;

    #[test]
    fn links_to_items_are_their_text() {
        for (docs, expected) in [
            ("See [`Foo`].", "See `Foo`."),
            ("See [Foo::bar] and [struct@Foo].", "See Foo::bar and struct@Foo."),
            ("[the text](Foo::bar), [`code`](crate::Foo)", "the text, `code`"),
            ("[the text][foo], [`Foo`][], [other][crate::Foo]\n\n[foo]: crate::Foo", "the text, `Foo`, other"),
            ("[foo] by a definition\n\n[Foo]: Foo::bar \"title\"", "foo by a definition"),
            ("Nested [`a[0]`](Foo) brackets.", "Nested `a[0]` brackets."),
        ] {
            assert_eq!(without_links(docs), expected, "{docs}");
        }
    }

    #[test]
    fn links_to_pages_stay_and_carry_their_address() {
        for (docs, expected) in [
            ("[docs](https://a.example/b)", "[docs](https://a.example/b)"),
            ("[docs][d], [d]\n\n[d]: <https://a.example/b> \"t\"", "[docs](https://a.example/b), [d](https://a.example/b)"),
            ("<https://a.example>", "<https://a.example>"),
        ] {
            assert_eq!(without_links(docs), expected, "{docs}");
        }
    }

    #[test]
    fn what_is_no_link_stays() {
        for docs in
            ["a [b] c", "`[Foo]`", "\\[Foo\\]", "- [ ] task", "a[0], b[i]", "open [ only", "```\n[Foo]\n```", "``a ` [Foo]``"]
        {
            assert_eq!(without_links(docs), docs);
        }
        for docs in ["> ```\n> [Foo]\n> ```", "* ```\n  [Foo]\n  ```", "1. ~~~\n   [Foo]\n   ~~~"] {
            assert_eq!(without_links(docs), docs);
        }
        assert_eq!(without_links("```code``` in a line\n[Foo]"), "```code``` in a line\nFoo");
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
        let docs = [&event.docs, &event.metadata[0].docs, &event.actor.docs, &target.docs, &target.entity.docs];
        assert_eq!(docs.map(String::as_str), ["`A`", "`B`", "`C`", "`D`", "`E`"]);
    }
}
