//! What tests make events of: records written by hand.

#[path = "../tests/cli/support/record.rs"]
mod record;

#[path = "../../audit-emulator/tests/service/support/packages.rs"]
#[allow(dead_code, reason = "the tests of the emulator use the rest")]
mod packages;

use audit_core::schema::record::read::{self, Event};

use crate::catalogue::Entry;
pub use packages::ajv;
pub use record::{BOOLEAN, INTEGER, NUMBER, Record, STRING, entity, event, field, fields};

impl Record {
    pub fn event(&self) -> Event {
        read::read(&self.bytes())
            .expect("a record by the grammar")
            .0
    }
}

#[expect(clippy::needless_pass_by_value, reason = "reads better in tests")]
pub fn entry(record: Record) -> Entry {
    Entry::new(record.event()).expect("what the derives would write")
}

/// The committed bodies of the examples, with their paths.
pub fn golden_bodies() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let store =
        crate::store::Store::open(folder.as_ref(), Vec::new()).expect("the examples' folder");
    let committed = store
        .versions
        .into_iter()
        .filter_map(|((action, version), files)| {
            let text = String::from_utf8(files.body?)
                .expect("UTF-8")
                .replace("\r\n", "\n");
            Some((format!("{action}/v{version}.json"), text))
        });
    committed.collect()
}
