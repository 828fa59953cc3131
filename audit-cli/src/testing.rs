//! What tests make events of: records written by hand.

#[path = "../tests/support/record.rs"]
mod record;

use audit_core::schema::record::read::{self, Event};

use crate::catalogue::Entry;
pub use record::{BOOLEAN, INTEGER, NUMBER, Record, STRING, entity, event, field, fields};

impl Record {
    pub fn event(&self) -> Event {
        read::read(&self.bytes()).expect("a record by the grammar").0
    }
}

#[expect(clippy::needless_pass_by_value, reason = "reads better in tests")]
pub fn entry(record: Record) -> Entry {
    Entry::new(record.event()).expect("what the derives would write")
}
