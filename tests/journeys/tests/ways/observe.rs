//! What containers log, what ECS tells of them, and a shell inside: in the drawer, without a mouse where that matters.

use crate::steps::{drawer, editor, run_logged, scan};
use fargate_journeys::{Key, Screen, containing, starting};

#[tokio::test]
async fn logs_are_read_filtered_and_left_out_where_nobody_can_read_them() {
    let page = editor().await;
    page.the("tab", "Logs").click().await;
    drawer(&page).says("It has no logConfiguration").await;
    run_logged(&page).await;
    let logs = drawer(&page).the("region", starting("Logs"));
    logs.says("start worker processes").await;

    let filter = drawer(&page).the("searchbox", "Filter logs");
    filter.reach().await;
    page.press("{ $.level = ").await;
    drawer(&page).says("No value follows the comparison").await;
    filter.set("nowhere").await;
    drawer(&page).says("No line is as the filter wants.").await;
    drawer(&page).button("Clear the filter").reach().await;
    page.press(Key::Enter).await;
    assert!(filter.has_focus().await, "the filter is there to type anew");
    logs.says("start worker processes").await;
    for (screen, name) in [(Screen::DESK, "light"), (Screen::DESK.dark(), "dark")] {
        page.resize(screen).await;
        scan(&page, name).await;
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_shell_in_a_container_answers_and_ecs_tells_of_its_task() {
    let page = editor().await;
    run_logged(&page).await;
    page.the("tab", "ECS Exec").click().await;
    drawer(&page)
        .the("combobox", "Container")
        .choose(containing("logged"))
        .await;
    drawer(&page).button("Open a shell").click().await;
    let line = drawer(&page).the("textbox", "Command line");
    line.reach().await;
    page.press("curl -s localhost").await;
    page.press(Key::Enter).await;
    let said = drawer(&page).the("region", "What the shell answered");
    said.says("web answers for /").await;
    page.press("curl http://192.168.9.9/").await;
    page.press(Key::Enter).await;
    said.says("Stopped at ").await;
    page.press(Key::Up).await;
    assert_eq!(line.value().await, "curl http://192.168.9.9/");
    scan(&page, "the shell").await;

    page.the("tab", "EventBridge").click().await;
    let event = drawer(&page).button(containing("RUNNING, wanted RUNNING"));
    event.first().click().await;
    drawer(&page).says("\"source\": \"aws.ecs\"").await;
    drawer(&page).button("Add rule").click().await;
    drawer(&page).button("Create rule").click().await;
    drawer(&page).says("it describes").await;
    scan(&page, "EventBridge").await;
    page.ends_quietly().await;
}
