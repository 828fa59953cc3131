//! Groups of metadata keys that several events or entities share.

use crate::encode::Encoder;
use crate::schema::Keys;

/// A reusable group of metadata keys, spliced in with `#[audit(flatten)]`. Derive it; it may be generic.
///
/// ```
/// use audit_core::{AuditMetadata, Text};
///
/// #[derive(AuditMetadata)]
/// struct RequestMeta {
///     request_id: Text<36>,
///     attempt: u32,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "audit[A0303]: `{Self}` can't be flattened",
    label = "not a group of metadata keys",
    note = "help: put `#[derive(AuditMetadata)]` on the struct, and hold it itself or by reference; or remove `flatten`, where it is a value"
)]
pub trait AuditMetadata {
    /// Its keys.
    const KEYS: &'static Keys;

    /// Writes its values into the metadata object that is being written.
    #[doc(hidden)]
    fn encode(&self, out: &mut Encoder);
}

impl<T: AuditMetadata + ?Sized> AuditMetadata for &T {
    const KEYS: &'static Keys = T::KEYS;
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }
}
