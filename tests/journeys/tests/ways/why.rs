//! Why a task is not reached: the chain of causes leads to the rule that went, and a proven cure brings the requests back.

use crate::steps::{editor, inspector, left, network, select_task};
use fargate_journeys::{Key, Page, containing, starting};

/// Puts the focus on the canvas and asks about what is selected there.
async fn ask_by_key(page: &Page) {
    let canvas = page.the("main", "Canvas");
    for _ in 0..6 {
        if canvas.has_focus().await {
            break;
        }
        page.press(Key::F6).await;
    }
    page.press("y").await;
}

#[tokio::test]
async fn a_task_that_nobody_reaches_says_why_and_the_cure_works() {
    let page = editor().await;
    let panel = select_task(&page).await;
    panel.button("Why?").click().await;
    let why = page.the("region", "Why");
    why.says("Nothing is wrong: scorekeep:1").await;
    why.says("Checked and fine").await;

    let groups = network(&page).await.the("region", "Security groups");
    groups.button(containing("from web")).click().await;
    page.the("treeitem", starting("Request, denied"))
        .first()
        .shown()
        .await;

    // The key asks about what is selected.
    ask_by_key(&page).await;
    why.says("requests to it do not arrive").await;
    why.says("remove rule TCP 8080 from web").await;
    let cures = page.the("region", "Cures");
    cures.says("With this, the request arrives").await;
    let stumbles = page.stumbles().await;
    assert!(stumbles.is_empty(), "{stumbles:?}");

    cures.button("Apply").first().click().await;
    cures.button("Done").first().shown().await;
    why.button(starting("Ask again")).click().await;
    why.says("Nothing is wrong: scorekeep:1").await;
    page.the("region", "Cures").gone().await;

    // A step leads to what it is about.
    page.chord(&[Key::Control], 'z').await;
    why.button(starting("Ask again")).click().await;
    why.button("Show the group").first().click().await;
    inspector(&page).says("Security group").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_refusal_in_a_form_says_why_and_its_cure_runs_the_task() {
    let page = editor().await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").click().await;
    // Without a subnet AWS refuses, where it was asked.
    let subnet = form
        .the("group", "Subnets")
        .the("checkbox", starting("Public a"));
    subnet.click().await;
    form.button("Run task").nth(1).click().await;
    form.says("InvalidParameterException").await;
    form.button("Why?").click().await;
    let why = page.the("region", "Why");
    why.says("AWS refuses ecs:RunTask").await;
    why.says("AWS answers ecs:RunTask with InvalidParameterException.")
        .await;
    let cures = page.the("region", "Cures");
    cures.says("With this, AWS accepts it.").await;
    let stumbles = page.stumbles().await;
    assert!(stumbles.is_empty(), "{stumbles:?}");
    cures.button("Apply").first().click().await;
    cures.button("Done").first().shown().await;
    inspector(&page).says("Provisioning").await;
    page.ends_quietly().await;
}
