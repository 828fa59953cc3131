//! Other crates' types as metadata values, each behind the feature of its crate's name: text, as the type itself displays it.

#![allow(unused_imports, unused_macros, reason = "what is used depends on the features")]
#![allow(clippy::wildcard_imports, reason = "each module is one crate's part of this file")]

use super::{AuditValue, Bounded, BoundedWhenCut, DisplayBound, kind};
use crate::encode::ValueEncoder;
use crate::schema::ValueType;

/// Text that the type proves to have at most so many characters.
macro_rules! bounded_text {
    ($type:ty, $max:literal, |$value:ident| $display:expr) => {
        impl AuditValue for $type {
            const TYPE: ValueType = ValueType::text($max);
            type Kind = kind::Converts;
            #[inline]
            fn encode(&self, out: ValueEncoder<'_>) {
                let $value = self;
                out.display(&$display);
            }
        }
        #[diagnostic::do_not_recommend]
        impl<F, E> Bounded<F, E> for $type {}
        #[diagnostic::do_not_recommend]
        impl<F, E> BoundedWhenCut<F, E> for $type {}
    };
}

#[cfg(feature = "uuid")]
mod uuid_values {
    use super::*;
    bounded_text!(uuid::Uuid, 36, |value| value);
    impl DisplayBound for uuid::Uuid {
        const MAX: u16 = 36;
    }
}

#[cfg(feature = "url")]
mod url_values {
    use super::*;
    impl AuditValue for url::Url {
        const TYPE: ValueType = ValueType::string();
        type Kind = kind::Converts;
        #[inline]
        fn encode(&self, out: ValueEncoder<'_>) {
            out.str(self.as_str());
        }
    }
    #[diagnostic::do_not_recommend]
    impl<F, E> BoundedWhenCut<F, E> for url::Url {}
}

#[cfg(feature = "jiff")]
mod jiff_values {
    use super::*;
    // `-009999-01-02T01:59:59.123456789Z`
    bounded_text!(jiff_types::Timestamp, 33, |value| value);
    // `-009999-01-01`
    bounded_text!(jiff_types::civil::Date, 13, |value| value);
}

/// RFC 3339 in UTC, to the millisecond, as `occurred_at` is: these crates' own `Display` isn't RFC 3339.
#[cfg(any(feature = "time", feature = "chrono"))]
fn utc(time: impl Into<crate::Timestamp>) -> crate::Timestamp {
    time.into()
}

#[cfg(feature = "time")]
mod time_values {
    use super::*;
    bounded_text!(time::OffsetDateTime, 24, |value| utc(*value));
    bounded_text!(time::UtcDateTime, 24, |value| utc(*value));
    // `-999999-01-01`
    bounded_text!(time::Date, 13, |value| value);
}

#[cfg(feature = "chrono")]
mod chrono_values {
    use super::*;
    bounded_text!(chrono::DateTime<chrono::Utc>, 24, |value| utc(*value));
    bounded_text!(chrono::DateTime<chrono::FixedOffset>, 24, |value| utc(*value));
    // `+262142-12-31`
    bounded_text!(chrono::NaiveDate, 13, |value| value);
}
