//! The literal of an event's version in a source file. Finds it by its tokens, at any depth: in modules, functions,
//! `cfg_attr` and the bodies of macros.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

use crate::discover::Declared;

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
    /// Finds the types in the tokens of a text.
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
    pub fn find(&self, declared: &Declared) -> Result<Vec<Range<usize>>, Missing> {
        let mut declaring = self.declaring(declared);
        let line = declared.line as usize;
        let name = Some(&declared.rust_name);
        let is_meant = |(item, _): &(&Item, _)| item.line == line && item.name.as_ref() == name;
        if let Some(index) = declaring.iter().position(is_meant) {
            return Ok(declaring.swap_remove(index).1);
        }
        let text = self.text.lines().nth(line.saturating_sub(1));
        if !text.is_some_and(|text| has_word(text, &declared.rust_name)) {
            return Err(Missing::Moved);
        }
        // A macro names it: the line is the one where the macro is used.
        declaring.retain(|(item, _)| item.name.is_none());
        match declaring.pop() {
            None => Err(Missing::NoLiteral),
            Some((_, ranges)) if declaring.is_empty() => Ok(ranges),
            Some(_) => Err(Missing::Ambiguous),
        }
    }

    /// The types that declare the same action and version, with the literals that say so.
    fn declaring(&self, declared: &Declared) -> Vec<(&Item, Vec<Range<usize>>)> {
        let items = self.items.iter();
        let items = items.map(|item| (item, item.versions(&declared.action, declared.version)));
        items.filter(|(_, ranges)| !ranges.is_empty()).collect()
    }

    /// The lines in which other types declare the same action and version.
    pub fn others(&self, declared: &Declared) -> Vec<usize> {
        let found = self.find(declared).unwrap_or_default();
        let mut others = self.declaring(declared);
        others.retain(|(_, ranges)| ranges.iter().any(|range| !found.contains(range)));
        others.into_iter().map(|(item, _)| item.line).collect()
    }

    /// The line that a byte is in, counted from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.text[..byte].matches('\n').count() + 1
    }
}

impl Item {
    /// The literals that give the action this version. Where the action's list has none another list of the type may.
    fn versions(&self, action: &str, version: u32) -> Vec<Range<usize>> {
        let (own, elsewhere) = self.lists_of(action);
        let is_open = own.iter().any(|list| list.version.is_none());
        let of = |lists: Vec<&List>| -> Vec<_> {
            let versions = lists.into_iter().filter_map(|list| list.version.clone());
            versions
                .filter(|(known, _)| *known == version)
                .map(|(_, at)| at)
                .collect()
        };
        match of(own) {
            beside if beside.is_empty() && is_open => of(elsewhere),
            beside => beside,
        }
    }

    /// Whether a list with the action has this version, or none that a literal says.
    fn may_declare(&self, action: &str, version: u32) -> bool {
        let (own, elsewhere) = self.lists_of(action);
        let is_open = |list: &&List| list.version.is_none();
        !self.versions(action, version).is_empty()
            || own.iter().any(is_open) && elsewhere.iter().all(is_open)
    }

    /// The lists with this action, and those without any.
    fn lists_of(&self, action: &str) -> (Vec<&List>, Vec<&List>) {
        let lists = self.lists.iter();
        let lists = lists.filter(|list| list.action.as_deref().is_none_or(|own| own == action));
        lists.partition(|list| list.action.is_some())
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

/// The start of the tokens, behind the byte order mark and the line for the shell.
fn start(text: &str) -> usize {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_for_shell = rest
        .strip_prefix("#!")
        .is_some_and(|rest| !rest.trim_start().starts_with('['));
    let shell = if is_for_shell {
        rest.find('\n').unwrap_or(rest.len())
    } else {
        0
    };
    text.len() - rest.len() + shell
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
                    let is_name = matches!(next, TokenTree::Ident(_));
                    items.push(Item {
                        name: is_name.then(|| next.to_string()),
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
                    lists.push(List::read(group.stream(), start));
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

/// The value of a string literal.
pub fn text_of(literal: &Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// The value of an integer literal.
pub fn number_of(literal: &Literal) -> Option<u32> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Int(number) => number.base10_parse().ok(),
        _ => None,
    }
}

/// Whether a line contains the name, not as a part of another.
fn has_word(line: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(is_part)
            && !line[at + name.len()..].chars().next().is_some_and(is_part)
    })
}

/// Another number with the suffix of the literal.
pub fn with_number(literal: &str, number: u32) -> String {
    let suffix = syn::parse_str::<syn::LitInt>(literal);
    let suffix = suffix.map(|literal| literal.suffix().to_owned());
    number.to_string() + &suffix.unwrap_or_default()
}

#[cfg(test)]
mod tests;
