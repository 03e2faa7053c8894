//! Obtains what the other commands need. Quick and silent about what is there already.

mod browser;
mod cargo_tools;
mod debian;
mod npm;
mod wasm_std;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::cache::Lock;
use crate::process::{Result, path_with};
use crate::workspace::{cargo, root};

pub(crate) use browser::Browser;
pub(crate) use npm::npm;
pub(crate) use wasm_std::{TARGET, WasmStd};

/// How much a command needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// To build and serve the page.
    Build,
    /// To test it too: a browser and what drives it.
    Test,
}

/// Where the tools lie.
pub(crate) struct Tools {
    /// The standard library for wasm, and with it the compiler of the page.
    pub(crate) wasm_std: WasmStd,
    /// Whether the standard library can be built with the page.
    pub(crate) lean: bool,
    /// Folders of programs, to be put in front of `PATH`.
    folders: Vec<PathBuf>,
    /// The browser, where tests asked for it.
    browser: Option<Browser>,
    /// npm packages that only tests use.
    test_modules: Option<PathBuf>,
}

/// Checks each part and obtains what is missing, saying what it does.
pub(crate) fn obtain(need: Need) -> Result<Tools> {
    let start = Instant::now();
    let lock = Lock::take()?;
    let wasm_std = wasm_std::obtain(need)?;
    let mut folders = wasm_std.folders();
    folders.extend(cargo_tools::trunk()?);
    folders.extend(cargo_tools::wasm_bindgen()?);
    folders.extend(cargo_tools::wasm_split()?);
    let lean = wasm_std.can_be_built();
    folders.push(npm::tools("build")?.join(".bin"));
    npm::editor()?;
    let (browser, test_modules) = match need {
        Need::Build => (None, None),
        Need::Test => (Some(browser::obtain()?), Some(npm::tools("test")?)),
    };
    drop(lock);
    if start.elapsed().as_secs() >= 2 {
        say(&format!("ready after {} s", start.elapsed().as_secs()));
    }
    Ok(Tools {
        wasm_std,
        lean,
        folders,
        browser,
        test_modules,
    })
}

/// One line about what set-up is doing.
fn say(line: &str) {
    eprintln!("setup: {line}");
}

impl Tools {
    /// `program` with our tools on `PATH`, and its cargo building for the page with the page's compiler.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command
            .current_dir(root())
            .env("PATH", path_with(&self.folders)?);
        command.env("CARGO_TARGET_DIR", root().join("target/wasm"));
        self.wasm_std.prepare(&mut command);
        Ok(command)
    }

    /// cargo for the page: own compiler, own target folder, so that native builds stay warm.
    pub(crate) fn wasm_cargo(&self) -> Result<Command> {
        match self.wasm_std {
            WasmStd::Active => {
                let active = cargo();
                self.command(&active.get_program().to_string_lossy())
            }
            WasmStd::Folder(_) => self.command("cargo"),
        }
    }

    /// The browser; only where `Need::Test` was asked for.
    pub(crate) fn browser(&self) -> Result<&Browser> {
        self.browser
            .as_ref()
            .ok_or_else(|| "this command was set up without a browser".into())
    }

    /// The `node_modules` that tests use; only where `Need::Test` was asked for.
    pub(crate) fn test_modules(&self) -> Result<&PathBuf> {
        self.test_modules
            .as_ref()
            .ok_or_else(|| "this command was set up without the test packages".into())
    }
}
