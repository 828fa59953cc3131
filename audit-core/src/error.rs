//! What can go wrong when an event, a bounded text or a file of registrations is made.

use std::error::Error;
use std::fmt;

use crate::limits::{MAX_SAFE_INTEGER, MAX_TARGETS, MIN_SAFE_INTEGER, MIN_TARGETS};

/// A limit that an event broke. The numbers and their sources are in [`limits`](crate::limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Text of at most this number of characters (Unicode code points).
    Characters(u16),
    /// An integer within ±(2^53 − 1), because JavaScript would silently change others.
    SafeInteger,
    /// A number that is neither NaN nor infinite, because JSON has neither.
    Finite,
    /// [`MIN_TARGETS`] to [`MAX_TARGETS`] targets: 1 to 20.
    Targets,
    /// At least one target of this declared type.
    TargetType(&'static str),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characters(max) => write!(f, "at most {max} are allowed"),
            Self::SafeInteger => write!(
                f,
                "integers from {MIN_SAFE_INTEGER} to {MAX_SAFE_INTEGER} are allowed"
            ),
            Self::Finite => f.write_str("only finite numbers are allowed"),
            Self::Targets => write!(f, "{MIN_TARGETS} to {MAX_TARGETS} targets are allowed"),
            Self::TargetType(kind) => {
                write!(f, "at least one target of type \"{kind}\" is required")
            }
        }
    }
}

/// One limit that an event broke: the path, the limit, and the offending value described. Text is described by its length alone,
/// because it may be secret.
/// `Display` adds what to do instead, where the limit alone doesn't tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(crate) path: String,
    limit: Limit,
    actual: String,
    /// What to do instead, where the limit's own words don't say it.
    pub(crate) help: &'static str,
}

impl Violation {
    pub(crate) fn new(path: String, limit: Limit, actual: String) -> Self {
        Self {
            path,
            limit,
            actual,
            help: "",
        }
    }

    /// The path, as a JSON pointer into the event: `/targets/3/metadata/owner`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The limit that was broken.
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// The offending value, described: `501 characters`, `21 targets`, `9007199254740992`, `NaN`.
    pub fn found(&self) -> &str {
        &self.actual
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.path, self.actual, self.limit)?;
        if self.help.is_empty() {
            Ok(())
        } else {
            write!(f, "; {}", self.help)
        }
    }
}

/// The error of an event that breaks limits: **all** its violations.
///
/// ```
/// use audit_core::{Actor, AuditEntity, AuditEvent, Context, Limit};
///
/// #[derive(AuditEntity)]
/// #[audit(type = "user")]
/// struct User { #[audit(id)] id: u64 }
///
/// #[derive(AuditEvent)]
/// #[audit(action = "users.invited", version = 1, actor = Actor)]
/// struct UsersInvited {
///     #[audit(target)] users: Vec<User>,
///     #[audit(max_len = 8)] message: String,
/// }
///
/// let invited = UsersInvited { users: (0..21).map(|id| User { id }).collect(), message: "Welcome back".into() };
/// let error = invited.try_into_event_with_actor(&Actor::new("system", "sync"), Context::empty()).unwrap_err();
///
/// // for a log: a line for each violation
/// assert_eq!(
///     error.to_string(),
///     "/targets: 21 targets, 1 to 20 targets are allowed\n\
///      /metadata/message: 12 characters, at most 8 are allowed"
/// );
/// // for a caller: what to mend
/// for violation in error.violations() {
///     match (violation.path(), violation.limit()) {
///         ("/metadata/message", Limit::Characters(max)) => assert_eq!(max, 8),
///         ("/targets", Limit::Targets | Limit::TargetType(_)) => {}
///         (path, limit) => panic!("{path}: {limit}"),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    pub(crate) violations: Vec<Violation>,
}

impl BuildError {
    /// Every violation, in the order of the event's fields.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for BuildError {}

/// Text longer than its type allows, from [`Text::new`](crate::Text::new) and the constructors of bounded newtypes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    max: u16,
    actual: usize,
}

impl TooLong {
    /// `Err` when `text` has more than `max` characters.
    #[doc(hidden)]
    pub fn __check(text: &str, max: u16) -> Result<(), Self> {
        // A character has at least one byte.
        if text.len() <= usize::from(max) {
            return Ok(());
        }
        let actual = text.chars().count();
        if actual <= usize::from(max) {
            Ok(())
        } else {
            Err(Self { max, actual })
        }
    }

    /// The number of characters (Unicode code points) that are allowed.
    pub fn max(&self) -> usize {
        usize::from(self.max)
    }

    /// The number of characters of the text.
    pub fn found(&self) -> usize {
        self.actual
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} characters, at most {} are allowed",
            self.actual, self.max
        )
    }
}

impl Error for TooLong {}
