//! A metadata object as a whole: whether it accepts keys that it doesn't describe, and whether it has a schema at all. The service
//! asks for an object that has one, also where nothing in it is required.

use crate::diff::Class;
use crate::diff::meaning::object::Object;
use crate::diff::pair::{Found, Pair};

pub fn find(pair: &Pair<'_, Object>, found: &mut Found<'_>) {
    let (old, new, subject) = (pair.old, pair.new, pair.subject());
    let is_closed = (old.is_closed(), new.is_closed());
    let is_declared = (old.declared, new.declared);
    if is_closed == (false, true) {
        let message = format!("{subject} was closed: other keys aren't accepted any more");
        found.add("object-closed", message, Class::NARROWER);
    }
    if is_declared == (false, true) {
        let message = format!("{subject} has a schema now, so it must be there");
        found.add("object-declared", message, Class::NARROWER);
    }
    if is_closed == (true, false) {
        let message = format!("{subject} was opened: other keys are accepted, too");
        found.add("object-opened", message, Class::WIDER);
    }
    if is_declared == (true, false) {
        let message = format!("{subject} has no schema any more, so it can be left out");
        found.add("object-undeclared", message, Class::WIDER);
    }
}
