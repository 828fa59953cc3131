//! Says in the words of the engines what a pattern says in JavaScript's. It is one that JavaScript takes.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

/// What `\s` is there.
const SPACE: &str = r"\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";
const DIGIT: &str = "0-9";
const WORD: &str = "0-9A-Za-z_";
/// `.`: no end of a line.
const DOT: &str = r"[^\x{a}\x{d}\x{2028}\x{2029}]";

/// Which engine reads it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `regex-automata`
    Automaton,
    /// `fancy-regex`
    Trying,
}

/// A pattern in an engine's words.
pub struct Translated {
    /// The pattern; no group of it is captured.
    pub text: String,
    /// Whether it looks ahead or behind.
    pub needs_trying: bool,
}

/// Why it can't be said.
pub fn translate(source: &str, dialect: Dialect) -> Result<Translated, &'static str> {
    let mut this = Translator {
        rest: source.chars().peekable(),
        text: String::new(),
        dialect,
        needs_trying: false,
    };
    while let Some(next) = this.rest.next() {
        this.term(next)?;
    }
    Ok(Translated {
        text: this.text,
        needs_trying: this.needs_trying,
    })
}

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    text: String,
    dialect: Dialect,
    needs_trying: bool,
}

/// What an escape or a character of a class stands for.
enum Atom {
    Character(u32),
    /// What stands between brackets, and whether it is all but that.
    Set(&'static str, bool),
    /// `\p{…}`
    Property(String),
}

impl Translator<'_> {
    fn term(&mut self, next: char) -> Result<(), &'static str> {
        match next {
            '\\' => match self.rest.peek() {
                Some('b') => self.boundary(true),
                Some('B') => self.boundary(false),
                Some('1'..='9' | 'k') => return Err("it refers back to a group"),
                _ => {
                    let atom = self.escape()?;
                    self.atom(&atom, false);
                }
            },
            '[' => self.class()?,
            '(' => self.group()?,
            '.' => self.text.push_str(DOT),
            '^' => self.text.push_str(r"\A"),
            '$' => self.text.push_str(r"\z"),
            '*' | '+' | '?' | '|' | ')' => self.text.push(next),
            // With the flag `u` a brace alone is none that JavaScript takes.
            '{' => {
                self.text.push('{');
                self.copy_until('}');
            }
            literal => self.character(u32::from(literal)),
        }
        Ok(())
    }

    fn group(&mut self) -> Result<(), &'static str> {
        self.text.push_str("(?");
        if self.rest.next_if_eq(&'?').is_none() {
            self.text.push(':');
            return Ok(());
        }
        match self.rest.next() {
            Some(':') => self.text.push(':'),
            Some(look @ ('=' | '!')) => {
                self.needs_trying = true;
                self.text.push(look);
            }
            Some('<') => match self.rest.peek() {
                Some(&look @ ('=' | '!')) => {
                    self.rest.next();
                    self.needs_trying = true;
                    self.text.extend(['<', look]);
                }
                _ => {
                    self.rest.by_ref().find(|c| *c == '>');
                    self.text.push(':');
                }
            },
            _ => return Err("it changes its flags"),
        }
        Ok(())
    }

    /// Letters are those of ASCII.
    fn boundary(&mut self, wanted: bool) {
        self.rest.next();
        self.text.push_str(match (self.dialect, wanted) {
            (Dialect::Automaton, true) => r"(?-u:\b)",
            (Dialect::Automaton, false) => r"(?-u:\B)",
            (Dialect::Trying, true) => {
                "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"
            }
            (Dialect::Trying, false) => {
                "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))"
            }
        });
    }

    fn class(&mut self) -> Result<(), &'static str> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        if self.rest.next_if_eq(&']').is_some() {
            // Everything, or nothing.
            self.text.push_str(if negated {
                r"[\x{0}-\x{10ffff}]"
            } else {
                r"[^\x{0}-\x{10ffff}]"
            });
            return Ok(());
        }
        self.text.push_str(if negated { "[^" } else { "[" });
        while let Some(next) = self.rest.next().filter(|next| *next != ']') {
            let atom = self.member(next)?;
            self.atom(&atom, true);
            let mut ahead = self.rest.clone();
            if matches!(atom, Atom::Character(_))
                && ahead.next() == Some('-')
                && ahead.peek().is_some_and(|end| *end != ']')
            {
                self.rest.next();
                self.text.push('-');
                if let Some(end) = self.rest.next() {
                    let end = self.member(end)?;
                    self.atom(&end, true);
                }
            }
        }
        self.text.push(']');
        Ok(())
    }

    fn member(&mut self, next: char) -> Result<Atom, &'static str> {
        match (next, self.rest.peek()) {
            ('\\', Some('b')) => {
                self.rest.next();
                Ok(Atom::Character(8))
            }
            ('\\', _) => self.escape(),
            (literal, _) => Ok(Atom::Character(u32::from(literal))),
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<Atom, &'static str> {
        Ok(match self.rest.next().unwrap_or('\\') {
            'd' => Atom::Set(DIGIT, false),
            'D' => Atom::Set(DIGIT, true),
            'w' => Atom::Set(WORD, false),
            'W' => Atom::Set(WORD, true),
            's' => Atom::Set(SPACE, false),
            'S' => Atom::Set(SPACE, true),
            letter @ ('p' | 'P') => {
                let name: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
                Atom::Property(format!("\\{letter}{name}}}"))
            }
            't' => Atom::Character(9),
            'n' => Atom::Character(10),
            'v' => Atom::Character(11),
            'f' => Atom::Character(12),
            'r' => Atom::Character(13),
            '0' => Atom::Character(0),
            'c' => Atom::Character(self.rest.next().map_or(0, u32::from) % 32),
            'x' => Atom::Character(self.digits(2)),
            'u' => Atom::Character(self.unicode()?),
            literal => Atom::Character(u32::from(literal)),
        })
    }

    /// `\u{1F600}`, `\u00e9`, or a pair of surrogates.
    fn unicode(&mut self) -> Result<u32, &'static str> {
        if self.rest.next_if_eq(&'{').is_some() {
            let digits: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
            return u32::from_str_radix(&digits, 16)
                .ok()
                .filter(|code| char::from_u32(*code).is_some())
                .ok_or(HALF);
        }
        let first = self.digits(4);
        if !(0xd800..0xe000).contains(&first) {
            return Ok(first);
        }
        let mut ahead = self.rest.clone();
        if first < 0xdc00 && ahead.next() == Some('\\') && ahead.next() == Some('u') {
            self.rest = ahead;
            let second = self.digits(4);
            if (0xdc00..0xe000).contains(&second) {
                return Ok(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
        }
        Err(HALF)
    }

    fn digits(&mut self, count: usize) -> u32 {
        (0..count)
            .filter_map(|_| self.rest.next()?.to_digit(16))
            .fold(0, |code, digit| code * 16 + digit)
    }

    fn atom(&mut self, atom: &Atom, inside: bool) {
        match atom {
            Atom::Character(code) => self.character(*code),
            Atom::Set(set, false) if inside => self.text.push_str(set),
            Atom::Set(set, negated) => {
                let sign = if *negated { "^" } else { "" };
                // Writing to a string can't fail.
                let _ = write!(self.text, "[{sign}{set}]");
            }
            Atom::Property(text) => self.text.push_str(text),
        }
    }

    fn character(&mut self, code: u32) {
        match char::from_u32(code) {
            Some(plain) if plain.is_ascii_alphanumeric() => self.text.push(plain),
            _ => {
                let _ = write!(self.text, "\\x{{{code:x}}}");
            }
        }
    }

    fn copy_until(&mut self, end: char) {
        for next in self.rest.by_ref() {
            self.text.push(next);
            if next == end {
                break;
            }
        }
    }
}

const HALF: &str = "it looks for half of a character";
