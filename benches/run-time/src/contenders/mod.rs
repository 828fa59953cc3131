//! Every way to make the event. A new one is a module here and a line in [`all`].

mod plain;
mod stack;
mod typed;
mod writer;

#[cfg(feature = "peers")]
mod validated;
#[cfg(feature = "peers")]
mod vendor;

use crate::Contender;

/// All of them; the first is what ratios are of.
pub fn all() -> Vec<Contender> {
    let ours = |name, run| Contender {
        name,
        run,
        exact: true,
        ours: true,
    };
    let peer = |name, run| Contender {
        name,
        run,
        exact: true,
        ours: false,
    };
    vec![
        peer("serde-owned", plain::owned),
        peer("serde-borrowed", plain::borrowed),
        peer("writer-owned", writer::owned),
        peer("writer-borrowed", writer::borrowed),
        ours("builder-owned", typed::owned::builder),
        ours("literal-owned", typed::owned::literal),
        ours("builder-borrowed", typed::borrowed::builder),
        ours("literal-borrowed", typed::borrowed::literal),
        ours("builder-into", typed::borrowed::builder_into),
        ours("literal-into", typed::borrowed::literal_into),
        peer("bon-garde-serde", stack::owned),
        #[cfg(feature = "peers")]
        Contender {
            exact: false,
            ..peer("json-jsonschema", validated::value)
        },
        #[cfg(feature = "peers")]
        Contender {
            exact: false,
            ..peer("vendor-models", vendor::models)
        },
    ]
}
