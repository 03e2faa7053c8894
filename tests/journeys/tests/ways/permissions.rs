//! Permissions: enforced, a caller chosen, a policy written badly and mended, and the questions; all of it without a mouse, too.

use crate::steps::{editor, everywhere, left, run_logged, undo};
use fargate_journeys::{Key, Page, Thing, starting};

async fn panel(page: &Page) -> Thing<'_> {
    page.the("tab", "Permissions").click().await;
    page.the("tabpanel", "Permissions")
}

#[tokio::test]
async fn a_user_without_a_policy_is_refused_and_a_cure_is_written_by_keyboard() {
    let page = editor().await;
    page.the("tab", starting("Task definition")).reach().await;
    for _ in 0..3 {
        page.press(Key::Right).await;
    }
    let panel = page.the("tabpanel", "Permissions");
    let switch = panel.the("switch", "Enforce permissions");
    switch.reach().await;
    page.press(" ").await;
    switch.becomes("checked").await;

    panel
        .the("textbox", "Name of a new user or role")
        .reach()
        .await;
    page.press("ada").await;
    panel.button("Create user").reach().await;
    page.press(Key::Enter).await;
    let write = panel.button("Write a policy of ada");
    write.reach().await;
    page.press(Key::Enter).await;

    // Rubbish is told with its place, and nothing typed is lost.
    let text = panel.the("textbox", "Policy");
    page.wait_until("the text has the focus", async || text.has_focus().await)
        .await;
    page.chord(&[Key::Control], 'a').await;
    page.press("{ \"Statement\": [ rubbish").await;
    panel.the("list", "Findings").says("error").await;
    panel.button("Put policy").reach().await;
    page.press(Key::Enter).await;
    panel.says("MalformedPolicyDocument").await;
    assert!(text.value().await.contains("rubbish"));
    panel.button("Close").reach().await;
    page.press(Key::Enter).await;
    page.wait_until("the focus goes back to who opened the editor", async || {
        write.has_focus().await
    })
    .await;
    page.press(Key::Enter).await;
    assert!(
        text.value().await.contains("rubbish"),
        "what was typed is there again"
    );
    panel.button("Discard changes").reach().await;
    page.press(Key::Enter).await;
    assert!(text.value().await.contains("ecs:DescribeTasks"));
    assert!(text.has_focus().await);
    page.chord(&[Key::Control], Key::Enter).await;
    page.hears("The policy is put.").await;
    panel.says("inline").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_three_questions_are_answered_and_a_cure_goes_into_a_policy_of_its_own() {
    let page = editor().await;
    run_logged(&page).await;
    let panel = panel(&page).await;
    panel.the("switch", "Enforce permissions").click().await;
    let questions = panel.the("region", "Questions about permissions");
    questions.button("Who could run this task?").click().await;
    questions.says("Choose a task definition first.").await;
    questions
        .the("combobox", "Task definition")
        .choose("logged:1")
        .await;
    questions.button("Who could run this task?").click().await;
    questions.says("could run logged:1").await;
    questions
        .the("combobox", "Task")
        .choose(starting("scorekeep:1"))
        .await;
    questions
        .button("May its containers do this?")
        .click()
        .await;
    questions.says("dynamodb:PutItem").await;
    questions.says("Denied").await;
    questions
        .the("combobox", "User or role")
        .choose("role ecsTaskExecutionRole")
        .await;
    questions
        .button("What did this run need at least?")
        .click()
        .await;
    questions.says("Nothing of this run needed it").await;
    everywhere(&page, "permissions", async |page| {
        let pages = page.the("navigation", "Pages");
        if pages.count().await > 0 {
            pages.button("Access").click().await;
        }
        left(page).the("tabpanel", "Permissions").shown().await;
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn quotas_and_throttling_are_switched_on_set_and_undone_by_name() {
    let page = editor().await;
    page.the("tab", starting("Task definition")).reach().await;
    for _ in 0..3 {
        page.press(Key::Right).await;
    }
    let panel = page.the("tabpanel", "Permissions");
    let quotas = panel.the("switch", "Enforce quotas");
    quotas.reach().await;
    page.press(" ").await;
    quotas.becomes("checked").await;
    page.button("Undo: switch quotas on").shown().await;
    let most = panel.the("combobox", starting("Fargate On-Demand vCPU"));
    most.choose("1").await;
    page.button("Undo: set the quota to 1 vCPUs").shown().await;
    panel.says("1 in use").await;

    // the task that runs has it all
    page.the("tab", starting("Task definition")).click().await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").click().await;
    form.button("Run task").nth(1).click().await;
    form.says("You've reached the limit on the number of vCPUs you can run concurrently")
        .await;
    // the call that placed nothing is an edit of its own
    undo(&page).await;
    page.button("Undo: set the quota to 1 vCPUs").shown().await;
    undo(&page).await;
    page.button("Undo: switch quotas on").shown().await;
    undo(&page).await;
    page.the("tab", "Permissions").click().await;
    panel.says_no_more("vCPU resource count").await;

    let throttling = panel.the("switch", "Throttle calls");
    throttling.reach().await;
    page.press(" ").await;
    throttling.becomes("checked").await;
    page.button("Undo: switch throttling on").shown().await;
    quotas.click().await;
    everywhere(&page, "the account's limits", async |page| {
        let pages = page.the("navigation", "Pages");
        if pages.count().await > 0 {
            pages.button("Access").click().await;
        }
        left(page).the("tabpanel", "Permissions").shown().await;
    })
    .await;
    page.ends_quietly().await;
}
