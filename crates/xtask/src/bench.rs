//! `cargo xtask bench`: runs every bench of the workspace and shows its time as a ratio to this machine's speed.
//!
//! A number without a unit of time, such as frames a second or how much slower wasm is, is shown and recorded as it is.
//!
//! A ratio is the bench's time over that of a fixed piece of arithmetic, measured just before. It says about the same
//! on a slow machine as on a fast one, so it can be compared with the ratios recorded in `data/benches.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use crate::process::{Result, at, read};
use crate::setup::{self, Need};
use crate::workspace::{Workspace, cargo, root};
use crate::{split, steps};

/// Runs all benches, or the named ones; `record` keeps their ratios as the ones to compare with.
pub(crate) fn run(only: &[String], record: bool) -> Result {
    let workspace = Workspace::load()?;
    let wanted = |bench: &String| only.is_empty() || only.contains(bench);
    let all = workspace.packages.iter().flat_map(|it| &it.benches);
    let names: Vec<&str> = all.map(String::as_str).collect();
    if let Some(unknown) = only.iter().find(|name| !names.contains(&name.as_str())) {
        let names = names.join(", ");
        return Err(format!("there is no bench {unknown}; there are {names}").into());
    }
    let unit = unit_nanoseconds();
    println!(
        "this machine's unit: {}\n{:<44} {:>12} {:>9} {:>9} {:>7}",
        human(unit),
        "bench",
        "time",
        "ratio",
        "recorded",
        "change"
    );
    let recorded = load()?;
    let mut ratios = BTreeMap::new();
    if !only.is_empty() {
        // The others stay as they are recorded.
        ratios.clone_from(&recorded);
    }
    for (package, bench) in workspace
        .packages
        .iter()
        .flat_map(|p| p.benches.iter().map(move |bench| (p, bench)))
        .filter(|(_, bench)| wanted(bench))
    {
        let mut command = cargo();
        command.args([
            "bench",
            "--quiet",
            "--package",
            &package.name,
            "--bench",
            bench,
        ]);
        if package.name == steps::JOURNEYS {
            let tools = setup::obtain(Need::Test)?;
            steps::with_browser(&mut command, tools.browser()?)?;
            command.env("FARGATE_PLAYGROUND_CASES", split::cases(&tools)?);
        }
        let printed = read(&mut command)?;
        let results = results(&printed);
        if results.is_empty() {
            return Err(format!(
                "bench {bench} of {} printed no times that can be read",
                package.name
            )
            .into());
        }
        for (name, found) in results {
            let name = format!("{bench}/{name}");
            let (ratio, time) = match found {
                Found::Time(nanoseconds) => (nanoseconds / unit, human(nanoseconds)),
                Found::Number(number) => (number, String::new()),
            };
            let (before, change) = recorded
                .get(&name)
                .map_or((String::new(), String::new()), |before| {
                    (format!("{before:.3}"), format!("{:.2}x", ratio / before))
                });
            println!("{name:<44} {time:>12} {ratio:>9.3} {before:>9} {change:>7}");
            ratios.insert(name, ratio);
        }
    }
    if ratios.is_empty() {
        println!("no package has a bench");
    }
    if record { save(&ratios) } else { Ok(()) }
}

/// What a bench found.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Found {
    /// A time in nanoseconds, which is recorded as a ratio to the unit.
    Time(f64),
    /// A number that does not depend on the machine's speed, or that has a bar of its own; it is recorded as it is.
    Number(f64),
}

/// Reads `name  time: [low middle high]` as criterion prints it, and `name: 12.3 us` as plain harnesses do.
fn results(printed: &str) -> Vec<(String, Found)> {
    let mut found = Vec::new();
    let mut previous = "";
    for line in printed.lines().map(str::trim) {
        if let Some((name, times)) = line
            .split_once("time:")
            .filter(|(_, times)| times.contains('['))
        {
            // Criterion breaks the line after a long name.
            let name = if name.trim().is_empty() {
                previous
            } else {
                name.trim()
            };
            let words: Vec<&str> = times
                .trim()
                .trim_matches(['[', ']'])
                .split_whitespace()
                .collect();
            if let [_, _, middle, unit, ..] = words.as_slice() {
                found.extend(
                    nanoseconds(middle, unit).map(|time| (name.to_owned(), Found::Time(time))),
                );
            }
        } else if let Some((name, time)) = line.rsplit_once(": ")
            && let [number, unit] = time.split_whitespace().collect::<Vec<_>>().as_slice()
        {
            found.extend(measured(number, unit).map(|it| (name.trim().to_owned(), it)));
        }
        previous = line;
    }
    found
}

