//! Developer commands: `cargo xtask help` lists them.

mod bench;
mod cache;
mod lighthouse;
mod process;
mod reference;
mod server;
mod setup;
mod site;
mod size;
mod split;
mod steps;
mod strict;
mod styles;
#[cfg(test)]
mod tidy;
mod workspace;

use std::collections::HashMap;
use std::process::ExitCode;

use process::{Failure, Result};

const HELP: &str = "\
cargo xtask COMMAND

  setup                  obtain what is missing to build and test; the others do it too
  serve [--port 8080] [--release]
                         build the page, show it at http://127.0.0.1:8080, rebuild and reload on change
  test [--only STEP]...  everything that must hold; --list names the steps
  dist                   the static site, in dist/
  rules                  the references alone, as dist/rules.html and dist/reasons.html
  preview [--port 8080] [--base /sub/path]
                         serve dist/ as a public host would
  size                   what the site weighs, against its budgets
  bench [--only BENCH]... [--record]
                         benches as ratios to this machine's speed, against those recorded; of the page, the built one
  lighthouse             Lighthouse on the built site: performance and accessibility
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let result = match words.split_first() {
        None => {
            print!("{HELP}");
            return ExitCode::from(2);
        }
        Some((command, rest)) => dispatch(command, rest),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> Result {
    let mut options = Options::read(rest)?;
    let run: Box<dyn FnOnce() -> Result> = match command {
        "help" | "--help" | "-h" => Box::new(|| {
            print!("{HELP}");
            Ok(())
        }),
        "setup" => Box::new(setup_all),
        "serve" => {
            let (port, release) = (options.port()?, options.flag("--release"));
            Box::new(move || site::serve(port, release))
        }
        "test" => {
            let (list, only) = (options.flag("--list"), options.all("--only"));
            Box::new(move || {
                if list {
                    steps::list();
                    return Ok(());
                }
                steps::test(&only)
            })
        }
        "dist" => Box::new(site::dist),
        "rules" => Box::new(|| reference::write(&site::folder())),
        "preview" => {
            let (port, base) = (
                options.port()?,
                options.all("--base").pop().unwrap_or_default(),
            );
            Box::new(move || preview(port, &base))
        }
        "size" => Box::new(size::check),
        "bench" => {
            let (record, only) = (options.flag("--record"), options.all("--only"));
            Box::new(move || bench::run(&only, record))
        }
        "lighthouse" => Box::new(lighthouse::check),
        unknown => {
            return Err(Failure::with_cure(
                format!("there is no command {unknown}"),
                "cargo xtask help",
            ));
        }
    };
    options.finish(command)?;
    run()
}

fn setup_all() -> Result {
    let start = std::time::Instant::now();
    setup::obtain(setup::Need::Test)?;
    println!(
        "everything is there ({:.1} s)",
        start.elapsed().as_secs_f32()
    );
    Ok(())
}

fn preview(port: u16, base: &str) -> Result {
    let base = base.trim_matches('/');
    let base = if base.is_empty() {
        String::new()
    } else {
        format!("/{base}")
    };
    let site = server::Site {
        folder: site::require_built()?,
        base,
        brotli: HashMap::new(),
    };
    let server = server::Server::bind(site, port)?;
    println!("{}", server.url);
    server.serve();
    Ok(())
}

/// The words after the command, taken out one by one; what is left over at the end is a mistake.
struct Options(Vec<(String, Option<String>)>);

impl Options {
    /// Pairs each `--name` with the word after it, unless that is a name too. `--name=value` works as well.
    fn read(words: &[String]) -> Result<Self> {
        let mut pairs: Vec<(String, Option<String>)> = Vec::new();
        for word in words {
            match (word.starts_with("--"), pairs.last_mut()) {
                (true, _) => {
                    let (name, value) = word
                        .split_once('=')
                        .map_or((word.as_str(), None), |(n, v)| (n, Some(v)));
                    pairs.push((name.to_owned(), value.map(str::to_owned)));
                }
                (false, Some((_, value @ None))) => *value = Some(word.clone()),
                (false, _) => return Err(format!("{word} is one word too many").into()),
            }
        }
        Ok(Self(pairs))
    }

    fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|(key, value)| key != name || value.is_some());
        self.0.len() != before
    }

    fn all(&mut self, name: &str) -> Vec<String> {
        let values = self
            .0
            .iter()
            .filter(|(key, _)| key == name)
            .filter_map(|(_, value)| value.clone())
            .collect();
        self.0.retain(|(key, value)| key != name || value.is_none());
        values
    }

    fn port(&mut self) -> Result<u16> {
        let Some(text) = self.all("--port").pop() else {
            return Ok(8080);
        };
        text.parse()
            .map_err(|_| format!("--port {text} is not a port number").into())
    }

    fn finish(self, command: &str) -> Result {
        match self.0.first() {
            None => Ok(()),
            Some((name, value)) => {
                let value = value
                    .as_ref()
                    .map_or(String::new(), |value| format!(" {value}"));
                Err(Failure::with_cure(
                    format!("{command} does not understand {name}{value}"),
                    "cargo xtask help",
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn options(line: &str) -> Options {
        Options::read(
            &line
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
        .unwrap()
    }

    #[test]
    fn options_are_taken_and_the_rest_is_a_mistake() {
        let mut read = options("--port 9000 --release --only=size --only native");
        assert_eq!(read.port().unwrap(), 9000);
        assert!(read.flag("--release"));
        assert_eq!(read.all("--only"), ["size", "native"]);
        read.finish("test").unwrap();
        assert!(
            options("--prot 9000")
                .finish("serve")
                .unwrap_err()
                .to_string()
                .contains("--prot 9000")
        );
        assert!(
            options("--port x")
                .port()
                .unwrap_err()
                .to_string()
                .contains("--port x")
        );
        assert!(options("--only").finish("test").is_err());
    }
}
