//! Text as metadata values: the string types, addresses, and [`Text<N>`](Text), which carries its limit.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Deref;
use std::sync::Arc;

use super::{Bounded, BoundedWhenCut, DisplayBound, setter};
use crate::AuditValue;
use crate::encode::ValueEncoder;
use crate::error::TooLong;
use crate::form::{JoinForm, ValueText};
use crate::limits::VALUE_CHARS;
use crate::schema::ValueType;

free_text!(str, String, Box<str>, Arc<str>, Cow<'_, str>; |value, out| out.str(value));

impl ValueText for String {
    fn value_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

macro_rules! address {
    ($($type:ty: $max:literal),*) => {$(
        bounded_text!($type, $max, |value| value);
        impl DisplayBound for $type {
            const MAX: u16 = $max;
        }
    )*};
}

// An IPv4-mapped address is the longest: `0000:0000:0000:0000:0000:ffff:255.255.255.255` (`INET6_ADDRSTRLEN` less its NUL).
address!(IpAddr: 45, Ipv4Addr: 15, Ipv6Addr: 45);

/// Text of at most `N` characters (Unicode code points), 1 to 500: a field of another `N` doesn't compile.
///
/// ```
/// use audit_core::Text;
///
/// let id: Text<4> = Text::new("abcd").unwrap();
/// assert!(Text::<4>::new("abcde").is_err());
/// assert_eq!(&*Text::<4>::truncated("abcde"), "abc…");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const N: usize>(String);

impl<const N: usize> Text<N> {
    /// What the service takes at most, where `N` is more; a field of such a type doesn't compile.
    #[expect(clippy::cast_possible_truncation, reason = "compared in the same line")]
    const MAX: u16 = if N <= VALUE_CHARS as usize {
        N as u16
    } else {
        VALUE_CHARS
    };

    /// The text, if it isn't too long.
    ///
    /// # Errors
    /// [`TooLong`] where it has more than `N` characters.
    pub fn new(text: impl Into<String>) -> Result<Self, TooLong> {
        let text = text.into();
        TooLong::__check(&text, Self::MAX)?;
        Ok(Self(text))
    }

    /// The text, cut to `N` characters where it is longer; the last one is then `…`.
    pub fn truncated(text: impl Into<String>) -> Self {
        let mut text = text.into();
        if TooLong::__check(&text, Self::MAX).is_err() {
            let kept = usize::from(Self::MAX).saturating_sub(1);
            let at = text
                .char_indices()
                .nth(kept)
                .map_or(text.len(), |(at, _)| at);
            text.truncate(at);
            if N > 0 {
                text.push('…');
            }
        }
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, without its limit.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const N: usize> AuditValue for Text<N> {
    const TYPE: ValueType = ValueType::text_of(N);
    type Setter = setter::ByInto;
    #[inline]
    fn encode(&self, out: ValueEncoder<'_>) {
        out.str(&self.0);
    }
}
impl<F, E, const N: usize> Bounded<F, E> for Text<N> {}
impl<const N: usize> ValueText for Text<N> {
    fn value_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}
#[diagnostic::do_not_recommend]
impl<F, E, const N: usize> BoundedWhenCut<F, E> for Text<N> {}
impl<const N: usize> DisplayBound for Text<N> {
    const MAX: u16 = Self::MAX;
}

impl<const N: usize> Deref for Text<N> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const N: usize> AsRef<str> for Text<N> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<const N: usize> fmt::Display for Text<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const N: usize> fmt::Debug for Text<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const N: usize> TryFrom<String> for Text<N> {
    type Error = TooLong;
    fn try_from(text: String) -> Result<Self, TooLong> {
        Self::new(text)
    }
}

impl<const N: usize> TryFrom<&str> for Text<N> {
    type Error = TooLong;
    fn try_from(text: &str) -> Result<Self, TooLong> {
        Self::new(text)
    }
}

impl<const N: usize> From<Text<N>> for String {
    fn from(text: Text<N>) -> Self {
        text.0
    }
}

impl<const N: usize> std::str::FromStr for Text<N> {
    type Err = TooLong;
    fn from_str(text: &str) -> Result<Self, TooLong> {
        Self::new(text)
    }
}
