//! Two schemas of one thing, a metadata object or a value in it, and the changes that are found between them.

use super::meaning::Meaning;
use super::meaning::object::Object;
use super::meaning::unread::is_of_schemas;
use super::rules::ALL;
use super::{Change, Class, Location, Origin, Scope, Verdict, place};

pub struct Pair<'b, T> {
    pub place: Scope<'b>,
    /// The key of a value.
    pub key: Option<&'b str>,
    pub old: &'b T,
    pub new: &'b T,
}

impl<'b, T> Pair<'b, T> {
    /// The same pair, seen from the other side.
    pub fn reversed(&self) -> Self {
        Self {
            old: self.new,
            new: self.old,
            ..*self
        }
    }

    /// Collects the changes of it; `whole` is what is known of all of them together.
    pub fn found<'c>(&self, whole: &'c Verdict, changes: &'c mut Vec<Change>) -> Found<'c>
    where
        'b: 'c,
    {
        Found {
            place: self.place,
            key: self.key,
            whole,
            changes,
        }
    }

    /// `` `role` of the actor ``, `the actor's metadata`
    pub fn subject(&self) -> String {
        match (self.key, self.place) {
            (Some(key), place) => format!("`{key}`{}", place.words()),
            (None, Scope::Root) => "metadata".into(),
            (None, Scope::Actor) => "the actor's metadata".into(),
            (None, Scope::Target(kind)) => format!("metadata of target {kind:?}"),
        }
    }
}

impl<'b> Pair<'b, Object> {
    /// What the change from one to the other breaks.
    pub fn verdict(&self) -> Verdict {
        Verdict::compare(self.old, self.new, Object::within)
    }

    /// Whether not only one side has keywords that aren't understood, or what they accept doesn't matter.
    pub fn is_comparable(&self, verdict: &Verdict) -> bool {
        self.old.unread == self.new.unread || verdict.unread().all().is_empty()
    }

    /// What both sides say of a key, and what the change of it breaks.
    pub fn value(&self, key: &'b str) -> (Pair<'b, Meaning>, Verdict) {
        let verdict = Verdict::compare(self.old, self.new, |one, other| {
            one.value_within(key, other)
        });
        let pair = Pair {
            place: self.place,
            key: Some(key),
            old: self.old.meaning(key),
            new: self.new.meaning(key),
        };
        (pair, verdict)
    }

    /// Whether both sides say what a key accepts: by its own schema, or where only that of all other keys would do it by another keyword.
    pub fn says_of(&self, key: &str) -> bool {
        let is_like_others = |side: &Object| side.meaning(key) == &side.rest;
        match (self.old.describes(key), self.new.describes(key)) {
            (true, true) => true,
            (false, false) => !is_like_others(self.old) || !is_like_others(self.new),
            _ => false,
        }
    }
}

impl Pair<'_, Meaning> {
    /// The same of values, where a pattern or a format says nothing of the other keywords.
    pub fn is_comparable(&self, verdict: &Verdict) -> bool {
        let is_same = self.old.unread_beside(self.new) == self.new.unread_beside(self.old);
        is_same || !verdict.unread().all().into_iter().any(is_of_schemas)
    }
}

/// Collects the changes of a pair.
pub struct Found<'c> {
    place: Scope<'c>,
    key: Option<&'c str>,
    whole: &'c Verdict,
    pub changes: &'c mut Vec<Change>,
}

impl Found<'_> {
    pub fn add(&mut self, rule: &'static str, message: String, verdict: impl Into<Verdict>) {
        self.add_at(self.key, rule, message, verdict);
    }

    /// The same of one key of an object.
    pub fn add_at(
        &mut self,
        key: Option<&str>,
        rule: &'static str,
        message: String,
        verdict: impl Into<Verdict>,
    ) {
        let verdict = self.whole.of_part(verdict.into());
        self.changes
            .push(change(rule, place(self.place), key, message, verdict));
    }

    /// What the rules didn't say of the pair, where all that they found since `before` isn't what it breaks.
    pub fn add_rest(&mut self, before: usize, subject: &str) {
        if Class::of(&self.changes[before..]) != self.whole.class() {
            let message = format!("{subject} may accept other things than before");
            self.add("not-comparable", message, self.whole.clone());
        }
    }
}

/// A change; keywords that aren't understood and that it hangs on are named behind.
pub fn change(
    rule: &'static str,
    place: String,
    key: Option<&str>,
    message: String,
    verdict: impl Into<Verdict>,
) -> Change {
    debug_assert!(ALL.iter().any(|known| known.name == rule), "{rule}");
    let verdict = verdict.into();
    let (Class { backward, forward }, unread) = (verdict.class(), verdict.unread());
    let message = match unread.all().as_slice() {
        [] => message,
        [one] => format!("{message} (`{one}` isn't compared)"),
        several => format!("{message} (`{}` aren't compared)", several.join("`, `")),
    };
    Change {
        rule,
        place,
        key: key.map(Into::into),
        message,
        backward,
        forward,
        unread,
        location: Location::default(),
        origin: Origin::Own,
    }
}
