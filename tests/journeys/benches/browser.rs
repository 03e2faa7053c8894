//! How fast the simulator and the page are in a browser: the cases of `crates/cases` as wasm, and natively to compare; a redraw
//! after an edit among two hundred tasks, and a seek among ten thousand events, on the page; frames while more requests fly than
//! are drawn. `cargo xtask bench` starts it.

#![allow(
    clippy::panic,
    reason = "a bench whose ground is missing says so and ends"
)]

use fargate_cases::{Case, SEEK, cases, runs};
use fargate_journeys::{Asked, Page, Screen, Took};
use std::time::Instant;

/// Measures of a case that is short, and of one that is not.
const ROUNDS: u32 = 30;
/// Measures of the seek: each goes somewhere else.
const SEEKS: u32 = 1_000;
/// Clicks that are measured, and how many only warm up.
const CLICKS: usize = 24;
const WARM: usize = 8;
/// Milliseconds for which frames are counted.
const SPAN: u32 = 5_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Cargo runs benches as tests too, without what they need.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let mut cases = cases();
    let asked: Vec<Asked> = cases.iter().map(asked).collect();
    let natively: Vec<Took> = cases.iter_mut().zip(&asked).map(natively).collect();
    let there = Page::blank(Screen::DESK).await;
    let wasm = wasm();
    let in_browser = there.ask_cases(&wasm, &asked).await;
    drop(there);
    for ((case, native), wasm) in asked.iter().zip(natively).zip(in_browser) {
        // What the harness reads: a name and a number with its unit a line.
        println!("{}: {:.5} ms", case.name, wasm.best);
        if case.name == SEEK {
            println!("{}, the longest: {:.3} ms", case.name, wasm.longest);
        }
        println!(
            "{}, wasm to native: {:.3} times",
            case.name,
            wasm.best / native.best
        );
    }
    edit_among_many().await;
    seek_on_the_page().await;
    fly().await;
}

fn asked(case: &Case) -> Asked {
    let rounds = if case.name == SEEK { SEEKS } else { ROUNDS };
    Asked {
        name: case.name,
        times: case.times,
        rounds,
    }
}

fn natively((case, asked): (&mut Case, &Asked)) -> Took {
    let mut took = Took {
        best: f64::INFINITY,
        longest: 0.0,
    };
    let mut turn = 0;
    for _ in 0..asked.rounds {
        let began = Instant::now();
        for _ in 0..asked.times {
            case.ask(turn);
            turn += 1;
        }
        let one = began.elapsed().as_secs_f64() * 1e3 / f64::from(asked.times);
        took.best = took.best.min(one);
        took.longest = took.longest.max(one);
    }
    took
}

/// The page with a scenario of its own, which stands still.
async fn page_with(document: &str) -> Page {
    let page = Page::blank(Screen::DESK).await;
    page.keeps_once("fargate-playground.scenario", document)
        .await;
    page.open().await;
    page
}

async fn edit_among_many() {
    let page = page_with(&runs::crowd().save()).await;
    page.button("Pause").click().await;
    page.the("tab", "Network").click().await;
    let remove = "[aria-label^='Remove rule']";
    page.wait_until("the rules are there", async || {
        let there = format!("return !!document.querySelector(\"{remove}\")");
        page.script(&there, &[]).await == true
    })
    .await;
    let undo = ".history[aria-label^='Undo']";
    let works = page.work_of_clicks(&[remove, undo], CLICKS).await;
    let works = works.get(WARM..).unwrap_or_default();
    // Edits and undos take turns.
    let every = |which: usize| median(works.iter().copied().skip(which).step_by(2).collect());
    println!("redraw after an edit among 201 tasks: {:.3} ms", every(0));
    println!("redraw after an undo among 201 tasks: {:.3} ms", every(1));
}

async fn seek_on_the_page() {
    let page = page_with(&runs::ten_thousand().save()).await;
    page.button("Pause").click().await;
    let works = page
        .work_of_clicks(&["[aria-label='Step back one event']"], CLICKS)
        .await;
    let works = works.get(WARM..).unwrap_or_default();
    println!(
        "a step back among 10,000 events on the page: {:.3} ms",
        median(works.to_vec())
    );
}

async fn fly() {
    let page = page_with(&runs::storm().save()).await;
    page.button("Pause").shown().await;
    // The first second warms up.
    page.frames_for(1_000).await;
    let frames = page.frames_for(SPAN).await;
    let all: f64 = frames.iter().sum();
    let longest = frames.iter().copied().fold(0.0, f64::max);
    println!(
        "frames while 500 requests fly: {:.2} per-second",
        frames.len() as f64 / all * 1e3
    );
    println!("the longest frame while 500 requests fly: {longest:.3} ms");
}

/// The cases as wasm, which the command built.
fn wasm() -> Vec<u8> {
    let name = "FARGATE_PLAYGROUND_CASES";
    let path = std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask bench`"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
