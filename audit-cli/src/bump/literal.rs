//! Where a source file says which version an event has. Finds the literal by its tokens, at any depth: in modules, functions,
//! `cfg_attr` and the bodies of macros.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// What a record says of an event type.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'r> {
    pub action: &'r str,
    pub version: u32,
    pub rust_name: &'r str,
    /// Where the type's name stands.
    pub line: u32,
}

/// Why there is nothing to edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The type's name isn't in the line that the record gives.
    Moved,
    /// The type is there; its version isn't a literal beside its action.
    NoLiteral,
    /// Several types could be meant.
    Ambiguous,
}

/// The event types that a source file declares.
#[derive(Debug)]
pub struct Source<'s> {
    text: &'s str,
    items: Vec<Item>,
}

/// A type with `#[audit(…)]` lists.
#[derive(Debug)]
struct Item {
    /// `None` where a macro's parameter names it.
    name: Option<String>,
    line: usize,
    lists: Vec<List>,
}

/// One `#[audit(…)]` list.
#[derive(Debug, Default)]
struct List {
    action: Option<String>,
    version: Option<(u32, Range<usize>)>,
}

impl<'s> Source<'s> {
    /// Takes a file apart; says in which line and column it can't.
    pub fn read(text: &'s str) -> Result<Self, (usize, usize)> {
        Ok(Self::of(text, tokens(text)?))
    }

    /// The same of a text and its tokens.
    pub fn of(text: &'s str, tokens: TokenStream) -> Self {
        Self {
            text,
            items: items(tokens, start(text)),
        }
    }

    /// The line of a type that declares the version, or that may: where no literal says which version it has.
    pub fn may_declare(&self, action: &str, version: u32) -> Option<usize> {
        self.items
            .iter()
            .find(|item| item.may_declare(action, version))
            .map(|item| item.line)
    }

    /// The bytes of the literals that give the version: several where `cfg_attr` chooses between lists that agree.
    pub fn find(&self, wanted: Wanted<'_>) -> Result<Vec<Range<usize>>, Missing> {
        let declaring = || {
            self.items
                .iter()
                .filter(|item| !item.versions(wanted).is_empty())
        };
        let here = |item: &&Item| {
            item.line == wanted.line as usize && item.name.as_deref() == Some(wanted.rust_name)
        };
        if let Some(item) = declaring().find(here) {
            return Ok(item.versions(wanted));
        }
        let line = self
            .text
            .lines()
            .nth((wanted.line as usize).saturating_sub(1))
            .unwrap_or_default();
        if !has_word(line, wanted.rust_name) {
            return Err(Missing::Moved);
        }
        // A macro names it: the line is the one where the macro is used.
        let mut in_macros = declaring().filter(|item| item.name.is_none());
        match (in_macros.next(), in_macros.next()) {
            (None, _) => Err(Missing::NoLiteral),
            (Some(item), None) => Ok(item.versions(wanted)),
            (Some(_), Some(_)) => Err(Missing::Ambiguous),
        }
    }

    /// The lines in which other types declare the same action and version.
    pub fn others(&self, wanted: Wanted<'_>) -> Vec<usize> {
        let found = self.find(wanted).unwrap_or_default();
        let others = self.items.iter().filter(|item| {
            item.versions(wanted)
                .iter()
                .any(|range| !found.contains(range))
        });
        others.map(|item| item.line).collect()
    }

    /// The line that a byte is in, counted from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.text[..byte].matches('\n').count() + 1
    }
}

impl Item {
    /// The literals that give `wanted` its version. Where the action's list has none another list of the type may.
    fn versions(&self, wanted: Wanted<'_>) -> Vec<Range<usize>> {
        let declares = |list: &&List| list.action.as_deref() == Some(wanted.action);
        let of = |list: &List| {
            list.version
                .as_ref()
                .filter(|(version, _)| *version == wanted.version)
                .map(|(_, at)| at.clone())
        };
        let beside: Vec<_> = self.lists.iter().filter(declares).filter_map(of).collect();
        if !beside.is_empty()
            || !self
                .lists
                .iter()
                .any(|list| declares(&list) && list.version.is_none())
        {
            return beside;
        }
        self.lists
            .iter()
            .filter(|list| list.action.is_none())
            .filter_map(of)
            .collect()
    }

    /// Whether a list with the action has this version, or none that a literal says.
    fn may_declare(&self, action: &str, version: u32) -> bool {
        let number = |list: &List| list.version.as_ref().map(|(version, _)| *version);
        let elsewhere: Vec<_> = self
            .lists
            .iter()
            .filter(|list| list.action.is_none())
            .filter_map(number)
            .collect();
        let mut own = self
            .lists
            .iter()
            .filter(|list| list.action.as_deref() == Some(action));
        own.any(|list| match number(list) {
            Some(known) => known == version,
            None => elsewhere.is_empty() || elsewhere.contains(&version),
        })
    }
}

