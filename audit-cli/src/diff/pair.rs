//! Two schemas of one metadata object or value, and a collector of the changes between them.

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

    /// A collector of its changes; `whole` is the verdict of all of them together.
    pub fn collector<'c>(&self, whole: &'c Verdict, changes: &'c mut Vec<Change>) -> Collector<'c>
    where
        'b: 'c,
    {
        Collector {
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
    /// The verdict of the change from one to the other.
    pub fn verdict(&self) -> Verdict {
        Verdict::compare(self.old, self.new, Object::within)
    }

    /// Whether both sides have the same unread keywords, or the verdict doesn't depend on them.
    pub fn is_comparable(&self, verdict: &Verdict) -> bool {
        self.old.unread == self.new.unread || verdict.unread().all().is_empty()
    }

    /// The meanings of a key on both sides, and the verdict of its change.
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

    /// Whether a key's values are compared: both sides describe it, or neither does and one differs from the other keys.
    pub fn compares(&self, key: &str) -> bool {
        let is_like_others = |side: &Object| side.meaning(key) == &side.rest;
        match (self.old.describes(key), self.new.describes(key)) {
            (true, true) => true,
            (false, false) => !is_like_others(self.old) || !is_like_others(self.new),
            _ => false,
        }
    }
}

impl Pair<'_, Meaning> {
    /// The same of values, where a pattern or a format is independent of the other keywords.
    pub fn is_comparable(&self, verdict: &Verdict) -> bool {
        let is_same = self.old.unread_beside(self.new) == self.new.unread_beside(self.old);
        is_same || !verdict.unread().all().into_iter().any(is_of_schemas)
    }
}

/// Collects the changes of a pair.
pub struct Collector<'c> {
    place: Scope<'c>,
    key: Option<&'c str>,
    whole: &'c Verdict,
    pub changes: &'c mut Vec<Change>,
}

impl Collector<'_> {
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

    /// Adds a change for the rest of the pair, if the changes since `before` don't explain the whole's class.
    pub fn add_rest(&mut self, before: usize, subject: &str) {
        if Class::of(&self.changes[before..]) != self.whole.class() {
            let message = format!("{subject} may accept other things than before");
            self.add("not-comparable", message, self.whole.clone());
        }
    }
}

/// A change; the message ends with the unread keywords that it depends on.
pub fn change(
    rule: &'static str,
    place: String,
    key: Option<&str>,
    message: String,
    verdict: impl Into<Verdict>,
) -> Change {
    debug_assert!(ALL.iter().any(|known| known.name == rule), "{rule}");
    let verdict = verdict.into();
    let unread = verdict.unread();
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
        class: verdict.class(),
        unread,
        location: Location::default(),
        origin: Origin::Own,
    }
}
