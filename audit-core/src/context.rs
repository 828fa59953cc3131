//! Where an event came from, and the envelope that a recorder supplies: context and time.

use std::fmt::Display;

use crate::encode::string;
use crate::timestamp::Timestamp;

/// Where an event came from: the service requires the object, and in it the location.
///
/// ```
/// use audit_core::Context;
///
/// let context = Context::new("203.0.113.7").user_agent("Mozilla/5.0");
/// assert_eq!(context.location(), Some("203.0.113.7"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    location: Option<String>,
    user_agent: Option<String>,
}

impl Context {
    /// A location: usually the client's IP address.
    pub fn new(location: impl Display) -> Self {
        Self {
            location: Some(location.to_string()),
            user_agent: None,
        }
    }

    /// No context (`{}`), for what no request caused.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The client's user agent.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The location, unless the context is empty.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    pub(crate) fn write(&self, out: &mut String) {
        out.push('{');
        if let Some(location) = &self.location {
            string(out, "\"location\":\"", location);
        }
        if let Some(user_agent) = &self.user_agent {
            let before = if self.location.is_some() {
                ",\"user_agent\":\""
            } else {
                "\"user_agent\":\""
            };
            string(out, before, user_agent);
        }
        out.push('}');
    }
}

/// What a field marked `context` can hold.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "audit[A0319]: `{Self}` isn't a context",
    label = "expected a `Context`",
    note = "help: hold a `Context`, a `&Context` or an `Arc<Context>`"
)]
pub trait ContextField {
    fn context(&self) -> &Context;
}

impl ContextField for Context {
    fn context(&self) -> &Context {
        self
    }
}
impl<T: ContextField + ?Sized> ContextField for &T {
    fn context(&self) -> &Context {
        (**self).context()
    }
}
impl<T: ContextField + ?Sized> ContextField for std::sync::Arc<T> {
    fn context(&self) -> &Context {
        (**self).context()
    }
}

/// What a recorder adds to a value to make it an event: the context, and the time unless it is now.
///
/// ```
/// use audit_core::{Context, Envelope};
/// use std::time::SystemTime;
///
/// let envelope = Envelope::new(Context::empty()).occurred_at(SystemTime::UNIX_EPOCH);
/// ```
#[derive(Clone, Debug)]
pub struct Envelope {
    context: Context,
    occurred_at: Option<Timestamp>,
}

impl Envelope {
    /// The context; the time is now.
    pub fn new(context: impl Into<Context>) -> Self {
        Self {
            context: context.into(),
            occurred_at: None,
        }
    }

    /// When it happened.
    #[must_use]
    pub fn occurred_at(mut self, at: impl Into<Timestamp>) -> Self {
        self.occurred_at = Some(at.into());
        self
    }

    #[doc(hidden)]
    pub fn __into_parts(self) -> (Context, Option<Timestamp>) {
        (self.context, self.occurred_at)
    }
}

impl From<Context> for Envelope {
    fn from(context: Context) -> Self {
        Self::new(context)
    }
}

impl From<&Context> for Envelope {
    fn from(context: &Context) -> Self {
        Self::new(context.clone())
    }
}

impl From<&Context> for Context {
    fn from(context: &Context) -> Self {
        context.clone()
    }
}