/// The tokens of a file; where it can't be taken apart, the line and column.
pub fn tokens(text: &str) -> Result<TokenStream, (usize, usize)> {
    text[start(text)..]
        .parse()
        .map_err(|error: proc_macro2::LexError| {
            let place = error.span().start();
            (place.line, place.column + 1)
        })
}

/// Where the tokens begin: behind the byte order mark and the line for the shell, which are none.
fn start(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let rest = &text[mark..];
    let is_attribute = || rest[2..].trim_start().starts_with('[');
    if rest.starts_with("#!") && !is_attribute() {
        mark + rest.find('\n').unwrap_or(rest.len())
    } else {
        mark
    }
}

/// Every type with lists. `start` is where the text begins that the tokens were made of.
fn items(tokens: TokenStream, start: usize) -> Vec<Item> {
    let (mut items, mut streams) = (Vec::new(), vec![tokens]);
    // Not recursive: the depth is the file's.
    while let Some(stream) = streams.pop() {
        let mut lists = Vec::new();
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match (token, tokens.peek()) {
                (TokenTree::Punct(hash), Some(TokenTree::Group(group)))
                    if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
                {
                    lists.extend(audit_lists(group, start));
                    tokens.next();
                }
                (TokenTree::Ident(word), Some(next)) if word == "struct" || word == "enum" => {
                    let name = if let TokenTree::Ident(name) = next {
                        Some(name.to_string())
                    } else {
                        None
                    };
                    items.push(Item {
                        name,
                        line: next.span().start().line,
                        lists: std::mem::take(&mut lists),
                    });
                }
                (TokenTree::Punct(end), _) if end.as_char() == ';' => lists.clear(),
                (TokenTree::Group(group), _) => {
                    if group.delimiter() == Delimiter::Brace {
                        lists.clear();
                    }
                    streams.push(group.stream());
                }
                _ => {}
            }
        }
    }
    items.retain(|item| !item.lists.is_empty());
    items
}

/// The lists in an attribute, at any depth of `cfg_attr`.
fn audit_lists(attribute: &Group, start: usize) -> Vec<List> {
    let (mut lists, mut streams) = (Vec::new(), vec![attribute.stream()]);
    while let Some(stream) = streams.pop() {
        let mut is_audit = false;
        for token in stream {
            match token {
                TokenTree::Ident(word) => is_audit = word == "audit",
                TokenTree::Group(group) if is_audit => {
                    lists.push(List::read(group.stream(), start))
                }
                TokenTree::Group(group) => streams.push(group.stream()),
                _ => is_audit = false,
            }
        }
    }
    lists
}

impl List {
    fn read(tokens: TokenStream, start: usize) -> Self {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut list = Self::default();
        for window in tokens.windows(3) {
            let [
                TokenTree::Ident(key),
                TokenTree::Punct(equals),
                TokenTree::Literal(value),
            ] = window
            else {
                continue;
            };
            let key = key.to_string();
            match key.strip_prefix("r#").unwrap_or(&key) {
                _ if equals.as_char() != '=' => {}
                "action" => list.action = text_of(value),
                "version" => {
                    let at = value.span().byte_range();
                    list.version =
                        number_of(value).map(|number| (number, at.start + start..at.end + start));
                }
                _ => {}
            }
        }
        list
    }
}

/// What a string literal says.
pub fn text_of(literal: &Literal) -> Option<String> {
    if let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) {
        Some(text.value())
    } else {
        None
    }
}

/// What an integer literal says.
pub fn number_of(literal: &Literal) -> Option<u32> {
    if let syn::Lit::Int(number) = syn::Lit::new(literal.clone()) {
        number.base10_parse().ok()
    } else {
        None
    }
}

/// Whether the name stands in the line, not as a part of another.
fn has_word(line: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(is_part)
            && !line[at + name.len()..].chars().next().is_some_and(is_part)
    })
}

/// The literal with another number, written as the old one was: base, suffix and all.
pub fn with_number(literal: &str, number: u32) -> String {
    let (prefix, digits) = literal.split_at(
        if literal.starts_with("0x") || literal.starts_with("0o") || literal.starts_with("0b") {
            2
        } else {
            0
        },
    );
    let base = match prefix {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => 10,
    };
    let end = digits
        .find(|c: char| c != '_' && !c.is_digit(base))
        .unwrap_or(digits.len());
    let number = match base {
        16 if digits[..end].contains(|c: char| c.is_ascii_uppercase()) => format!("{number:X}"),
        16 => format!("{number:x}"),
        8 => format!("{number:o}"),
        2 => format!("{number:b}"),
        _ => number.to_string(),
    };
    format!("{prefix}{number}{}", &digits[end..])
}

#[cfg(test)]
mod tests;
