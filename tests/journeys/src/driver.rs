//! The program that drives the browser, and what the test command says about both.

use serde_json::json;
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::{Capabilities, WebDriver};

/// What is said when the journeys are started without the test command.
const ALONE: &str = "the journeys need the built site, a browser and its driver: run `cargo xtask test --only journeys`, which provides them";

/// How long a browser may take to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// A setting that `cargo xtask test` makes.
pub(crate) fn setting(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{ALONE} ({name} is not set)"))
}

/// A driver of its own for one journey, so that nothing is shared between them. It ends with the journey.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts it on a port that it chooses.
    pub(crate) fn start() -> Self {
        let program = setting("CHROMEDRIVER");
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start: {error}"));
        let output = process.stdout.take();
        let mut lines = output
            .into_iter()
            .flat_map(|output| BufReader::new(output).lines());
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        // Driver and browser go on writing there; without a reader they would wait for one.
        std::thread::spawn(move || lines.for_each(drop));
        let Some(port) = port else {
            let _ = process.kill();
            panic!("{program} names no port that it listens on");
        };
        Self { process, port }
    }

    /// Opens a browser that keeps its console and its requests for us.
    pub(crate) async fn browser(&self) -> WebDriver {
        let flags = setting("FARGATE_PLAYGROUND_CHROME_FLAGS");
        let flags: Vec<&str> = flags.split_whitespace().collect();
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": setting("CHROME"), "args": flags },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let wanted: Capabilities = serde_json::from_value(wanted)
            .unwrap_or_else(|error| panic!("the capabilities: {error}"));
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), wanted)
            .await
            .unwrap_or_else(|error| panic!("the browser does not start: {error}"))
    }
}

impl Driver {
    /// Ends a browser. A journey that failed cannot wait as others do, so this asks the driver itself, with patience.
    pub(crate) fn end(&self, browser: &WebDriver) {
        let session = browser.session_id().to_string();
        // The session is ended here and by nobody else.
        let _ = browser.clone().leak();
        let Ok(mut driver) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) else {
            return;
        };
        let _ = driver.set_read_timeout(Some(PATIENCE));
        let _ = write!(
            driver,
            "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        );
        let _ = driver.read(&mut [0; 64]);
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The browser has ended with its session; a driver that is gone already needs no end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
