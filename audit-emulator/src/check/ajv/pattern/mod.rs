//! Regular expressions as JavaScript has them with the flag `u`, found in a time that is bounded.
//!
//! JavaScript looks by trying, and some patterns make it try for ever. What needs no trying is found by an automaton, in a time that grows with
//! the text alone; what does (`(?=…)` and its siblings) gets so many attempts and no more; what can be had in neither way is refused.

mod translate;

use regex_automata::meta;
use regex_automata::util::syntax;

use super::budget::Budget;
use translate::{Dialect, translate};

/// The longest one, in bytes.
const MAX_BYTES: usize = 4_096;
/// Of how many alternatives it may be made: the parser's stack grows with them.
const MAX_ALTERNATIVES: usize = 1_000;
/// How deep its groups may lie in each other.
const MAX_DEPTH: usize = 50;
/// The largest automaton of one, in bytes.
const MAX_COMPILED: usize = 1024 * 1024;
/// So much of an automaton is remembered while it runs, in bytes.
const CACHE: usize = 64 * 1024;
/// So often one may try, in one text.
const ATTEMPTS: usize = 10_000;
/// What a byte of text costs where there may be trying, in steps.
const TRYING: u64 = 200;
/// One step is a byte of text in an automaton of this size, in bytes.
const STEP: usize = 1_024;

/// A regular expression.
#[derive(Debug)]
pub struct Pattern {
    /// As it was written.
    pub source: String,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Automaton(meta::Regex),
    Trying(fancy_regex::Regex),
}

impl Pattern {
    /// What is wrong with it, worded as Ajv does where JavaScript doesn't take it.
    pub fn new(source: &str) -> Result<Self, String> {
        if source.len() > MAX_BYTES {
            return Err(format!(
                "this emulator takes patterns of at most {MAX_BYTES} bytes, this one has {}",
                source.len()
            ));
        }
        check_shape(source)?;
        let flags = regress::Flags {
            unicode: true,
            no_opt: true,
            ..regress::Flags::default()
        };
        regress::Regex::with_flags(source, flags)
            .map_err(|error| format!("Invalid regular expression: /{source}/u: {error}"))?;
        let unable =
            |why: &dyn std::fmt::Display| format!("this emulator can't check /{source}/u: {why}");
        let translated = translate(source, Dialect::Automaton).map_err(|why| unable(&why))?;
        let engine = if translated.needs_trying {
            let translated = translate(source, Dialect::Trying).map_err(|why| unable(&why))?;
            trying(&translated.text)
                .map(Engine::Trying)
                .map_err(|error| unable(&error))?
        } else {
            automaton(&translated.text)
                .map(Engine::Automaton)
                .map_err(|error| match error.size_limit() {
                    Some(limit) => unable(&format!(
                        "it takes more than {limit} bytes when it is spelled out"
                    )),
                    None => unable(&error),
                })?
        };
        Ok(Self {
            source: source.to_owned(),
            engine,
        })
    }

    /// How much memory it takes, about, in bytes; with half of what may be remembered while it runs.
    pub fn size(&self) -> usize {
        let own = match &self.engine {
            Engine::Automaton(expression) => expression.memory_usage(),
            Engine::Trying(_) => CACHE / 2,
        };
        own + self.source.len() + CACHE / 2
    }

    /// Whether it is found anywhere in the text; anything where the budget is used up.
    pub fn fits(&self, text: &str, budget: &Budget) -> bool {
        let (bytes, blamed) = (text.len() as u64 + 1, || {
            format!("the pattern /{}/u", self.source)
        });
        match &self.engine {
            Engine::Automaton(expression) => {
                let weight = (expression.memory_usage() / STEP) as u64 + 1;
                budget.spend(weight.saturating_mul(bytes), blamed) && expression.is_match(text)
            }
            Engine::Trying(expression) => {
                if !budget.spend(TRYING * bytes, blamed) {
                    return false;
                }
                expression
                    .is_match(text)
                    .unwrap_or_else(|_| budget.spend(u64::MAX, blamed))
            }
        }
    }
}

/// How wide and how deep it is, whether or not it is one.
fn check_shape(source: &str) -> Result<(), String> {
    let (mut alternatives, mut depth, mut deepest, mut in_class) = (1, 0_usize, 0, false);
    let mut rest = source.chars();
    while let Some(next) = rest.next() {
        match next {
            '\\' => {
                rest.next();
            }
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '|' => alternatives += 1,
            '(' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if alternatives > MAX_ALTERNATIVES {
        return Err(format!(
            "this emulator takes patterns of at most {MAX_ALTERNATIVES} alternatives, this one has {alternatives}"
        ));
    }
    if deepest > MAX_DEPTH {
        return Err(format!(
            "this emulator takes patterns of groups in at most {MAX_DEPTH} levels, this one has {deepest}"
        ));
    }
    Ok(())
}

fn automaton(text: &str) -> Result<meta::Regex, Box<meta::BuildError>> {
    let config = meta::Config::new()
        .nfa_size_limit(Some(MAX_COMPILED))
        .hybrid_cache_capacity(CACHE)
        .onepass(false)
        .dfa(false);
    meta::Builder::new()
        .configure(config)
        .syntax(syntax::Config::new())
        .build(text)
        .map_err(Box::new)
}

fn trying(text: &str) -> Result<fancy_regex::Regex, Box<fancy_regex::Error>> {
    let built = fancy_regex::RegexBuilder::new(text)
        .backtrack_limit(ATTEMPTS)
        .delegate_size_limit(MAX_COMPILED)
        .delegate_dfa_size_limit(CACHE)
        .build();
    built.map_err(Box::new)
}

#[cfg(test)]
mod tests;
