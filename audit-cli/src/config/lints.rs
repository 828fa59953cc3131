//! `[lints]`: a level each, and what the lint must know: `key-types = "warn"` or `max-keys = { level = "warn", max = 30 }`.

use crate::finding::Level;
use crate::lint::{ALL, Active, Check, Lint};
use crate::toml_reader::{Problem, Table, Value, keep};

/// The levels; `allow` reports nothing.
pub const LEVELS: [(&str, Option<Level>); 3] = [
    ("allow", None),
    ("warn", Some(Level::Warning)),
    ("deny", Some(Level::Error)),
];

/// Lints that aren't `allow`, in the order of the table of lints.
pub fn read(value: &Value<'_>, problems: &mut Vec<Problem>) -> Vec<Active> {
    let table = value.table("", "a table", "{ key-types = \"warn\" }");
    let Some(mut table) = keep(table, problems) else {
        return Vec::new();
    };
    let settings: Vec<_> = ALL
        .iter()
        .map(|lint| (lint, table.take(lint.code.name)))
        .collect();
    table.finish("lint", problems);
    settings
        .into_iter()
        .filter_map(|(lint, value)| one(lint, &value?, problems))
        .collect()
}

fn one(lint: &Lint, value: &Value<'_>, problems: &mut Vec<Problem>) -> Option<Active> {
    let (level, check) = if value.as_text().is_some() {
        (value.one_of(&LEVELS), check(lint, None))
    } else {
        let table = value.table(
            &format!("`{}`", lint.code.name),
            "a level or a table",
            &lint.example(),
        );
        let mut table = keep(table, problems)?;
        let level = table
            .need("level", "\"warn\"")
            .and_then(|level| level.one_of(&LEVELS));
        let check = check(lint, Some(&mut table));
        table.finish("setting", problems);
        (level, check)
    };
    match (level, check) {
        (Ok(Some(level)), Ok(Some(check))) => {
            return Some(Active {
                code: lint.code,
                level,
                check,
            });
        }
        (Ok(Some(_)), Ok(None)) => problems.push(incomplete(lint, value)),
        (level, check) => problems.extend(level.err().into_iter().chain(check.err())),
    }
    None
}

/// `None` where the lint needs its parameter and has none.
fn check(lint: &Lint, table: Option<&mut Table<'_>>) -> Result<Option<Check>, Problem> {
    if let (Some(parameter), Some(table)) = (&lint.parameter, table)
        && let Some(value) = table.take(parameter.name)
    {
        return (parameter.read)(&value).map(Some);
    }
    Ok(lint.default.map(|check| Box::new(check) as Check))
}

fn incomplete(lint: &Lint, value: &Value<'_>) -> Problem {
    let Lint {
        code, parameter, ..
    } = lint;
    let name = parameter
        .as_ref()
        .map_or("level", |parameter| parameter.name);
    value.problem(
        format!("`{}` needs `{name}`", code.name),
        format!("for example `{} = {}`", code.name, lint.example()),
    )
}
