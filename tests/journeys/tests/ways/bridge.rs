//! EventBridge: events as JSON and rules, by pattern and by schedule, without a mouse.

use crate::steps::{drawer, editor, everywhere, run_logged, show_tab, to_tab};
use fargate_journeys::{Key, containing};

#[tokio::test]
async fn a_rule_is_refused_mended_switched_and_deleted_by_keyboard() {
    let page = editor().await;
    run_logged(&page).await;
    to_tab(&page, "EventBridge").await;
    let drawer = drawer(&page);
    drawer.button("Add rule").reach().await;
    page.press(Key::Enter).await;
    let form = drawer.the("form", "Add rule");
    let pattern = form.the("textbox", "Event pattern");
    pattern.reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.press("{ \"source\": [").await;
    form.button("Create rule").reach().await;
    page.press(Key::Enter).await;
    form.says("InvalidEventPatternException").await;
    assert_eq!(pattern.value().await, "{ \"source\": [");

    // Another tab is looked at meanwhile: what was typed stays.
    to_tab(&page, "Metrics").await;
    to_tab(&page, "EventBridge").await;
    assert_eq!(pattern.value().await, "{ \"source\": [");
    form.the("combobox", "When").choose("At times").await;
    let schedule = form.the("textbox", "Schedule, in UTC");
    schedule.set("every now and then").await;
    form.button("Create rule").click().await;
    form.says("ValidationException").await;
    schedule.set("rate(1 hour)").await;
    form.button("Create rule").reach().await;
    page.press(Key::Enter).await;
    page.hears("The rule is made.").await;
    page.wait_until("the focus stays in the drawer", async || {
        drawer.has_focus().await
    })
    .await;

    drawer.button("Switch off rule again").reach().await;
    page.press(Key::Enter).await;
    let on = drawer.button("Switch on rule again");
    on.shown().await;
    assert!(on.has_focus().await, "the button that was pressed stays");
    drawer.button("Delete rule again").reach().await;
    page.press(Key::Enter).await;
    drawer.says("No rules.").await;
    page.wait_until("the focus stays in the drawer", async || {
        drawer.has_focus().await
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn events_and_rules_can_be_read_everywhere() {
    let page = editor().await;
    run_logged(&page).await;
    page.the("tab", "EventBridge").click().await;
    let drawer = drawer(&page);
    drawer.button("Add rule").click().await;
    drawer.button("Create rule").click().await;
    drawer.says("it describes").await;
    drawer.button("Add rule").click().await;
    drawer
        .button(containing("RUNNING, wanted RUNNING"))
        .first()
        .click()
        .await;
    drawer.says("\"source\": \"aws.ecs\"").await;
    everywhere(&page, "EventBridge", async |page| {
        show_tab(page, "EventBridge").await;
    })
    .await;
    page.ends_quietly().await;
}
