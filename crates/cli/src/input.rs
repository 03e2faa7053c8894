//! Input: files, standard input, and the date.

use fargate_core::units::Date;
use std::io::{Read, Write};
use std::path::Path;

/// Bytes that are read of one file.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a file, or of standard input where the path is `-`. The error is a sentence that names the cure.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let name = title(path);
    let mut bytes = Vec::new();
    let outcome = if path == Path::new("-") {
        std::io::stdin().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| {
        format!("{name} cannot be read: {error}. Name a file, or - for standard input.")
    })?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!(
            "{name} has more than {MAX_BYTES} bytes. Split it; of a task definition AWS takes at most 65,536."
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        format!(
            "{name} is not UTF-8 text (byte {}). Save it as UTF-8.",
            error.utf8_error().valid_up_to()
        )
    })?;
    if text.trim().is_empty() {
        return Err(format!(
            "{name} is empty. Name a file that holds something, or - for standard input."
        ));
    }
    Ok(text)
}

/// What messages call a path.
pub(crate) fn title(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Reads a date for clap.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| error.to_string())
}

/// Today, where the machine stands.
pub(crate) fn today() -> Date {
    let today = jiff::Zoned::now().date();
    Date::new(
        today.year().unsigned_abs(),
        today.month().unsigned_abs(),
        today.day().unsigned_abs(),
    )
}

/// Prints a line. A reader that has gone away is no error: what follows is nobody's.
pub(crate) fn say(line: &str) {
    let _gone = writeln!(std::io::stdout(), "{line}");
}

/// Prints a line to standard error.
pub(crate) fn complain(line: &str) {
    let _gone = writeln!(std::io::stderr(), "{line}");
}
