//! Reads `schemas/registrations/<environment>.json`, of which a build needs the hashes: `{"action": {"1": {"sha256": "…"}}}`. A merge
//! conflict in one must not pass for "registered nowhere".

use std::iter::Peekable;
use std::str::Chars;

/// The hash with which the version is listed, where it is; empty where no hash stands there.
///
/// # Errors
/// What was expected and the line, where the text isn't an object of objects of objects.
pub fn hash(json: &str, action: &str, version: u32) -> Result<Option<String>, String> {
    let mut reader = Reader { rest: json.chars().peekable(), line: 1 };
    let version = version.to_string();
    let mut listed = None;
    reader.object(&mut |reader, of_action| {
        reader.object(&mut |reader, of_version| {
            let is_ours = of_action == action && of_version == version;
            if is_ours {
                listed.get_or_insert_default();
            }
            reader.object(&mut |reader, key| {
                let value = reader.scalar()?;
                if is_ours && key == "sha256" {
                    listed = Some(value);
                }
                Ok(())
            })
        })
    })?;
    reader.space();
    if reader.rest.peek().is_some() { Err(reader.expected("the end")) } else { Ok(listed) }
}

struct Reader<'j> {
    rest: Peekable<Chars<'j>>,
    line: usize,
}

/// Reads what stands behind a key.
type Each<'e, 'j> = &'e mut dyn FnMut(&mut Reader<'j>, &str) -> Result<(), String>;

impl<'j> Reader<'j> {
    fn object(&mut self, each: Each<'_, 'j>) -> Result<(), String> {
        self.take('{', "`{`")?;
        if self.next_is('}') {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.take(':', "`:`")?;
            each(self, &key)?;
            if self.next_is('}') {
                return Ok(());
            }
            self.take(',', "`,` or `}`")?;
        }
    }

    fn scalar(&mut self) -> Result<String, String> {
        self.space();
        if self.rest.peek() == Some(&'"') {
            return self.string();
        }
        let mut value = String::new();
        while let Some(letter) = self.rest.next_if(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '+' | '.')) {
            value.push(letter);
        }
        if value.is_empty() { Err(self.expected("a value")) } else { Ok(value) }
    }

    /// Actions, versions and hashes hold nothing that needs escaping: an escape is kept as it is written.
    fn string(&mut self) -> Result<String, String> {
        self.take('"', "a string")?;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.extend(['\\'].into_iter().chain(self.rest.next())),
                Some('\n') | None => return Err(self.expected("the end of a string")),
                Some(letter) => text.push(letter),
            }
        }
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.space();
        self.rest.next_if_eq(&wanted).is_some()
    }

    fn take(&mut self, wanted: char, name: &str) -> Result<(), String> {
        if self.next_is(wanted) { Ok(()) } else { Err(self.expected(name)) }
    }

    fn space(&mut self) {
        while let Some(letter) = self.rest.next_if(char::is_ascii_whitespace) {
            self.line += usize::from(letter == '\n');
        }
    }

    fn expected(&self, what: &str) -> String {
        format!("expected {what} in line {}", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::hash;

    const JSON: &str =
        "{\n  \"a.b\": {\"1\": {\"server\": 3, \"sha256\": \"x\"}},\n  \"c.d\": {\"2\": {}, \"3\": {\"sha256\": null}}\n}\n";

    #[test]
    fn finds_the_version_of_its_own_action_only() {
        assert_eq!(hash(JSON, "a.b", 1), Ok(Some("x".into())));
        assert_eq!(hash(JSON, "a.b", 2), Ok(None));
        assert_eq!(hash(JSON, "c.d", 2), Ok(Some(String::new())));
        assert_eq!(hash("{}", "a.b", 1), Ok(None));
    }

    #[test]
    fn says_where_it_isn_t_what_it_should_be() {
        for (json, problem) in [
            ("", "expected `{` in line 1"),
            ("[]", "expected `{` in line 1"),
            ("{\n<<<<<<< HEAD\n", "expected a string in line 2"),
            ("{\"a.b\": {\"1\": {}}\n\n\"c.d\"", "expected `,` or `}` in line 3"),
            ("{\"a.b\": 1}", "expected `{` in line 1"),
            ("{\"a.b\": {\"1\": {\"server\": }}}", "expected a value in line 1"),
            ("{\"a.b", "expected the end of a string in line 1"),
            ("{} {}", "expected the end in line 1"),
        ] {
            assert_eq!(hash(json, "a.b", 1), Err(problem.into()), "{json}");
        }
    }
}
