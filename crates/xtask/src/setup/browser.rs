//! The browser that tests run in, and the program that drives it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::debian;
use crate::process::{Failure, Result, on_path, read};

/// Names under which Chromium and Chrome are installed.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A headless browser and its driver.
pub(crate) struct Browser {
    /// The browser.
    pub(crate) chrome: PathBuf,
    /// The chromedriver that drives it.
    pub(crate) driver: PathBuf,
}

/// `CHROME` and `CHROMEDRIVER` if set, else those on `PATH`, else Debian's packages.
pub(super) fn obtain() -> Result<Browser> {
    if let Some(browser) = present() {
        return Ok(browser);
    }
    if debian::is_debian() {
        debian::apt_install(&["chromium", "chromium-driver"])?;
    }
    present().ok_or_else(|| {
        Failure::with_cure(
            "the tests need Chromium or Chrome, and the chromedriver of the same version",
            "install both, or name them in the variables CHROME and CHROMEDRIVER",
        )
    })
}

/// The driver, and the first browser of its version: a pair of different ages does not work together.
fn present() -> Option<Browser> {
    let named = |variable: &str| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_file())
    };
    let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    let wanted = major_version(&driver)?;
    let on_path = BROWSERS.iter().filter_map(|name| on_path(name));
    let chrome = named("CHROME")
        .into_iter()
        .chain(on_path)
        .find(|chrome| major_version(chrome) == Some(wanted))?;
    Some(Browser { chrome, driver })
}

/// The first number of what `--version` prints.
fn major_version(program: &Path) -> Option<u32> {
    let text = read(Command::new(program).arg("--version")).ok()?;
    text.split_whitespace()
        .find_map(|word| word.split('.').next()?.parse().ok())
}

impl Browser {
    /// What a quiet headless browser is started with. The sandbox cannot start as root.
    pub(crate) fn flags() -> Result<Vec<&'static str>> {
        let mut flags = vec![
            "--headless=new",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ];
        if cfg!(unix) && read(Command::new("id").arg("-u"))?.trim() == "0" {
            flags.push("--no-sandbox");
        }
        Ok(flags)
    }
}
