//! Compares the schema that the code renders with the committed file, and says what differs.
//!
//! Equal files cost one comparison in wide strides. Only where they differ are the texts taken apart, line by line: the canonical
//! form has a property a line.

use super::bytes::{compare, equal};
use super::declared::{Place, Within, in_group};
use super::lines::{Lines, Property, are_canonical};
use super::message::Message;

/// What the macro knows of the committed file.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct Committed {
    pub action: &'static str,
    pub version: &'static str,
    /// As the user names it: `schemas/user.signed_in/v1.json`.
    pub path: &'static str,
    pub file: &'static [u8],
    /// The environments in which the version is registered, or nothing.
    pub registered_in: &'static str,
}

impl Committed {
    /// The error, where the file isn't what the code renders. The record says where groups declare their keys.
    pub const fn drift(&self, body: &str, record: &[u8]) -> Option<Message> {
        // Without a body the mistake is another, which has been reported.
        if body.is_empty()
            || equal(body.as_bytes(), self.file)
            || equal_but_for_returns(body.as_bytes(), self.file)
        {
            return None;
        }
        let registered = !self.registered_in.is_empty();
        let message = Message::new(if registered {
            "audit[A0503]: "
        } else {
            "audit[A0502]: "
        })
        .str(self.action)
        .str(" version ")
        .str(self.version)
        .str(" isn't what ")
        .str(self.path)
        .str(if registered {
            " holds, and it is registered in "
        } else {
            " holds"
        })
        .str(self.registered_in)
        .str(": ");
        let message = if are_canonical(self.file) {
            let (message, shared) = differences(message, self.file, body.as_bytes(), record);
            match shared {
                Some(shared) => shared.explain(message, registered),
                None => message,
            }
        } else {
            message.str(IN_ANOTHER_FORM)
        };
        Some(if registered {
            message
                .str("\n  help: a registered version never changes: `cargo audit-schema bump` raises `version`, then `cargo audit-schema export` writes the new one")
        } else {
            message
                .str("\n  help: `cargo audit-schema export --update` rewrites the file while the version isn't registered anywhere\n  help: or raise `version`, and run `cargo audit-schema export --prune`: it writes the new one, and removes the old one unless a type still declares it\n  help: if another crate declares this version, too, `cargo audit-schema check` reports the conflict")
        })
    }
}

/// What is said where only a reader of JSON could say more.
const IN_ANOTHER_FORM: &str = "the file isn't in the canonical form that `export` writes\n  help: `cargo audit-schema check` says what it holds";

/// A checkout with CRLF line ends is the same file.
const fn equal_but_for_returns(body: &[u8], file: &[u8]) -> bool {
    let (mut i, mut j) = (0, 0);
    while j < file.len() {
        if file[j] == b'\r' && j + 1 < file.len() && file[j + 1] == b'\n' {
            j += 1;
            continue;
        }
        if i >= body.len() || body[i] != file[j] {
            return false;
        }
        i += 1;
        j += 1;
    }
    i == body.len()
}

/// How many differences are named; the rest is counted.
const NAMED: usize = 3;

/// Keys that differ because their group does, and with it every event that has the group.
#[derive(Clone, Copy)]
struct Shared<'a> {
    keys: [&'a [u8]; NAMED],
    len: usize,
    place: Place<'a>,
}

impl<'a> Shared<'a> {
    /// Takes the key in, where it is that of a group's field: the first such, and those that differ from it by their prefix.
    const fn with(all: Option<Self>, property: &Property<'a>, record: &'a [u8]) -> Option<Self> {
        if matches!(all, Some(Self { len: NAMED, .. })) {
            return all;
        }
        let Property { object, key, .. } = *property;
        let within = match object.rank {
            0 => Within::Actor,
            1 => Within::Root,
            _ => Within::Target(object.target),
        };
        match (all, in_group(record, within, key)) {
            (None, Some(place)) => Some(Self {
                keys: [key; NAMED],
                len: 1,
                place,
            }),
            (Some(mut all), Some(place))
                if place.is(&all.place) && !equal(all.keys[all.len - 1], key) =>
            {
                all.keys[all.len] = key;
                all.len += 1;
                Some(all)
            }
            (all, _) => all,
        }
    }

    #[expect(
        clippy::large_types_passed_by_value,
        reason = "const eval has no cheaper way to append"
    )]
    const fn explain(&self, message: Message, registered: bool) -> Message {
        let (mut message, mut i) = (message.str("\n  help: "), 0);
        while i < self.len {
            let Ok(key) = core::str::from_utf8(self.keys[i]) else {
                return message;
            };
            message = message
                .str(if i == 0 { "`" } else { ", `" })
                .str(key)
                .str("`");
            i += 1;
        }
        message
            .str(if self.len == 1 { " comes" } else { " come" })
            .str(" from the group `")
            .str(self.place.group)
            .str("` (")
            .str(self.place.file)
            .str(":")
            .number(self.place.line)
            .str("): every event that flattens it has this error, and one run of ")
            .str(if registered {
                "`bump` and `export`"
            } else {
                "`export --update`"
            })
            .str(" is for all of them")
    }
}

