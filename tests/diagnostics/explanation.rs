//! Takes an explanation apart: the prose, and the two examples with what stands around them.

use audit_core::diagnostics::Diagnostic;

/// Codes whose explanation has no examples, with the reason.
const WITHOUT_EXAMPLES: [(&str, &str); 1] = [(
    "A0699",
    "no source raises it that we know of, or it would be mended; a unit test of audit-macros lets a derive panic",
)];

/// A source file, and what it takes to compile it.
#[derive(Debug, Default, PartialEq)]
pub struct Example {
    pub source: String,
    /// Path in the package, content.
    pub files: Vec<(String, String)>,
    /// A command line other than `cargo check`.
    pub command: Option<String>,
}

/// What one code explains.
#[derive(Debug)]
pub struct Explanation {
    pub code: &'static str,
    pub wrong: Example,
    pub right: Example,
}

impl Explanation {
    /// Whether the examples need packages of their own.
    pub fn has_surroundings(&self) -> bool {
        [&self.wrong, &self.right]
            .iter()
            .any(|example| !example.files.is_empty() || example.command.is_some())
    }

    /// `None` for a code that has no examples, and says why in [`WITHOUT_EXAMPLES`].
    pub fn read(diagnostic: &'static Diagnostic) -> Result<Option<Self>, String> {
        let Diagnostic {
            code, explanation, ..
        } = *diagnostic;
        if explanation.trim().is_empty() || !explanation.ends_with('\n') {
            return Err("it is empty, or doesn't end in a newline".into());
        }
        if WITHOUT_EXAMPLES.iter().any(|(without, _)| *without == code) {
            return if explanation.contains("```") {
                Err("it has examples after all".into())
            } else {
                Ok(None)
            };
        }
        let (prose, examples) = explanation
            .split_once("\nWrong:\n\n")
            .ok_or("no `Wrong:`")?;
        let (wrong, right) = examples.split_once("\nRight:\n\n").ok_or("no `Right:`")?;
        if prose.contains("```") {
            return Err("an example before `Wrong:`".into());
        }
        let (wrong, right) = (
            example(wrong, "rust,compile_fail")?,
            example(right, "rust")?,
        );
        if wrong == right {
            return Err("the right example is the wrong one".into());
        }
        Ok(Some(Self { code, wrong, right }))
    }
}

/// Reads fenced blocks: one of Rust, whose info string is `rust`, the rest its surroundings.
fn example(text: &str, rust: &str) -> Result<Example, String> {
    let mut example = Example::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        let info = line
            .strip_prefix("```")
            .ok_or_else(|| format!("text between the examples: {line}"))?;
        let content: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        match info.split_once(' ') {
            Some((_, path)) => example.files.push((path.into(), content)),
            None if info == "sh" && example.command.is_none() => {
                example.command = Some(content.trim().into());
            }
            None if info == rust && example.source.is_empty() => example.source = content,
            None => return Err(format!("an unexpected block: {info}")),
        }
    }
    if example.source.is_empty() {
        Err(format!("no block of `{rust}`"))
    } else {
        Ok(example)
    }
}
