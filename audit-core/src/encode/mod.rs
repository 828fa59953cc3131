//! Writes an event's bytes, once, when it is built: pre-escaped fragments, values checked on the way.

mod joined;
mod json;
mod prefix;
mod scratch;
mod value;

pub(crate) use json::string;
pub use prefix::GroupStart;
pub use value::ValueEncoder;

use crate::diagnostic_traits::TextForm;
use crate::error::{BuildError, Limit, Violation};
use crate::event::Event;
use crate::form::{OwnName, OwnText, TextList};
use crate::limits::{MAX_TARGETS, VALUE_CHARS};
use crate::schema::ValueType;
use crate::timestamp::Timestamp;

/// What happens to text that is too long, and to numbers that JSON or JavaScript can't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Mode {
    /// A violation: `try_build`.
    Reject,
    /// Cut, and listed in `truncated()`: `build`, whose types prove that it can't happen, unless a bounded newtype was filled
    /// behind its constructor's back.
    Cut,
}

/// The metadata object that is being written.
#[derive(Clone, Copy, Debug)]
enum Scope {
    Root,
    Actor,
    Target(usize),
}

/// What a field's attributes say about its text.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct TextLimit {
    /// Characters.
    pub max: u16,
    pub cut: bool,
}

impl TextLimit {
    /// No attribute: the service's limit.
    pub const FREE: Self = Self {
        max: VALUE_CHARS,
        cut: false,
    };

    pub const fn max_len(max: u16) -> Self {
        Self { max, cut: false }
    }

    pub const fn truncate(max: u16) -> Self {
        Self { max, cut: true }
    }

    /// For a `display` field of a type that bounds its text: an enum's `Display` is free to write more than its values have, and what
    /// can't be rejected is cut.
    #[must_use]
    pub const fn within(self, ty: ValueType) -> Self {
        if ty.max_len() != 0 && ty.max_len() < self.max {
            Self::truncate(ty.max_len())
        } else {
            self
        }
    }
}

/// What an event's generated code knows of itself.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Head {
    pub action: &'static str,
    pub version: u32,
    /// `{"action":"…","version":N,"occurred_at":"`
    pub prefix: &'static str,
}

/// Writes one event. Generated code drives it; hand-written values see only [`ValueEncoder`].
#[derive(Debug)]
#[doc(hidden)]
pub struct Encoder {
    head: &'static Head,
    pub(crate) out: String,
    mode: Mode,
    scope: Scope,
    targets: usize,
    /// The [`entity`](Self::entity)'s beginning, where a field overrides its type.
    head_override: Option<&'static str>,
    violations: Vec<Violation>,
    truncated: Vec<String>,
}

impl Encoder {
    pub fn new(mode: Mode, head: &'static Head, occurred_at: Option<Timestamp>) -> Self {
        let mut out = scratch::take();
        out.push_str(head.prefix);
        occurred_at.unwrap_or_else(Timestamp::now).write(&mut out);
        Self {
            head,
            out,
            mode,
            scope: Scope::Root,
            targets: 0,
            head_override: None,
            violations: Vec::new(),
            truncated: Vec::new(),
        }
    }

    /// Begins the actor, which follows.
    pub fn actor(&mut self) {
        self.out.push_str("\",\"actor\":");
        self.scope = Scope::Actor;
    }

    /// Begins the targets, which follow.
    pub fn targets(&mut self) {
        self.out.push_str(",\"targets\":[");
    }

    /// Begins one target, with the [`entity`](Self::entity)'s beginning where the field overrides its type.
    #[inline]
    pub(crate) fn target(&mut self, head_override: Option<&'static str>) {
        if self.targets > 0 {
            self.out.push(',');
        }
        self.scope = Scope::Target(self.targets);
        self.head_override = head_override;
    }

    #[inline]
    pub(crate) fn target_end(&mut self) {
        self.head_override = None;
        self.targets += 1;
    }