/// What differs; and the keys of a group among it.
const fn differences<'a>(
    mut message: Message,
    old_text: &[u8],
    new_text: &'a [u8],
    record: &'a [u8],
) -> (Message, Option<Shared<'a>>) {
    let mut shared = None;
    let (mut old, mut new) = (Lines::new(old_text), Lines::new(new_text));
    let (mut before, mut after) = (old.next(), new.next());
    let mut last = None;
    let mut found = 0;
    loop {
        let order = match (&before, &after) {
            (None, None) => break,
            (Some(_), None) => -1,
            (None, Some(_)) => 1,
            (Some(before), Some(after)) => compare_places(before, after),
        };
        let named = if order < 0 { &before } else { &after };
        let change = match (&before, &after) {
            (Some(before), Some(after)) if order == 0 => change(before, after),
            (Some(before), _) if order < 0 && is_again(last.as_ref(), before) => {
                Some(" stands twice in the file")
            }
            _ => Some(if order < 0 {
                " was removed"
            } else {
                " was added"
            }),
        };
        if let (Some(property), Some(change)) = (named, change) {
            if let (Some(after), true) = (&after, order >= 0) {
                shared = Shared::with(shared, after, record);
            }
            message = name(message, found, property, change);
            message = match (&before, &after) {
                (Some(before), Some(after)) if order == 0 && found < NAMED => {
                    in_detail(message, before.schema, after.schema)
                }
                _ => message,
            };
            found += 1;
        }
        if order <= 0 {
            last = before;
            before = old.next();
        }
        if order >= 0 {
            after = new.next();
        }
    }
    (message, found) = target_differences(message, found, old_text, new_text);
    let message = match found {
        0 => message.str(IN_ANOTHER_FORM),
        1..=NAMED => message,
        _ => message.str(" and ").number(found - NAMED).str(" more"),
    };
    (message, shared)
}

/// The targets without metadata that only one of the two declares. Those with metadata have been named by their keys.
const fn target_differences(
    mut message: Message,
    mut found: usize,
    old: &[u8],
    new: &[u8],
) -> (Message, usize) {
    let (mut old, mut new) = (Lines::new(old), Lines::new(new));
    let (mut before, mut after) = (old.next_target(), new.next_target());
    loop {
        let (order, (target, is_bare)) = match (before, after) {
            (None, None) => return (message, found),
            (Some(before), None) => (-1, before),
            (None, Some(after)) => (1, after),
            (Some(before), Some(after)) => {
                let order = compare(before.0, after.0);
                (order, if order < 0 { before } else { after })
            }
        };
        if order != 0 && is_bare {
            if let (Ok(target), true) = (core::str::from_utf8(target), found < NAMED) {
                let message_so_far = if found > 0 {
                    message.str(", ")
                } else {
                    message
                };
                message = message_so_far
                    .str("target \"")
                    .str(target)
                    .str(if order < 0 {
                        "\" was removed"
                    } else {
                        "\" was added"
                    });
            }
            found += 1;
        }
        if order <= 0 {
            before = old.next_target();
        }
        if order >= 0 {
            after = new.next_target();
        }
    }
}

/// Both schemas, where they are short.
#[expect(
    clippy::large_types_passed_by_value,
    reason = "const eval has no cheaper way to append"
)]
const fn in_detail(message: Message, before: &[u8], after: &[u8]) -> Message {
    const SHORT: usize = 90;
    if equal(before, after) || before.len() > SHORT || after.len() > SHORT {
        return message;
    }
    match (core::str::from_utf8(before), core::str::from_utf8(after)) {
        (Ok(before), Ok(after)) => message.str(" from ").str(before).str(" to ").str(after),
        _ => message,
    }
}

/// The order in which the canonical form has two properties.
const fn compare_places(one: &Property<'_>, other: &Property<'_>) -> i8 {
    if one.object.rank != other.object.rank {
        return if one.object.rank < other.object.rank {
            -1
        } else {
            1
        };
    }
    let targets = compare(one.object.target, other.object.target);
    if targets == 0 {
        compare(one.key, other.key)
    } else {
        targets
    }
}

/// Whether the property before has the same key: a file that is edited by hand or merged may have it twice.
const fn is_again(last: Option<&Property<'_>>, property: &Property<'_>) -> bool {
    match last {
        Some(last) => compare_places(last, property) == 0,
        None => false,
    }
}

const fn change(before: &Property<'_>, after: &Property<'_>) -> Option<&'static str> {
    if !equal(before.schema, after.schema) {
        Some(" changed")
    } else if before.required && !after.required {
        Some(" became optional")
    } else if !before.required && after.required {
        Some(" became required")
    } else {
        None
    }
}

#[expect(
    clippy::large_types_passed_by_value,
    reason = "const eval has no cheaper way to append"
)]
const fn name(message: Message, found: usize, property: &Property<'_>, change: &str) -> Message {
    if found >= NAMED {
        return message;
    }
    let message = if found > 0 {
        message.str(", ")
    } else {
        message
    };
    let (Ok(key), Ok(target)) = (
        core::str::from_utf8(property.key),
        core::str::from_utf8(property.object.target),
    ) else {
        return message;
    };
    let message = message.str("`").str(key).str("`");
    let message = match property.object.rank {
        0 => message.str(" of the actor"),
        1 => message,
        _ => message.str(" of target \"").str(target).str("\""),
    };
    message.str(change)
}
