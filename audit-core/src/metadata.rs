//! Groups of metadata keys that several events or entities share.

use crate::AlwaysValid;
use crate::AuditMetadata;
use crate::encode::Encoder;
use crate::schema::Keys;
use crate::schema::fitted::Fitted;

impl<T: AuditMetadata + ?Sized> AuditMetadata for &T {
    const KEYS: &'static Keys = T::KEYS;
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }
}

/// A group that may be missing: its keys are optional.
impl<T: AuditMetadata> AuditMetadata for Option<T> {
    const KEYS: &'static Keys =
        const { &Keys::__fitted(const { &Fitted::new(T::KEYS, "", true) }) };
    fn encode(&self, out: &mut Encoder) {
        if let Some(group) = self {
            group.encode(out);
        }
    }
}

impl<T: AuditMetadata + AlwaysValid<In>, In> AlwaysValid<In> for Option<T> {}
