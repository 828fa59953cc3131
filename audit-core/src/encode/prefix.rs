//! Puts a prefix before the keys of a group that was just written. Only groups that have one pay for it: their entries are written as
//! those of any other group, and then moved apart.

use super::Encoder;

/// Where a group begins.
#[derive(Debug)]
#[doc(hidden)]
pub struct GroupStart {
    out: usize,
    violations: usize,
    truncated: usize,
}

impl Encoder {
    /// Begins a group whose keys get a prefix.
    pub fn group(&self) -> GroupStart {
        GroupStart {
            out: self.out.len(),
            violations: self.violations.len(),
            truncated: self.truncated.len(),
        }
    }

    /// Puts `prefix`, which needs no escaping, before every key that was written or rejected since `group`.
    pub fn prefix(&mut self, group: &GroupStart, prefix: &str) {
        prefix_entries(&mut self.out, group.out, prefix);
        for violation in &mut self.violations[group.violations..] {
            prefix_path(&mut violation.path, prefix);
        }
        for path in &mut self.truncated[group.truncated..] {
            prefix_path(path, prefix);
        }
    }
}

/// Keys hold no slash, so the last segment is one.
fn prefix_path(path: &mut String, prefix: &str) {
    let key = path.rfind('/').map_or(0, |slash| slash + 1);
    path.insert_str(key, prefix);
}

/// From `from` on, `out` holds entries: `"key":value,` each. They are written anew behind themselves, and the old ones taken away.
fn prefix_entries(out: &mut String, from: usize, prefix: &str) {
    let end = out.len();
    // SAFETY: prefixes are whole texts, and entries are copied from one ASCII quote to behind an ASCII comma: `out` stays UTF-8.
    let bytes = unsafe { out.as_mut_vec() };
    let mut at = from;
    while at < end {
        let next = at + entry_len(&bytes[at..end]);
        bytes.push(b'"');
        bytes.extend_from_slice(prefix.as_bytes());
        bytes.extend_from_within(at + 1..next);
        at = next;
    }
    bytes.drain(from..end);
}

/// The length of the entry that `bytes` begin with, its comma included. Commas inside of strings are none.
fn entry_len(bytes: &[u8]) -> usize {
    let (mut in_string, mut at) = (false, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' => at += 1,
            b',' if !in_string => return at,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_gets_it() {
        for (written, expected) in [
            ("", ""),
            (r#""a":1,"#, r#""p_a":1,"#),
            (
                r#""a":"x,\"\\","b":true,"c":-1.5,"#,
                r#""p_a":"x,\"\\","p_b":true,"p_c":-1.5,"#,
            ),
            (r#""ü":"é…🦀","b":"","#, r#""p_ü":"é…🦀","p_b":"","#),
        ] {
            let mut out = format!("{{\"before\":1,{written}");
            prefix_entries(&mut out, "{\"before\":1,".len(), "p_");
            assert_eq!(out, format!("{{\"before\":1,{expected}"));
        }
    }

    #[test]
    fn paths_get_it_before_the_key() {
        let mut path = "/targets/3/metadata/owner".to_owned();
        prefix_path(&mut path, "old_");
        assert_eq!(path, "/targets/3/metadata/old_owner");
    }
}
