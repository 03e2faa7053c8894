//! How long one waits for findings as one types: from the keystroke until they are drawn, in the built page's editor with a
//! definition of ten containers. `cargo xtask bench` starts it; to be compared with a frame of the same run.

use fargate_journeys::{Page, containing, type_in_ten_containers};

/// Keystrokes that are measured.
const KEYS: usize = 64;
/// How many of them only warm up.
const WARM: usize = 8;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Cargo runs benches as tests too, without what they need.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let page = Page::first_visit().await;
    page.button(containing("Paste a task definition"))
        .click()
        .await;
    let (drawn, frames) = type_in_ten_containers(&page, KEYS).await;
    let drawn = drawn.get(WARM..).unwrap_or_default();
    let (waited, work) = (
        drawn.iter().map(|it| it.waited),
        drawn.iter().map(|it| it.work),
    );
    // What the harness reads: a name and a time a line.
    println!("one frame: {:.3} ms", median(frames));
    println!(
        "a keystroke until its findings are drawn: {:.3} ms",
        median(waited.collect())
    );
    println!(
        "the work of it within the frame: {:.3} ms",
        median(work.collect())
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
