//! The enums: one for the same values under keys with the same last word (`previous_role`, `new_role`), which is its name.
//! Where one name has several lists of values, the others begin with the name of their struct.

use std::collections::BTreeMap;

use super::{Choice, fields};
use crate::import::express::Field;
use crate::import::names::{self, Names};

/// The enums that structs share.
#[derive(Debug)]
pub struct Enums<'n> {
    names: &'n mut Names,
    /// The enum's name, by the last word of the key and by the values.
    known: BTreeMap<(String, Vec<String>), String>,
}

impl<'n> Enums<'n> {
    pub fn new(names: &'n mut Names) -> Self {
        Self {
            names,
            known: BTreeMap::new(),
        }
    }

    /// The enum of a field of the struct `holder`.
    pub fn of(&mut self, field: &Field, holder: &str) -> Option<String> {
        let values = field.property.names()?;
        let values: Vec<_> = values.into_iter().map(ToOwned::to_owned).collect();
        let word = names::words(&field.key).pop().unwrap_or_default();
        let plain = names::type_name(&word, "Value");
        let name = self.known.entry((word, values)).or_insert_with(|| {
            let prefixed = format!("{holder}{plain}");
            self.names.claim(&[plain, prefixed])
        });
        Some(name.clone())
    }

    /// The enums by name.
    pub fn into_types(self) -> Vec<Choice> {
        let choice = |((_, values), name): ((_, Vec<String>), String)| {
            let (case, variants) = fields::variants(&values);
            Choice {
                name,
                case,
                variants,
            }
        };
        let mut types: Vec<_> = self.known.into_iter().map(choice).collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        types
    }
}
