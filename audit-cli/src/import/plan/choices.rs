//! Which enums are one. Those with the same values are, where their keys end in the same word (`previous_role`, `granted_role`), or where one says
//! only when (`previous`, `new`). Where one name has several lists of values the commonest gets it, and the others begin with the name of the
//! struct that holds them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::entities::Entities;
use super::names::Names;
use super::{Choice, fields, words};
use crate::import::express::{Event, Field, Kind};

/// Words at either end of a key that tell a value from another one of the same kind.
const WHEN: [&str; 8] = [
    "after", "before", "current", "from", "new", "old", "previous", "to",
];

/// The enums that structs share.
#[derive(Debug)]
pub struct Choices<'e> {
    /// By what identifies one.
    lists: BTreeMap<Id<'e>, List>,
    /// Of values that a key without other words has: the last word of another key that has them.
    others: BTreeMap<&'e [String], String>,
}

/// The values, and the last word of the key; none where all its words say when.
type Id<'e> = (&'e [String], String);

#[derive(Debug)]
struct List {
    /// What all the keys end in.
    words: Vec<String>,
    /// Where it was found first.
    holder: String,
    order: usize,
    count: usize,
    name: String,
}

impl<'e> Choices<'e> {
    pub fn of(
        events: &'e [Event],
        event_names: &[String],
        entities: &Entities<'e>,
        names: &mut Names,
    ) -> Self {
        let mut choices = Self {
            lists: BTreeMap::new(),
            others: BTreeMap::new(),
        };
        let of_events = events.iter().zip(event_names);
        let of_events = of_events.flat_map(|(event, name)| {
            event
                .metadata
                .fields
                .iter()
                .map(move |field| (name.as_str(), field, 1))
        });
        for (order, (holder, field, count)) in entities.fields().chain(of_events).enumerate() {
            choices.add(holder, field, count, order);
        }
        choices.join_wordless();
        choices.name_all(names);
        choices
    }

    fn add(&mut self, holder: &str, field: &'e Field, count: usize, order: usize) {
        let Some(id) = id(field) else { return };
        let words = words_of(&field.key);
        let list = self.lists.entry(id);
        let list = list.or_insert_with(|| List {
            words: words.clone(),
            holder: holder.into(),
            order,
            count: 0,
            name: String::new(),
        });
        let common = list
            .words
            .iter()
            .rev()
            .zip(words.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        list.words.drain(..list.words.len() - common);
        list.count += count;
    }

    /// A key that says only when has the enum of the commonest key with the same values.
    fn join_wordless(&mut self) {
        let wordless: Vec<_> = self
            .lists
            .keys()
            .filter(|(_, word)| word.is_empty())
            .map(|(values, _)| *values)
            .collect();
        for values in wordless {
            let same = self
                .lists
                .range((values, String::new())..)
                .skip(1)
                .take_while(|((other, _), _)| *other == values);
            let commonest = same
                .max_by_key(|(_, list)| (list.count, Reverse(list.order)))
                .map(|((_, word), _)| word.clone());
            if let Some(word) = commonest {
                self.lists.remove(&(values, String::new()));
                self.others.insert(values, word);
            }
        }
    }

    fn name_all(&mut self, names: &mut Names) {
        let mut lists: Vec<_> = self.lists.values_mut().collect();
        lists.sort_by_key(|list| (Reverse(list.count), list.order));
        for list in lists {
            let plain = words::type_name(&list.words, "Value");
            let wanted = [plain.clone(), format!("{}{plain}", list.holder)];
            // `Value` alone would say nothing.
            list.name = names.claim_type(&wanted[usize::from(list.words.is_empty())..]);
        }
    }

    /// The enum of a field.
    pub fn name(&self, field: &Field) -> String {
        let list = id(field).and_then(|(values, word)| match self.others.get(values) {
            Some(other) if word.is_empty() => self.lists.get(&(values, other.clone())),
            _ => self.lists.get(&(values, word)),
        });
        list.map(|list| list.name.clone()).unwrap_or_default()
    }

    pub fn into_types(self) -> Vec<Choice> {
        let choice = |((values, _), list): (Id<'_>, List)| {
            let (case, variants) = fields::variants(values);
            Choice {
                name: list.name,
                case,
                variants,
            }
        };
        let mut types: Vec<_> = self.lists.into_iter().map(choice).collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        types
    }
}

fn id(field: &Field) -> Option<Id<'_>> {
    let Kind::Choice(values) = &field.kind else {
        return None;
    };
    Some((values, words_of(&field.key).pop().unwrap_or_default()))
}

fn words_of(key: &str) -> Vec<String> {
    let words = words::words(key);
    let says_what = |word: &String| !WHEN.contains(&word.as_str());
    let (first, last) = (
        words.iter().position(says_what),
        words.iter().rposition(says_what),
    );
    first
        .zip(last)
        .map(|(first, last)| words[first..=last].to_vec())
        .unwrap_or_default()
}
