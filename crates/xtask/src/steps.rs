//! `cargo xtask test`: everything that must hold, step by step, stopping at the first that does not.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::process::{Failure, Result, at, read, run};
use crate::server::{Server, Site};
use crate::setup::{self, Browser, Need, TARGET, Tools};
use crate::workspace::{Workspace, cargo, root};
use crate::{lighthouse, site, size};

/// The package of the page.
const PAGE: &str = "fargate-web";
/// The package of the end-to-end tests, which need the built site and a browser.
pub(crate) const JOURNEYS: &str = "fargate-journeys";
/// The compilers whose lints decide; a newer one may know lints that this code has never met.
const JUDGES: [&str; 2] = ["1.95", "1.96"];

/// One step of the tests.
struct Step {
    /// What `--only` takes.
    name: &'static str,
    /// What it shows.
    shows: &'static str,
    /// What there must be for the step to have something to do.
    needs: Needs,
    /// Does it.
    run: fn(&Context) -> Result,
}

/// What a step is about. Tidiness tests see to it that what exists is found here.
#[derive(Clone, Copy)]
enum Needs {
    /// The workspace.
    Nothing,
    /// A package of the workspace.
    Package(&'static str),
    /// A file.
    File(&'static str),
}

impl Needs {
    /// Why there is nothing to do, if so.
    fn missing(self, workspace: &Workspace) -> Option<String> {
        match self {
            Self::Package(name) if !workspace.has(name) => {
                Some(format!("the workspace has no package {name}"))
            }
            Self::File(path) if !root().join(path).is_file() => Some(format!("there is no {path}")),
            Self::Nothing | Self::Package(_) | Self::File(_) => None,
        }
    }
}

/// What steps have in common.
struct Context {
    tools: Tools,
    workspace: Workspace,
}

const STEPS: [Step; 10] = [
    Step {
        name: "format",
        shows: "the code is formatted",
        needs: Needs::Nothing,
        run: format,
    },
    Step {
        name: "lint",
        shows: "no warnings natively",
        needs: Needs::Nothing,
        run: lint,
    },
    Step {
        name: "lint-wasm",
        shows: "no warnings for the page",
        needs: Needs::Package(PAGE),
        run: lint_wasm,
    },
    Step {
        name: "native",
        shows: "tests without a browser",
        needs: Needs::Nothing,
        run: native,
    },
    Step {
        name: "browser",
        shows: "tests of the wasm in a browser",
        needs: Needs::Package(PAGE),
        run: browser,
    },
    Step {
        name: "editor",
        shows: "the code editor's bundle in a browser",
        needs: Needs::File("web/editor/package.json"),
        run: editor,
    },
    Step {
        name: "dist",
        shows: "the site builds",
        needs: Needs::Package(PAGE),
        run: |context| site::dist_with(&context.tools),
    },
    Step {
        name: "size",
        shows: "the site is light",
        needs: Needs::Package(PAGE),
        run: |_| size::check(),
    },
    Step {
        name: "journeys",
        shows: "people's ways through the built site",
        needs: Needs::Package(JOURNEYS),
        run: journeys,
    },
    Step {
        name: "audit",
        shows: "Lighthouse finds the site accessible",
        needs: Needs::Package(PAGE),
        run: audit,
    },
];

/// Runs all steps, or the named ones.
pub(crate) fn test(only: &[String]) -> Result {
    if let Some(unknown) = only
        .iter()
        .find(|name| !STEPS.iter().any(|step| step.name == **name))
    {
        let names = STEPS.map(|step| step.name).join(", ");
        return Err(format!("there is no step {unknown}; there are {names}").into());
    }
    let context = Context {
        tools: setup::obtain(Need::Test)?,
        workspace: Workspace::load()?,
    };
    let mut summary = Vec::new();
    for step in STEPS
        .iter()
        .filter(|step| only.is_empty() || only.iter().any(|name| name == step.name))
    {
        if let Some(missing) = step.needs.missing(&context.workspace) {
            summary.push(format!("{:<10}       -  not run: {missing}", step.name));
            continue;
        }
        println!("\n== {}: {}", step.name, step.shows);
        let start = Instant::now();
        let result = (step.run)(&context);
        let seconds = start.elapsed().as_secs_f32();
        summary.push(format!(
            "{:<10} {seconds:>6.1}s  {}",
            step.name,
            if result.is_ok() { step.shows } else { "FAILED" }
        ));
        if let Err(failure) = result {
            print_summary(&summary);
            let again = format!(
                "`cargo xtask test --only {}` runs this step alone",
                step.name
            );
            let cause = format!("step {} failed: {}", step.name, failure.cause);
            let first = failure
                .cure
                .map_or(String::new(), |cure| format!("{cure}; then "));
            return Err(Failure::with_cure(cause, format!("{first}{again}")));
        }
    }
    print_summary(&summary);
    Ok(())
}

/// Names the steps.
pub(crate) fn list() {
    for step in &STEPS {
        println!("{:<10} {}", step.name, step.shows);
    }
}

fn print_summary(lines: &[String]) {
    println!("\n== summary");
    for line in lines {
        println!("{line}");
    }
}

fn format(_: &Context) -> Result {
    run(cargo().args(["fmt", "--all", "--check"]))
        .map_err(|failure| Failure::with_cure(failure.cause, "cargo fmt --all"))
}

fn lint(_: &Context) -> Result {
    run(cargo()
        .args(["clippy", "--workspace", "--all-targets"])
        .args(strictness(Command::new("rustc"))?))
}

fn lint_wasm(context: &Context) -> Result {
    let mut clippy = context.tools.wasm_cargo()?;
    clippy.args(["clippy", "--target", TARGET, "--all-targets"]);
    for package in wasm_packages(&context.workspace) {
        clippy.args(["--package", package]);
    }
    run(clippy.args(strictness(context.tools.command("rustc")?)?))
}

/// Warnings fail the step where the compiler is one that this code was written with.
fn strictness(mut rustc: Command) -> Result<&'static [&'static str]> {
    let version = read(rustc.arg("-V"))?;
    let version = version.split_whitespace().nth(1).unwrap_or_default();
    if JUDGES
        .iter()
        .any(|judge| version.starts_with(&format!("{judge}.")))
    {
        return Ok(&["--", "-D", "warnings"]);
    }
    println!(
        "Rust {version} may know newer lints: warnings are shown and do not fail (they do with {})",
        JUDGES.join(", ")
    );
    Ok(&[])
}

/// Every package but the journeys; the whole of their tests, the slow ones too.
fn native(context: &Context) -> Result {
    let mut test = cargo();
    test.args(["test", "--workspace"])
        .env("FARGATE_PLAYGROUND_SLOW_TESTS", "1");
    if context.workspace.has(JOURNEYS) {
        test.args(["--exclude", JOURNEYS]);
    }
    run(&mut test)
}

fn browser(context: &Context) -> Result {
    let packages: Vec<&str> = with_browser_tests(&context.workspace).collect();
    if packages.is_empty() {
        return Err(
            "no package has tests for the browser (a dev-dependency on wasm-bindgen-test)".into(),
        );
    }
    let browser = context.tools.browser()?;
    let capabilities = capabilities(browser)?;
    for package in packages {
        let mut test = context.tools.wasm_cargo()?;
        test.args(["test", "--target", TARGET, "--tests", "--package", package]);
        test.env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities);
        run(&mut test)?;
    }
    Ok(())
}

