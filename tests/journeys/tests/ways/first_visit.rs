//! 1. A first visitor sees something alive, and one click makes something happen.

use crate::steps::{canvas, clock, delivered, inspector, left, more_delivered_than};
use fargate_journeys::{Page, containing};

#[tokio::test]
async fn a_first_visitor_sees_a_task_that_runs_and_one_thing_to_do() {
    let page = Page::first_visit().await;
    let welcome = page.the("region", "Welcome");
    welcome.says("A task is already running").await;
    welcome.says("No account, no install, no bill.").await;
    welcome.button("Send 100 requests").shown().await;
    welcome
        .button(containing("Paste a task definition"))
        .shown()
        .await;
    welcome
        .button(containing("Start from an empty VPC"))
        .shown()
        .await;

    let tree = page.the("tree", "Network canvas");
    tree.the("treeitem", "Internet").shown().await;
    tree.the("treeitem", containing("Task scorekeep"))
        .shown()
        .await;
    let task = tree
        .the("treeitem", containing("Task scorekeep"))
        .name()
        .await;
    assert!(task.contains("running"), "{task}");
    assert!(task.contains("172.31.1."), "{task}");

    // Time runs and packets fly without being asked.
    let then = clock(&page).text().await;
    page.wait_until("the clock moves", async || {
        clock(&page).text().await != then
    })
    .await;
    page.wait_until("a packet is on its way", async || {
        let packets = page
            .script(
                "return document.querySelectorAll('.n-ways path').length",
                &[],
            )
            .await;
        packets.as_u64().unwrap_or_default() > 0
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_hundred_requests_arrive_and_the_panels_come_in() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    inspector(&page).shown().await;
    left(&page).shown().await;
    page.the("region", "Drawer").shown().await;
    let before = delivered(&page).await;
    canvas(&page).says("frontend borrowed ").await;
    canvas(&page)
        .says(" units. Open the editor to change its share.")
        .await;
    more_delivered_than(&page, before + 60).await;
    page.button("Open the editor").click().await;
    page.the("textbox", "Task definition JSON").shown().await;
    page.ends_quietly().await;
}
