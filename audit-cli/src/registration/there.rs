//! What an environment has: of each action the versions, as the service counts them.

use std::collections::BTreeMap;

use crate::body::Body;
use crate::body::read::{self, Reading};
use crate::import::forms::{How, Layout};
use crate::json::{Node, Problem};

/// A version of the service.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: u32,
    /// The schema as JSON.
    pub text: String,
    /// What it means, or why that can't be said: then it stands for nothing.
    pub body: Result<Body, Problem>,
    /// A JSON Schema that the vendor's Node SDK took for a map of types.
    pub mangled: bool,
}

impl Version {
    pub fn read(number: u32, text: String) -> Self {
        let (body, mangled) = match Node::parse(&text) {
            Ok(node) => {
                let Reading { body, problems } = read::read(node);
                (
                    problems.into_iter().next().map_or(Ok(body), Err),
                    is_mangled(&node),
                )
            }
            Err(problem) => (Err(problem), false),
        };
        Self {
            number,
            text,
            body,
            mangled,
        }
    }
}

/// Whether a JSON Schema in it was taken for a map of types.
fn is_mangled(body: &Node<'_>) -> bool {
    Layout::of(body, "")
        .objects()
        .any(|(_, object)| object.how == How::Mangled)
}

/// Everything that was read of an environment.
#[derive(Clone, Debug, Default)]
pub struct There {
    /// Every version of the actions that were asked for, lowest first.
    pub actions: BTreeMap<String, Vec<Version>>,
    /// The other actions, each with the version that the list of actions shows.
    pub others: BTreeMap<String, Version>,
}

impl There {
    pub fn of(&self, action: &str) -> &[Version] {
        self.actions.get(action).map_or(&[], Vec::as_slice)
    }
}