fn editor(context: &Context) -> Result {
    let mut test = setup::npm()?;
    test.current_dir(root().join("web/editor"))
        .args(["test", "--silent"]);
    run(test.env("CHROME", &context.tools.browser()?.chrome))
}

/// Writes what the test runner asks of the browser, which depends on the machine and on who runs it.
fn capabilities(browser: &Browser) -> Result<PathBuf> {
    let path = root().join("target/webdriver.json");
    let options = json!({ "binary": browser.chrome, "args": Browser::flags()? });
    at(
        &path,
        fs::write(&path, json!({ "goog:chromeOptions": options }).to_string()),
    )?;
    Ok(path)
}

/// What is compiled for the page and checked as such.
fn wasm_packages(workspace: &Workspace) -> Vec<&str> {
    let mut names: Vec<&str> = with_browser_tests(workspace).collect();
    if !names.contains(&PAGE) {
        names.push(PAGE);
    }
    names
}

fn with_browser_tests(workspace: &Workspace) -> impl Iterator<Item = &str> {
    workspace
        .packages
        .iter()
        .filter(|package| package.has_browser_tests)
        .map(|package| package.name.as_str())
}

fn journeys(context: &Context) -> Result {
    let mut test = cargo();
    test.args(["test", "--package", JOURNEYS]);
    with_browser(&mut test, context.tools.browser()?)?;
    test.env(
        "FARGATE_PLAYGROUND_AXE",
        context.tools.test_modules()?.join("axe-core/axe.min.js"),
    );
    run(&mut test)
}

/// Serves the built site to a command of the journeys' package, and tells it of the browser.
pub(crate) fn with_browser(command: &mut Command, browser: &Browser) -> Result {
    command
        .env(
            "FARGATE_PLAYGROUND_SITE",
            serve_in_background(HashMap::new())?,
        )
        .env("CHROMEDRIVER", &browser.driver)
        .env("CHROME", &browser.chrome)
        .env(
            "FARGATE_PLAYGROUND_CHROME_FLAGS",
            Browser::flags()?.join(" "),
        );
    Ok(())
}

/// Performance is measured by `cargo xtask lighthouse` alone: a busy machine changes it, and would fail good code.
fn audit(context: &Context) -> Result {
    let url = serve_in_background(HashMap::new())?;
    lighthouse::audit(&context.tools, &url, &[lighthouse::ACCESSIBILITY])
}

/// Serves the built site, under a sub-path as public hosts do, until we end. Returns the address.
pub(crate) fn serve_in_background(brotli: HashMap<PathBuf, Vec<u8>>) -> Result<String> {
    let server = Server::bind(
        Site {
            folder: site::require_built()?,
            base: "/sub/path".to_owned(),
            brotli,
        },
        0,
    )?;
    let url = server.url.clone();
    thread::Builder::new()
        .spawn(move || server.serve())
        .map_err(|error| error.to_string())?;
    // The port is taken already: the first request waits in its queue.
    thread::sleep(Duration::from_millis(10));
    Ok(url)
}
