//! Packages from npm and `PyPI`, where there are Node and Python.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// A folder in which the package of npm is installed; `None`, loudly, where that can't be.
pub fn npm(package: &str) -> Option<PathBuf> {
    installed("npm", "AUDIT_REQUIRE_NODE", package, |folder| {
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--silent",
            "--prefix",
        ])
        .arg(folder);
        npm
    })
}

/// Holds values against schemas, each of which may have several, and answers `{"errors": [[…], …]}` or `{"refused": "…"}` of each.
const ASK: &str = r"
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean);
for (const line of lines) {
  const { schema, values } = JSON.parse(line);
  let answer;
  try {
    const validate = ajv.compile(schema);
    answer = { errors: values.map((value) => {
      validate(value);
      return (validate.errors || []).map((e) => ({
        instancePath: e.instancePath, schemaPath: e.schemaPath, keyword: e.keyword, params: e.params, message: e.message, data: e.data,
      }));
    }) };
  } catch (error) {
    answer = { refused: error.message };
  }
  ajv.removeSchema();
  console.log(JSON.stringify(answer));
}
";

/// The verdicts of Ajv 8 on values and schemas, in JSON; `None` without it. `ajv` is the expression that makes it.
pub fn ajv(ajv: &str, cases: &[(Value, Vec<Value>)]) -> Option<Vec<String>> {
    let folder = npm("ajv@8")?;
    let mut node = Command::new("node")
        .args(["-e", &format!("const ajv = {ajv};{ASK}")])
        .env("NODE_PATH", folder.join("node_modules"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let lines: Vec<String> = cases
        .iter()
        .map(|(schema, values)| json!({"schema": schema, "values": values}).to_string())
        .collect();
    let writer = std::thread::spawn(move || stdin.write_all(lines.join("\n").as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    Some(answers.lines().map(str::to_owned).collect())
}

/// A folder for `PYTHONPATH` in which the package of `PyPI` is installed; `None`, loudly, where that can't be.
pub fn pip(package: &str) -> Option<PathBuf> {
    installed("pip", "AUDIT_REQUIRE_PYTHON", package, |folder| {
        let mut pip = Command::new("python3");
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--no-warn-conflicts",
            "--target",
        ]);
        pip.arg(folder).env("PIP_ROOT_USER_ACTION", "ignore");
        pip
    })
}

/// Made once, and kept beside the build.
fn installed(
    tool: &str,
    required_by: &str,
    package: &str,
    install: impl Fn(&Path) -> Command,
) -> Option<PathBuf> {
    let build = std::env::current_exe()
        .unwrap()
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .to_owned();
    let folder = build.join(tool).join(package.replace(['@', '/', '='], "-"));
    if folder.is_dir() {
        return Some(folder);
    }
    // Installed elsewhere and moved, so that a folder that is there is whole.
    let temporary = tempfile::tempdir_in(&build).unwrap();
    if !install(temporary.path())
        .arg(package)
        .status()
        .is_ok_and(|status| status.success())
    {
        assert!(
            std::env::var_os(required_by).is_none(),
            "{tool} can't install {package}"
        );
        skipped(&format!(
            "{tool} isn't there or can't install {package}, so nothing is compared with it"
        ));
        return None;
    }
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    // Another test may have been faster: then its folder is as good.
    let _ = std::fs::rename(temporary.keep(), &folder);
    Some(folder)
}

/// Says so where the test harness doesn't keep it to itself, as it does with what the macros print in a test that passes.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
