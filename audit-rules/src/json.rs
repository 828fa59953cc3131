//! A JSON document as a tree of values with their positions.

use crate::Problem;

/// Objects and lists inside each other.
const DEPTH: usize = 64;

/// A value, and the byte at which it begins.
pub(crate) struct Node {
    pub(crate) at: usize,
    pub(crate) value: Value,
}

/// A JSON value. Of lists, booleans and `null` only the kind is kept.
pub(crate) enum Value {
    /// In the order of the file; a repeated key is repeated.
    Object(Vec<(String, Node)>),
    String(String),
    Number(String),
    Other(&'static str),
}

impl Value {
    /// `an object`
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Object(_) => "an object",
            Self::String(_) => "a string",
            Self::Number(_) => "a number",
            Self::Other(kind) => kind,
        }
    }
}

/// Parses a whole document.
pub(crate) fn parse(text: &str) -> Result<Node, Problem> {
    let mut parser = Parser { text, at: 0 };
    let root = parser.value(DEPTH)?;
    match parser.peek() {
        None => Ok(root),
        Some(_) => Err(parser.expected("the end")),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, Problem> {
        let next = self.peek();
        let at = self.at;
        let depth = depth.checked_sub(1);
        let depth = depth.ok_or_else(|| self.expected("less nesting"))?;
        let value = match next {
            Some('{') => Value::Object(self.object(depth)?),
            Some('[') => {
                self.sequence(']', "`,` or `]`", &mut |parser| {
                    parser.value(depth).map(drop)
                })?;
                Value::Other("a list")
            }
            Some('"') => Value::String(self.string()?),
            _ => self.scalar()?,
        };
        Ok(Node { at, value })
    }

    fn object(&mut self, depth: usize) -> Result<Vec<(String, Node)>, Problem> {
        let mut members = Vec::new();
        self.sequence('}', "`,` or `}`", &mut |parser| {
            let key = parser.string()?;
            parser.take(':', "`:`")?;
            members.push((key, parser.value(depth)?));
            Ok(())
        })?;
        Ok(members)
    }

    /// Parses the items between brackets.
    fn sequence(
        &mut self,
        end: char,
        expected: &str,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.at += 1;
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            if self.peek() == Some(end) {
                self.at += 1;
                return Ok(());
            }
            self.take(',', expected)?;
        }
    }

    fn scalar(&mut self) -> Result<Value, Problem> {
        let rest = &self.text[self.at..];
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
        let word = rest.split(|letter| !is_part(letter)).next();
        let value = match word.unwrap_or_default() {
            word @ ("true" | "false") => (word, Value::Other("a boolean")),
            word @ "null" => (word, Value::Other("null")),
            word if word.starts_with(|first: char| first.is_ascii_digit() || first == '-')
                && word.parse::<f64>().is_ok() =>
            {
                (word, Value::Number(word.into()))
            }
            _ => return Err(self.expected("a value")),
        };
        self.at += value.0.len();
        Ok(value.1)
    }

    fn string(&mut self) -> Result<String, Problem> {
        self.take('"', "a string")?;
        let mut string = String::new();
        loop {
            match self.next() {
                Some('"') => return Ok(string),
                Some('\\') => string.push(self.escaped()?),
                Some(letter) if letter >= ' ' => string.push(letter),
                _ => return Err(self.expected("the end of a string")),
            }
        }
    }

    /// Parses what follows a backslash. Actions, versions and hashes are ASCII: no pairs of surrogates are put together.
    fn escaped(&mut self) -> Result<char, Problem> {
        match self.next() {
            Some(letter @ ('"' | '\\' | '/')) => Ok(letter),
            Some('n') => Ok('\n'),
            Some('t') => Ok('\t'),
            Some('r') => Ok('\r'),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('u') => {
                let digits = self.text.get(self.at..self.at + 4);
                let digits =
                    digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
                let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
                let code = code.ok_or_else(|| self.expected("four hexadecimal digits"))?;
                self.at += 4;
                Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            _ => Err(self.expected("an escape")),
        }
    }

    fn next(&mut self) -> Option<char> {
        let next = self.text[self.at..].chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The next character that isn't space.
    fn peek(&mut self) -> Option<char> {
        let rest = self.text[self.at..].trim_start_matches([' ', '\t', '\r', '\n']);
        self.at = self.text.len() - rest.len();
        rest.chars().next()
    }

    fn take(&mut self, character: char, name: &str) -> Result<(), Problem> {
        if self.peek() == Some(character) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.expected(name))
        }
    }

    fn expected(&self, what: &str) -> Problem {
        Problem::at(self.text, self.at, format!("expected {what}"))
    }
}