/// A number with a unit.
fn measured(number: &str, unit: &str) -> Option<Found> {
    match unit {
        "times" | "per-second" => Some(Found::Number(number.parse().ok()?)),
        _ => nanoseconds(number, unit).map(Found::Time),
    }
}

fn nanoseconds(number: &str, unit: &str) -> Option<f64> {
    let factor = match unit {
        "ps" => 1e-3,
        "ns" => 1.0,
        "us" | "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

fn human(nanoseconds: f64) -> String {
    let (factor, unit) = match nanoseconds {
        n if n < 1e3 => (1.0, "ns"),
        n if n < 1e6 => (1e3, "µs"),
        n if n < 1e9 => (1e6, "ms"),
        _ => (1e9, "s"),
    };
    format!("{:.2} {unit}", nanoseconds / factor)
}

/// The time of a million steps of a fixed generator: the best of several, since others only ever slow it down.
fn unit_nanoseconds() -> f64 {
    let once = || {
        let start = Instant::now();
        let mut state = black_box(0x9e37_79b9_7f4a_7c15_u64);
        for _ in 0..1_000_000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        black_box(state);
        start.elapsed().as_secs_f64() * 1e9
    };
    (0..50).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn file() -> PathBuf {
    root().join("crates/xtask/data/benches.txt")
}

/// One bench a line: its ratio, then its name.
fn load() -> Result<BTreeMap<String, f64>> {
    let path = file();
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let text = at(&path, fs::read_to_string(&path))?;
    let pairs = text.lines().filter_map(|line| line.trim().split_once(' '));
    Ok(pairs
        .filter_map(|(ratio, name)| Some((name.trim().to_owned(), ratio.parse().ok()?)))
        .collect())
}

fn save(ratios: &BTreeMap<String, f64>) -> Result {
    let header =
        "# Ratios to the unit of `cargo xtask bench`, written by `cargo xtask bench --record`.\n";
    let lines = ratios
        .iter()
        .map(|(name, ratio)| format!("{ratio:.4} {name}\n"));
    let text = header.to_owned() + &lines.collect::<String>();
    at(&file(), fs::write(file(), text))
}

#[cfg(test)]
mod tests {
    use super::{Found, human, results};

    #[test]
    fn times_are_read_from_criterion_and_from_plain_harnesses() {
        let printed = "advance/1000 tasks      time:   [1.10 ms 1.25 ms 1.40 ms]\n\
                       a name so long that the line breaks\n                        time:   [1.0 µs 2.0 µs 3.0 µs]\n\
                       reach: 640 ns\nnothing: here\nwasm to native: 1.5 times\n";
        let expected = [
            ("advance/1000 tasks", Found::Time(1.25e6)),
            ("a name so long that the line breaks", Found::Time(2e3)),
            ("reach", Found::Time(640.0)),
            ("wasm to native", Found::Number(1.5)),
        ];
        let read = results(printed);
        assert_eq!(read.len(), expected.len(), "{read:?}");
        for ((name, found), (wanted_name, wanted)) in read.iter().zip(expected) {
            assert_eq!(name, wanted_name);
            assert_eq!(*found, wanted, "{name}");
        }
    }

    #[test]
    fn times_are_shown_in_the_unit_that_reads_best() {
        for (time, text) in [
            (12.0, "12.00 ns"),
            (1_500.0, "1.50 µs"),
            (2.5e6, "2.50 ms"),
            (3e9, "3.00 s"),
        ] {
            assert_eq!(human(time), text);
        }
    }
}
