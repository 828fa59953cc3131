//! Which enums are one. Those with the same values are, where their keys end in the same word (`previous_role`, `granted_role`), or where one says
//! only when (`previous`, `new`). Where one name has several lists of values the commonest gets it, and the others begin with the name of the
//! struct that holds them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::entities::Entities;
use super::{Choice, fields};
use crate::import::express::{Event, Field, Kind};
use crate::import::names::{self, Names};

/// Words at either end of a key that tell a value from another one of the same kind.
const WHEN: [&str; 8] = [
    "after", "before", "current", "from", "new", "old", "previous", "to",
];

/// The enums that structs share.
#[derive(Debug, Default)]
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
        let mut choices = Self::default();
        let of_events = events.iter().zip(event_names);
        let of_events = of_events.flat_map(|(event, name)| {
            let fields = event.metadata.fields.iter();
            fields.map(move |field| (name.as_str(), field, 1))
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
        let list = self.lists.entry(id).or_insert_with(|| List {
            words: words.clone(),
            holder: holder.into(),
            order,
            count: 0,
            name: String::new(),
        });
        let ends = list.words.iter().rev().zip(words.iter().rev());
        let common = ends.take_while(|(a, b)| a == b).count();
        list.words.drain(..list.words.len() - common);
        list.count += count;
    }

    /// A key that says only when has the enum of the commonest key with the same values.
    fn join_wordless(&mut self) {
        let wordless = self.lists.keys().filter(|(_, word)| word.is_empty());
        let wordless: Vec<_> = wordless.map(|(values, _)| *values).collect();
        for values in wordless {
            let same = self.lists.range((values, String::new())..).skip(1);
            let commonest = same
                .take_while(|((other, _), _)| *other == values)
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
            let plain = names::type_name(&list.words, "Value");
            let wanted = [plain.clone(), format!("{}{plain}", list.holder)];
            // `Value` alone would say nothing.
            list.name = names.claim_type(&wanted[usize::from(list.words.is_empty())..]);
        }
    }

    /// The enum of a field.
    pub fn name(&self, field: &Field) -> Option<String> {
        let (values, word) = id(field)?;
        let other = self.others.get(values).filter(|_| word.is_empty());
        let list = self.lists.get(&(values, other.cloned().unwrap_or(word)))?;
        Some(list.name.clone())
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
    let words = names::words(key);
    let says_when = |word: &String| WHEN.contains(&word.as_str());
    let words = words.into_iter().skip_while(says_when);
    let mut words: Vec<_> = words.collect();
    while words.last().is_some_and(says_when) {
        words.pop();
    }
    words
}
