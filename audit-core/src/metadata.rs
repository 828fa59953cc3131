//! Groups of metadata keys that several events or entities share.

use crate::Infallible;
use crate::encode::Encoder;
use crate::schema::Keys;
use crate::schema::fitted::Fitted;

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
///
/// `flatten, prefix = "…"` puts the same text before each of the group's keys, so that a group can stand in an event twice. The keys of an
/// `Option` of a group are optional, and all of them are left out when it is `None`:
///
/// ```
/// use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, Context};
///
/// #[derive(AuditMetadata)]
/// struct Amount {
///     cents: u32,
///     #[audit(max_len = 3)]
///     currency: &'static str,
/// }
///
/// #[derive(AuditEntity)]
/// #[audit(type = "invoice")]
/// struct Invoice {
///     #[audit(id)]
///     id: u64,
/// }
///
/// #[derive(AuditEvent)]
/// #[audit(action = "invoice.settled", version = 1, actor = Actor)]
/// struct InvoiceSettled {
///     #[audit(target)]
///     invoice: Invoice,
///     #[audit(flatten, prefix = "billed_")]
///     billed: Amount,
///     #[audit(flatten, prefix = "paid_")]
///     paid: Option<Amount>,
/// }
///
/// let billed = Amount { cents: 1200, currency: "EUR" };
/// let event = InvoiceSettled { invoice: Invoice { id: 7 }, billed, paid: None }
///     .try_into_event_by(&Actor::new("system", "billing"), Context::empty())?;
/// assert_eq!(event.to_value()["metadata"], serde_json::json!({"billed_cents": 1200, "billed_currency": "EUR"}));
/// # Ok::<(), audit_core::BuildError>(())
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

/// A group that may be missing: its keys are optional.
impl<T: AuditMetadata> AuditMetadata for Option<T> {
    const KEYS: &'static Keys = const { &Keys::__fitted(const { &Fitted::new(T::KEYS, "", true) }) };
    fn encode(&self, out: &mut Encoder) {
        if let Some(group) = self {
            group.encode(out);
        }
    }
}

impl<T: AuditMetadata + Infallible<In>, In> Infallible<In> for Option<T> {}
