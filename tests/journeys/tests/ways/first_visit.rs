//! A first visitor sees something alive, and one click makes something happen.

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
    page.ends_quietly().await;
}
