//! Which codes the tests raise: in the blessed outputs of UI tests, in what the drift tests expect, in unit tests of the derives.

use std::collections::BTreeSet;
use std::path::Path;

use audit_tests::files;

pub fn codes() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outputs = files(&folder.join("ui"), "stderr");
    assert!(outputs.len() > 10, "the outputs of UI tests were found");
    let drift = files(&folder.join("drift"), "rs");
    // What stands elsewhere in the derives words errors, and tests nothing.
    let unit_tests = files(&folder.join("../audit-macros/src/tests"), "rs");
    let texts = [outputs, drift, unit_tests].concat();
    let marks = texts
        .iter()
        .flat_map(|(_, text)| text.split("audit[").skip(1));
    marks
        .filter_map(|after| after.split_once(']'))
        .map(|(code, _)| code.to_owned())
        .collect()
}
