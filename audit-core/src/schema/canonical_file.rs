//! Tells whether a file is in the canonical form: only then do its lines tell what differs. Only a build that fails asks.

use super::bytes::{compare, equal, part};

/// Whether it is what an export could have written, but for properties that stand twice, and for line ends.
pub(crate) const fn is_canonical(file: &[u8]) -> bool {
    let mut text = Text { bytes: file, at: 0 };
    core::str::from_utf8(file).is_ok() && text.body() && text.at == file.len()
}

struct Text<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Text<'_> {
    /// Goes past `what`, if it stands here.
    const fn eat(&mut self, what: &str) -> bool {
        let stands = self.bytes.len() - self.at >= what.len() && equal(part(self.bytes, self.at, what.len()), what.as_bytes());
        if stands {
            self.at += what.len();
        }
        stands
    }

    const fn line_end(&mut self) -> bool {
        self.eat("\r\n") || self.eat("\n")
    }

    const fn body(&mut self) -> bool {
        self.eat("{")
            && self.line_end()
            && self.eat("  \"actor\": {\"metadata\": ")
            && self.object()
            && self.eat("},")
            && self.line_end()
            && self.eat("  \"metadata\": ")
            && self.object()
            && self.eat(",")
            && self.line_end()
            && self.eat("  \"targets\": [")
            && self.targets()
            && self.eat("  ]")
            && self.line_end()
            && self.eat("}")
            && self.line_end()
    }

    const fn targets(&mut self) -> bool {
        let mut before = None;
        loop {
            if !(self.line_end() && self.eat("    {\"metadata\": ") && self.object() && self.eat(", \"type\": ")) {
                return false;
            }
            before = match self.string_after(before) {
                Some(at) if self.eat("}") => Some(at),
                _ => return false,
            };
            if !self.eat(",") {
                return self.line_end();
            }
        }
    }

    const fn object(&mut self) -> bool {
        self.eat("{\"additionalProperties\": false, \"properties\": {")
            && (self.eat("}") || self.properties())
            && (!self.eat(", \"required\": ") || self.list())
            && self.eat(", \"type\": \"object\"}")
    }

    const fn properties(&mut self) -> bool {
        let mut before: &[u8] = b"";
        loop {
            if !(self.line_end() && self.eat("      \"")) {
                return false;
            }
            let from = self.at;
            while self.at < self.bytes.len() && matches!(self.bytes[self.at], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-')
            {
                self.at += 1;
            }
            let key = part(self.bytes, from, self.at - from);
            if compare(before, key) > 0 || !self.eat("\": {") || !self.value() {
                return false;
            }
            before = key;
            if !self.eat(",") {
                return self.line_end() && self.eat("    }");
            }
        }
    }

    const fn value(&mut self) -> bool {
        (!self.eat("\"enum\": ") || self.list() && self.eat(", "))
            && (!self.eat("\"maxLength\": ") || self.number() && self.eat(", "))
            && self.eat("\"type\": \"")
            && (self.eat("string") || self.eat("integer") || self.eat("number") || self.eat("boolean"))
            && self.eat("\"}")
    }

    const fn number(&mut self) -> bool {
        let from = self.at;
        while self.at < self.bytes.len() && self.bytes[self.at].is_ascii_digit() {
            self.at += 1;
        }
        self.at > from && self.bytes[from] != b'0'
    }

    /// A sorted list of strings.
    const fn list(&mut self) -> bool {
        if !self.eat("[") {
            return false;
        }
        let mut before = None;
        loop {
            before = self.string_after(before);
            if before.is_none() {
                return false;
            }
            if !self.eat(", ") {
                return self.eat("]");
            }
        }
    }

    /// A string that comes, by its bytes, after the one at `before`; where it begins.
    const fn string_after(&mut self, before: Option<usize>) -> Option<usize> {
        if !self.eat("\"") {
            return None;
        }
        let from = self.at;
        while let Some((_, len)) = self.letter(self.at) {
            self.at += len;
        }
        match before {
            _ if !self.eat("\"") => None,
            Some(before) if !self.is_less(before, from) => None,
            _ => Some(from),
        }
    }

    /// Whether the string at `one` is less than that at `other`.
    const fn is_less(&self, mut one: usize, mut other: usize) -> bool {
        loop {
            match (self.letter(one), self.letter(other)) {
                (Some((a, a_len)), Some((b, b_len))) if a == b => (one, other) = (one + a_len, other + b_len),
                (Some((a, _)), Some((b, _))) => return a < b,
                (None, after) => return after.is_some(),
                (Some(_), None) => return false,
            }
        }
    }

    /// A byte of a string and how many it is written with. `None` at its end, and at what is never written so.
    const fn letter(&self, at: usize) -> Option<(u8, usize)> {
        match self.bytes.split_at(at).1 {
            [b'\\', b'"', ..] => Some((b'"', 2)),
            [b'\\', b'\\', ..] => Some((b'\\', 2)),
            [b'\\', b'b', ..] => Some((8, 2)),
            [b'\\', b't', ..] => Some((b'\t', 2)),
            [b'\\', b'n', ..] => Some((b'\n', 2)),
            [b'\\', b'f', ..] => Some((12, 2)),
            [b'\\', b'r', ..] => Some((b'\r', 2)),
            [b'\\', b'u', b'0', b'0', high @ (b'0' | b'1'), low @ (b'0'..=b'9' | b'a'..=b'f'), ..] => {
                let low = if low.is_ascii_digit() { *low - b'0' } else { *low - b'a' + 10 };
                let byte = (*high - b'0') * 16 + low;
                if matches!(byte, 8 | b'\t' | b'\n' | 12 | b'\r') { None } else { Some((byte, 6)) }
            }
            [b'"' | b'\\' | 0..=31, ..] | [] => None,
            [byte, ..] => Some((*byte, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{
  "actor": {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}},
  "metadata": {"additionalProperties": false, "properties": {
      "kind": {"enum": ["", "a\u0001", "a\nb", "a\"b", "k"], "type": "string"},
      "mfa": {"type": "boolean"},
      "why": {"maxLength": 64, "type": "string"}
    }, "required": ["kind", "why"], "type": "object"},
  "targets": [
    {"metadata": {"additionalProperties": false, "properties": {}, "type": "object"}, "type": "team"},
    {"metadata": {"additionalProperties": false, "properties": {
      "plan": {"type": "number"}
    }, "type": "object"}, "type": "zone"}
  ]
}
"#;

    #[test]
    fn the_canonical_form_is_known() {
        for text in [BODY.to_owned(), BODY.replace('\n', "\r\n"), BODY.replace("\"mfa\"", "\"kind\"")] {
            assert!(is_canonical(text.as_bytes()), "{text}");
        }
        // The examples' files; the package has none.
        let actions = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas")).into_iter().flatten().flatten();
        for body in actions.filter_map(|action| std::fs::read(action.path().join("v1.json")).ok()) {
            assert!(is_canonical(&body), "{}", String::from_utf8_lossy(&body));
        }
    }

    #[test]
    fn nothing_else_is() {
        for len in 0..BODY.len() {
            assert!(!is_canonical(&BODY.as_bytes()[..len]), "{len} bytes");
        }
        for (from, to) in [
            ("      \"mfa\"", "       \"mfa\""),
            ("\"mfa\"", "\"mf\\u0061\""),
            ("\"mfa\": {\"type\": \"boolean\"}", "\"mfa\": {\"type\": \"boolean\"}, \"mfa\": {\"type\": \"string\"}"),
            ("\"mfa\"", "\"zfa\""),
            ("\"kind\", \"why\"", "\"why\", \"kind\""),
            ("\"k\"]", "\"\\u006b\"]"),
            ("\"k\"]", "\"\\ud800\"]"),
            ("\"k\"]", "\"k\", \"k\"]"),
            ("\\u0001", "\\u000a"),
            ("a\\nb", "a\\u001F"),
            ("[\"\", ", "[\"z\", "),
            ("64", "064"),
            ("64", "64.0"),
            ("64", "+64"),
            ("\"zone\"", "\"sone\""),
            ("\": {\"type\": \"number\"}", "\": {\"type\": \"null\"}"),
            ("\"type\": \"object\"}, \"type\": \"zone\"", "\"type\": \"object\", \"title\": \"x\"}, \"type\": \"zone\""),
        ] {
            let text = BODY.replace(from, to);
            assert!(text != BODY && !is_canonical(text.as_bytes()), "{from} {to}");
        }
        let one_line = BODY.replace('\n', "");
        assert!(!is_canonical(one_line.as_bytes()) && !is_canonical(b"{}") && !is_canonical(&[BODY.as_bytes(), b"\xff"].concat()));
    }
}
