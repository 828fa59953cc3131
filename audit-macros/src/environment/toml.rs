//! Reads as much of TOML as a derive needs of manifests: tables, and the strings in them. A TOML crate would take longer to compile than
//! the derives.

use std::iter::Peekable;
use std::str::Chars;

/// What a document holds, in its order. What isn't understood is skipped: cargo has read the manifest before.
pub fn read(text: &str) -> Vec<Entry> {
    let mut reader = Reader {
        rest: text.chars().peekable(),
        table: Vec::new(),
        found: Vec::new(),
    };
    while reader.statement() {}
    reader.found
}

/// A table's header, or a string: `workspace.exclude` and `vendor` for each string of an array.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: Vec<String>,
    /// `None` for a header.
    pub string: Option<String>,
}

struct Reader<'t> {
    rest: Peekable<Chars<'t>>,
    table: Vec<String>,
    found: Vec<Entry>,
}

impl Reader<'_> {
    /// Reads a header or an assignment. `false` at the end.
    fn statement(&mut self) -> bool {
        self.space(true);
        match self.rest.peek() {
            None => return false,
            Some('[') => self.header(),
            Some(_) => {
                let path = [self.table.clone(), self.key()].concat();
                self.space(false);
                if self.rest.next_if_eq(&'=').is_some() {
                    self.value(&path);
                }
            }
        }
        while self.rest.next_if(|letter| *letter != '\n').is_some() {}
        true
    }

    fn header(&mut self) {
        while self.rest.next_if_eq(&'[').is_some() {}
        self.table = self.key();
        self.found.push(Entry {
            path: self.table.clone(),
            string: None,
        });
    }

    /// `a."b".c`
    fn key(&mut self) -> Vec<String> {
        let mut path = Vec::new();
        loop {
            self.space(false);
            path.push(match self.rest.peek() {
                Some('"' | '\'') => self.string(),
                _ => self.word(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-')),
            });
            self.space(false);
            if self.rest.next_if_eq(&'.').is_none() {
                return path;
            }
        }
    }

    fn value(&mut self, path: &[String]) {
        self.space(false);
        match self.rest.peek() {
            Some('"' | '\'') => {
                let string = Some(self.string());
                self.found.push(Entry {
                    path: path.to_vec(),
                    string,
                });
            }
            Some('[') => self.list(']', &mut |reader| reader.value(path)),
            Some('{') => self.list('}', &mut |reader| {
                let path = [path.to_vec(), reader.key()].concat();
                if reader.rest.next_if_eq(&'=').is_some() {
                    reader.value(&path);
                } else {
                    // What can't begin a key.
                    reader.rest.next_if(|letter| *letter != '}');
                }
            }),
            _ => drop(self.word(|letter| !matches!(letter, ',' | ']' | '}' | '\n' | '#'))),
        }
    }

    /// Reads what stands between brackets.
    fn list(&mut self, end: char, each: &mut dyn FnMut(&mut Self)) {
        self.rest.next();
        loop {
            self.space(true);
            match self.rest.peek() {
                None => return,
                Some(letter) if *letter == end => break,
                Some(',' | ']' | '}' | '=' | '.') => {}
                Some(_) => {
                    each(self);
                    continue;
                }
            }
            self.rest.next();
        }
        self.rest.next();
    }

    /// A string of any of the four kinds. Paths need no other escapes than `\\` and `\"`.
    fn string(&mut self) -> String {
        let Some(quote) = self.rest.next() else {
            return String::new();
        };
        let mut text = String::new();
        while let Some(letter) = self.rest.next_if(|letter| *letter != quote) {
            text.push(if letter == '\\' && quote == '"' {
                self.rest.next().unwrap_or_default()
            } else {
                letter
            });
        }
        self.rest.next();
        if text.is_empty() && self.rest.next_if_eq(&quote).is_some() {
            text = self.long_string(quote);
        }
        text
    }

    /// The rest of a string between three quotes.
    fn long_string(&mut self, quote: char) -> String {
        let mut text = String::new();
        let mut quotes = 0;
        while quotes < 3 {
            let Some(letter) = self.rest.next() else {
                break;
            };
            quotes = if letter == quote { quotes + 1 } else { 0 };
            text.push(letter);
        }
        text.truncate(text.len() - quotes);
        text
    }

    fn word(&mut self, is_part: impl Fn(char) -> bool) -> String {
        let mut word = String::new();
        while let Some(letter) = self.rest.next_if(|letter| is_part(*letter)) {
            word.push(letter);
        }
        word
    }

    /// Passes over blanks; and, where lines may end, over these and comments.
    fn space(&mut self, lines: bool) {
        while let Some(letter) = self.rest.peek() {
            match letter {
                ' ' | '\t' => {}
                '\r' | '\n' if lines => {}
                '#' if lines => {
                    while self.rest.next_if(|letter| *letter != '\n').is_some() {}
                    continue;
                }
                _ => return,
            }
            self.rest.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn found(text: &str) -> Vec<String> {
        let shown = |entry: super::Entry| match entry.string {
            Some(string) => format!("{}={string}", entry.path.join("/")),
            None => format!("[{}]", entry.path.join("/")),
        };
        read(text).into_iter().map(shown).collect()
    }

    #[test]
    fn finds_tables_and_strings() {
        let text = r#"
# a comment with [workspace]
cargo-features = []
package.name = "a" # after
[workspace] # here
resolver = "3"
members = [
    "crates/*", # one
    'tool',
]
exclude=["vendor", "x]y"]
[workspace.dependencies]
serde = { version = "1", features = ["derive"] }
[patch.crates-io]
foo = { path = "vendor/foo", default-features = false }
"bar".path = 'vendor\bar'
[[bin]]
doctest = false
name = """
[not]
"""
"#;
        assert_eq!(
            found(text),
            [
                "package/name=a",
                "[workspace]",
                "workspace/resolver=3",
                "workspace/members=crates/*",
                "workspace/members=tool",
                "workspace/exclude=vendor",
                "workspace/exclude=x]y",
                "[workspace/dependencies]",
                "workspace/dependencies/serde/version=1",
                "workspace/dependencies/serde/features=derive",
                "[patch/crates-io]",
                "patch/crates-io/foo/path=vendor/foo",
                "patch/crates-io/bar/path=vendor\\bar",
                "[bin]",
                "bin/name=\n[not]\n",
            ]
        );
    }

    #[test]
    fn ends_on_every_text() {
        for text in [
            "",
            "[",
            "[[",
            "a",
            "a =",
            "a = [",
            "a = [{",
            "a = {b",
            "a = \"",
            "a = \"\"\"",
            "= 1",
            "a = [=]",
            "é = {.}",
            "]\n}\n",
            "a = {!}",
            "a = {{ x }}",
            "a = {#",
            "a = {b ! c = 1}",
        ] {
            read(text);
        }
        assert_eq!(found("a = {!}\nb = '1'\nc = {{ x }, d = '2'}"), ["b=1"]);
    }

    /// Every text of four of the letters that mean something.
    #[test]
    fn ends_on_every_short_text() {
        const LETTERS: &[u8] = b"a!=.,#'\"[]{} \n";
        let letter = |index: usize| char::from(LETTERS[index % LETTERS.len()]);
        for number in 0..LETTERS.len().pow(4) {
            let text: String = (0..4)
                .map(|place| letter(number / LETTERS.len().pow(place)))
                .collect();
            read(&text);
            read(&format!("a = {{{text}"));
        }
    }
}
