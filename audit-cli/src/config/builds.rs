//! Packages and features to build by default.

use crate::json::Position;
use crate::toml_reader::{Problem, Table, Value};

const PACKAGES: &str = "[\"acme\", \"acme-billing\"]";
const EXCLUDE: &str = "[\"end-to-end-tests\"]";
const FEATURES: &str = "[\"saas\", \"acme-billing/invoices\"]";

/// Build selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Builds {
    /// Packages of the folder; empty for the whole workspace.
    pub packages: Vec<Written>,
    /// Packages that don't belong to the folder.
    pub exclude: Vec<Written>,
    /// `FEATURE` or `PACKAGE/FEATURE`.
    pub features: Vec<Written>,
    pub all_features: bool,
}

/// A name, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    /// Its position in `audit.toml`.
    pub at: Position,
}

/// `text` is the whole file.
pub fn read(root: &mut Table<'_>, text: &str, problems: &mut Vec<Problem>) -> Builds {
    let [packages, exclude, features] = [
        ("packages", PACKAGES),
        ("exclude", EXCLUDE),
        ("features", FEATURES),
    ]
    .map(|(name, example)| {
        let names = root.read(name, problems, |value| written(value, text, example));
        names.unwrap_or_default()
    });
    let all_features = root.read("all-features", problems, |value| value.boolean("true"));
    Builds {
        packages,
        exclude,
        features,
        all_features: all_features.unwrap_or_default(),
    }
}

fn written(value: &Value<'_>, text: &str, example: &str) -> Result<Vec<Written>, Problem> {
    let one = |item: Value<'_>| {
        let name = item.text(example)?;
        let is_name = !name.starts_with('-') && !name.contains([' ', ',']);
        let problem = || {
            item.problem(
                format!("`{}` can't be {:?}", item.name, name),
                "one name an item, as cargo knows it",
            )
        };
        is_name
            .then(|| Written {
                text: name.into(),
                at: Position::of(text, item.at()),
            })
            .ok_or_else(problem)
    };
    value
        .items("a list of strings", example)?
        .into_iter()
        .map(one)
        .collect()
}
