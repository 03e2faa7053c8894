//! The program as a person starts it, from the folder of the repository.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The scenario of a first visit.
pub(crate) const FIRST_LIGHT: &str = "crates/session/scenarios/first-light.json";

/// How a command ended.
pub(crate) struct Ran {
    /// What was typed.
    line: String,
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a line as it is typed behind the program's name, words divided by spaces.
pub(crate) fn playground(line: &str, stdin: impl AsRef<[u8]>) -> Ran {
    words(&line.split(' ').collect::<Vec<_>>(), stdin)
}

/// Runs a line whose words may have spaces in them.
pub(crate) fn words(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fargate-playground"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _closed = child.stdin.take().unwrap().write_all(stdin.as_ref());
    let output = child.wait_with_output().unwrap();
    Ran {
        line: arguments.join(" "),
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// It ended with this code and said this, to whichever of its outputs.
    pub(crate) fn says(&self, code: i32, expected: &str) {
        let Self { line, .. } = self;
        let said = format!("{}{}", self.stdout, self.stderr);
        assert_eq!(self.code, code, "{line}\n{said}");
        assert!(
            said.contains(expected),
            "{line} does not say '{expected}':\n{said}"
        );
    }

    /// What it printed, as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The lines that it printed, each as JSON.
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}
