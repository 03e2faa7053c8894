//! 7. Time runs, stands, steps, hastens and goes back; edits are undone and redone; a reset keeps what was.

use crate::steps::{clock, editor, network, select_task, speed};
use fargate_journeys::{Key, Page, containing, starting};

/// The seconds of the day that the clock shows.
async fn seconds(page: &Page) -> u64 {
    let text = clock(page).text().await;
    let time = text
        .split_whitespace()
        .find(|word| word.matches(':').count() == 2);
    let time = time.unwrap_or_else(|| panic!("no time in {text:?}"));
    time.split(':').fold(0, |sum, part| {
        sum * 60 + part.parse::<u64>().unwrap_or_else(|_| panic!("{time}"))
    })
}

async fn runs_on(page: &Page, by: u64) {
    let then = seconds(page).await;
    page.wait_until(&format!("{by} simulated seconds pass"), async || {
        seconds(page).await >= then + by
    })
    .await;
}

#[tokio::test]
async fn time_runs_stands_and_steps() {
    let page = editor().await;
    runs_on(&page, 1).await;
    page.button("Pause").click().await;
    page.button("Run").shown().await;
    let stood = clock(&page).text().await;

    page.wait_until("steps lead on from event to event", async || {
        page.button("Step on one event").click().await;
        clock(&page).text().await != stood
    })
    .await;
    let on = clock(&page).text().await;
    assert!(on.contains("Live"), "{on}");
    page.button("Step back one event").click().await;
    clock(&page).says("Past").await;
    page.button("Back to live").click().await;
    clock(&page).says("Live").await;
    assert_eq!(
        clock(&page).text().await,
        on,
        "the end of the run is where it was"
    );

    page.button("Run").click().await;
    speed(&page, "100×").await;
    runs_on(&page, 60).await;
    speed(&page, "1×").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn edits_are_undone_and_redone_by_name_and_a_reset_keeps_the_run() {
    let page = editor().await;
    let network = network(&page).await;
    page.button("Undo: nothing to undo").shown().await;
    let web = network.the("region", "Security groups");
    web.button(containing("from web")).click().await;
    web.says("In: nothing").await;
    let undo = page.button(starting("Undo: "));
    let named = undo.name().await;
    assert!(named.contains("web"), "{named}");
    undo.click().await;
    web.says_no_more("In: nothing").await;
    page.button(starting("Redo: ")).click().await;
    web.says("In: nothing").await;

    page.button("Reset the scenario").click().await;
    web.says_no_more("In: nothing").await;
    let runs = page.the("group", "Runs");
    runs.shown().await;
    assert_eq!(runs.the("button", starting("Run")).count().await, 2);
    runs.the("button", starting("Run")).first().click().await;
    web.says("In: nothing").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_marker_is_dragged_and_keyed_into_the_past_and_back() {
    let page = editor().await;
    let marker = page.the("slider", "Time");
    page.button("Pause").click().await;
    let live = clock(&page).text().await;

    marker.drag(-260, 0).await;
    clock(&page).says("Past").await;
    let past = seconds(&page).await;
    let spoken = marker.value().await;
    assert!(spoken.contains("Past"), "{spoken}");
    page.button("Back to live").click().await;
    clock(&page).says(&live).await;
    assert!(past < seconds(&page).await);

    marker.reach().await;
    page.press(Key::Home).await;
    clock(&page).says("10:00:00").await;
    page.the("treeitem", starting("Task scorekeep"))
        .gone()
        .await;
    page.press(Key::Right).await;
    page.chord(&[Key::Shift], Key::Right).await;
    clock(&page).says("Past").await;
    page.press(Key::End).await;
    clock(&page).says("Live").await;
    page.the("treeitem", starting("Task scorekeep"))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn an_edit_in_the_past_starts_another_run() {
    let page = editor().await;
    let marker = page.the("slider", "Time");
    page.button("Pause").click().await;
    marker.reach().await;
    for _ in 0..3 {
        page.press(Key::Left).await;
    }
    clock(&page).says("Past").await;
    page.the("region", "Drawer")
        .says("An edit starts Run 2 from")
        .await;
    let inspector = select_task(&page).await;
    inspector.button("Stop task").click().await;
    clock(&page).says("Live").await;
    page.the("group", "Runs").shown().await;
    page.ends_quietly().await;
}
