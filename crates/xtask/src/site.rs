//! Building and serving the page with Trunk.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::process::{Failure, Result, on_path, run};
use crate::setup::{self, Need, Tools};
use crate::workspace::root;
use crate::{reference, split, strict, styles};

/// Where the built site lies.
pub(crate) fn folder() -> PathBuf {
    root().join("dist")
}

/// `cargo xtask serve`: a debug build that rebuilds and reloads on change.
pub(crate) fn serve(port: u16, release: bool) -> Result {
    let tools = setup::obtain(Need::Build)?;
    require_page()?;
    reference::prepare()?;
    // Its own folder, so that `dist` stays what `dist` built.
    let mut trunk = tools.command("trunk")?;
    trunk.args([
        "serve",
        "--address",
        "127.0.0.1",
        "--port",
        &port.to_string(),
        "--dist",
        "target/serve",
    ]);
    if release {
        trunk.arg("--release");
    }
    let url = format!("http://127.0.0.1:{port}/");
    println!("the playground will be at {url} after the build; Ctrl+C ends it");
    thread::spawn(move || open_when_up(port, &url));
    run(&mut trunk)
}

/// `cargo xtask dist`: the static folder that is published.
pub(crate) fn dist() -> Result {
    dist_with(&setup::obtain(Need::Build)?)
}

/// The same, with tools at hand.
pub(crate) fn dist_with(tools: &Tools) -> Result {
    require_page()?;
    reference::prepare()?;
    let mut trunk = tools.command("trunk")?;
    trunk.args(["build", "--release", "--dist", "dist"]);
    split::prepare(&mut trunk, tools);
    run(&mut trunk)?;
    split::apply(tools, &folder())?;
    styles::join(&folder())?;
    strict::apply(&folder())
}

/// The built site, or the command that makes it.
pub(crate) fn require_built() -> Result<PathBuf> {
    let dist = folder();
    if dist.join("index.html").is_file() {
        Ok(dist)
    } else {
        Err(Failure::with_cure(
            "there is no built site",
            "cargo xtask dist",
        ))
    }
}

fn require_page() -> Result {
    if root().join("web/index.html").is_file() {
        Ok(())
    } else {
        Err("there is no page to build: web/index.html is missing".into())
    }
}

/// Opens the page in the person's browser, where there is a screen; whether that works is not our business.
fn open_when_up(port: u16, url: &str) {
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let opener = if cfg!(target_os = "macos") {
        on_path("open")
    } else {
        on_path("xdg-open").filter(|_| has_screen)
    };
    let Some(opener) = opener else { return };
    for _ in 0..1200 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            let mut command = Command::new(opener);
            drop(
                command
                    .arg(url)
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status(),
            );
            return;
        }
        thread::sleep(Duration::from_millis(500));
    }
}
