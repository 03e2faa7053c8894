//! Running other programs: what is printed, what a failure says.

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Why a command of ours could not do its work, and what a person can do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The cause, one sentence.
    pub(crate) cause: String,
    /// What to do next; `None` where the cause says it already.
    pub(crate) cure: Option<String>,
}

/// What every step returns.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure whose cure is known.
    pub(crate) fn with_cure(cause: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            cause: cause.into(),
            cure: Some(cure.into()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)?;
        self.cure
            .as_ref()
            .map_or(Ok(()), |cure| write!(f, "\n  cure: {cure}"))
    }
}

impl From<String> for Failure {
    fn from(cause: String) -> Self {
        Self { cause, cure: None }
    }
}

impl From<&str> for Failure {
    fn from(cause: &str) -> Self {
        cause.to_owned().into()
    }
}

/// Names the file or folder in an input/output error.
pub(crate) fn at<T>(path: &Path, result: std::io::Result<T>) -> Result<T> {
    result.map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Runs a program that talks to the terminal itself.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed ({status})", line_of(command)).into())
    }
}

/// Runs a program silently; if it fails, the end of what it said is part of the failure.
pub(crate) fn quiet(command: &mut Command) -> Result {
    read(command).map(|_| ())
}

/// Runs a program and returns what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "`{}` failed ({})\n{}",
        line_of(command),
        output.status,
        gist(&output)
    )
    .into())
}

/// The command as a person would type it, shortened to what fits a line.
pub(crate) fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_else(|| command.get_program());
    let words = std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy);
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(160) {
        Some((end, _)) => format!("{} ...", &line[..end]),
        None => line,
    }
}

/// Looks a program up on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// `PATH` with these folders in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(all).map_err(|error| format!("a folder name cannot be on PATH: {error}").into())
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    format!("`{}` does not start: {error}", line_of(command)).into()
}

/// The start of what a program said, where npm puts the cause, and the end, where cargo does.
fn gist(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let end = lines.len().saturating_sub(20).max(10);
    let shown = lines
        .iter()
        .enumerate()
        .filter(|(number, _)| *number < 10 || *number >= end);
    shown
        .map(|(_, line)| format!("  | {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}