    /// Ends the targets: `fields` has each target field's type and how many it held.
    pub fn targets_end(&mut self, fields: &[(&'static str, usize)]) {
        self.out.push(']');
        let missing = |&&(kind, count): &&(&'static str, usize)| {
            count == 0
                && !fields
                    .iter()
                    .any(|&(other, count)| other == kind && count > 0)
        };
        let limit = if self.targets > MAX_TARGETS {
            Limit::Targets
        } else if let Some(&(kind, _)) = fields.iter().find(missing) {
            Limit::TargetType(kind)
        } else {
            return;
        };
        let found = if self.targets == 1 {
            "1 target".into()
        } else {
            format!("{} targets", self.targets)
        };
        self.violations
            .push(Violation::new("/targets".into(), limit, found));
    }

    /// [`targets_end`](Self::targets_end) of an event with `split`; `help` names the methods that split it.
    pub fn split_targets_end(&mut self, fields: &[(&'static str, usize)], help: &'static str) {
        self.targets_end(fields);
        if let Some(violation) = self
            .violations
            .last_mut()
            .filter(|violation| violation.limit() == Limit::Targets)
        {
            violation.help = help;
        }
    }

    /// The beginning of an entity: `head` is `{"type":"…","id":"`, escaped beforehand.
    pub fn entity<T: OwnText<M>, M>(&mut self, head: &'static str, id: &T, _: M) {
        self.out.push_str(self.head_override.unwrap_or(head));
        id.with_text(|text| json::display(&mut self.out, text));
        self.out.push('"');
    }

    /// [`entity`](Self::entity), where the id is text already.
    pub fn entity_str(&mut self, head: &'static str, id: &str) {
        string(&mut self.out, self.head_override.unwrap_or(head), id);
    }

    /// An actor of which the value knows the type.
    pub(crate) fn actor_of(&mut self, kind: &str, id: &str) {
        string(&mut self.out, "{\"type\":\"", kind);
        string(&mut self.out, ",\"id\":\"", id);
    }

    /// An actor that is always the same, escaped beforehand.
    pub fn fixed_actor(&mut self, json: &'static str) {
        self.out.push_str(json);
    }

    pub fn name<T: OwnName<M>, M>(&mut self, name: &T, _: M) {
        name.with_name(|text| {
            self.out.push_str(",\"name\":\"");
            json::display(&mut self.out, text);
            self.out.push('"');
        });
    }

    pub fn name_str(&mut self, name: &str) {
        string(&mut self.out, ",\"name\":\"", name);
    }

    /// Ends an entity without metadata keys.
    pub fn entity_end(&mut self) {
        // Registration bodies declare the object, and the service then requires it.
        self.out.push_str(",\"metadata\":{}}");
    }

    /// Begins a metadata object; the values follow.
    pub fn metadata(&mut self) {
        self.out.push_str(",\"metadata\":{");
    }

    /// Begins the root's.
    pub fn root_metadata(&mut self) {
        self.scope = Scope::Root;
        self.metadata();
    }

    /// Ends a metadata object, and the object around it. An empty one is written too: the service requires what the body declares.
    pub fn metadata_end(&mut self) {
        if self.out.ends_with(',') {
            self.out.pop();
        }
        self.out.push_str("}}");
    }

    /// Begins one metadata value. `key` is `"key":`, escaped beforehand.
    #[inline]
    pub fn at(&mut self, key: &'static str, text: TextLimit) -> ValueEncoder<'_> {
        ValueEncoder::new(self, key, text)
    }

    /// A `display` field.
    pub fn display<V: TextForm + ?Sized>(&mut self, key: &'static str, text: TextLimit, value: &V) {
        self.at(key, text).display(&value);
    }

    /// A `join` field.
    pub fn join<'v, V: TextList<'v, M> + ?Sized, M>(
        &mut self,
        key: &'static str,
        text: TextLimit,
        separator: &str,
        value: &'v V,
        _: M,
    ) {
        self.at(key, text).join(separator, value);
    }

    /// A string that the project makes: the id of a split.
    pub fn plain(&mut self, key: &'static str, value: &str) {
        self.at(key, TextLimit::FREE).str(value);
    }

    fn path(&self, key: &str) -> String {
        // `"key":`
        let key = &key[1..key.len() - 2];
        match self.scope {
            Scope::Root => format!("/metadata/{key}"),
            Scope::Actor => format!("/actor/metadata/{key}"),
            Scope::Target(index) => format!("/targets/{index}/metadata/{key}"),
        }
    }

    /// Takes back that there are too many targets: they are split.
    #[must_use]
    pub(crate) fn any_number_of_targets(mut self) -> Self {
        self.violations
            .retain(|violation| violation.limit() != Limit::Targets);
        self
    }

    /// The event, or all that is wrong with it.
    ///
    /// # Errors
    /// [`BuildError`] with every violation.
    pub fn finish(self) -> Result<Event, BuildError> {
        if self.violations.is_empty() {
            Ok(self.finish_cut())
        } else {
            Err(self.rejected())
        }
    }

    /// The event of a type that proves that nothing can be rejected.
    pub fn finish_cut(self) -> Event {
        let json = self.out.as_str().to_owned();
        scratch::give_back(self.out);
        Event {
            action: self.head.action,
            version: self.head.version,
            json,
            truncated: self.truncated,
        }
    }

    /// Appends the event's bytes and returns what was cut, or all that is wrong with it.
    ///
    /// # Errors
    /// [`BuildError`] with every violation that was noted; nothing is appended.
    pub fn append_to(self, out: &mut Vec<u8>) -> Result<Vec<String>, BuildError> {
        if !self.violations.is_empty() {
            return Err(self.rejected());
        }
        out.extend_from_slice(self.out.as_bytes());
        scratch::give_back(self.out);
        Ok(self.truncated)
    }

    #[cold]
    fn rejected(self) -> BuildError {
        scratch::give_back(self.out);
        BuildError {
            violations: self.violations,
        }
    }
}
