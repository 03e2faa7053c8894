//! 6. A task is stopped: its reason stays, its address is free again, and the bill ends.

use crate::steps::{editor, fact, inspector, network, select_task, speed};

#[tokio::test]
async fn a_stopped_task_says_why_gives_its_address_back_and_costs_no_more() {
    let page = editor().await;
    let network = network(&page).await;
    network.says("250 free").await;
    let inspector = select_task(&page).await;
    inspector.the("region", "Cost so far").says("$").await;
    inspector.button("Stop task").click().await;
    inspector.button("Stop task").gone().await;
    speed(&page, "20×").await;
    let why = inspector.the("region", "Why it stopped");
    why.says("Task stopped by user").await;
    let text = why.text().await;
    assert_eq!(
        fact(&text, "stopCode").as_deref(),
        Some("UserInitiated"),
        "{text}"
    );
    network.says("251 free").await;
    inspector
        .the("region", "Network")
        .says("its address is free")
        .await;
    inspector.the("list", "Lifecycle").says("Stopped").await;

    page.the("tab", "Cost").click().await;
    let bill = page.the("region", "Cost");
    bill.says("1 min").await;
    let billed = bill.text().await;
    assert!(
        billed.contains("scorekeep:1") && billed.contains('$'),
        "{billed}"
    );
    let then = bill.text().await;
    let clock = page.the("group", "Simulated time");
    let now = clock.text().await;
    page.wait_until("time goes on", async || clock.text().await != now)
        .await;
    assert_eq!(bill.text().await, then, "a stopped task costs no more");
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_totals_tell_tasks_requests_and_cost() {
    let page = editor().await;
    let inspector = inspector(&page);
    inspector.says("Select something to look inside it.").await;
    inspector.the("region", "Tasks").says("1 task").await;
    inspector
        .the("region", "Requests so far")
        .says("Delivered")
        .await;
    inspector.the("region", "Cost so far").says("$0.0").await;
    page.ends_quietly().await;
}
