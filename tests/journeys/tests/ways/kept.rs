//! 7. The scenario is kept on the device, survives a reload, and what cannot be opened is never written over.

use crate::steps::{SCENARIO, clock, editor, inspector, json, network, paste};
use fargate_journeys::{Page, Screen, containing, starting};
use serde_json::json;

async fn stored(page: &Page, key: &str) -> Option<String> {
    let text = page
        .script("return localStorage.getItem(arguments[0])", &[json!(key)])
        .await;
    text.as_str().map(str::to_owned)
}

#[tokio::test]
async fn the_scenario_and_the_draft_survive_a_reload() {
    let page = editor().await;
    network(&page)
        .await
        .button(containing("from web"))
        .click()
        .await;
    page.the("tab", starting("Task definition")).click().await;
    paste(&page, "{ \"family\": \"half-written").await;
    page.the("tab", containing("problem")).shown().await;
    page.wait_until("the removal is kept", async || {
        stored(&page, SCENARIO)
            .await
            .is_some_and(|text| text.contains("RevokeSecurityGroupIngress"))
    })
    .await;
    let before = clock(&page).text().await;
    page.reload().await;
    inspector(&page).shown().await;
    assert!(
        clock(&page).text().await >= before,
        "time goes on where it was"
    );
    json(&page).await.says("half-written").await;
    network(&page).await.says("In: nothing").await;
    page.ends_quietly().await;
}

/// Opens the page over a document that was kept, and reads what it says of it.
async fn opened_over(document: &str, reason: &str) {
    let page = Page::blank(Screen::DESK).await;
    page.keeps_once(SCENARIO, document).await;
    page.open().await;

    let dialog = page.the("dialog", "Your scenario could not be opened");
    dialog.says(reason).await;
    dialog.says("It is kept on this device, unchanged.").await;
    dialog.button("Export a file").shown().await;
    dialog.button("Close").click().await;

    // The page works on, changes included, and nothing is written over the document.
    network(&page)
        .await
        .button(containing("from web"))
        .click()
        .await;
    page.the("treeitem", starting("Request, denied"))
        .first()
        .shown()
        .await;
    assert_eq!(stored(&page, SCENARIO).await.as_deref(), Some(document));
    let copies = page
        .script("return Object.keys(localStorage).filter((key) => key.includes('not-opened')).map((key) => localStorage.getItem(key))", &[])
        .await;
    assert_eq!(copies, json!([document]), "a copy is set aside");
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_damaged_document_is_reported_and_kept() {
    opened_over(
        "{ \"format\": \"fargate-playground/scenario\", \"version\": 1, \"title\": \"Mine",
        "The scenario is damaged at line 1",
    )
    .await;
}

#[tokio::test]
async fn a_newer_document_is_reported_and_kept() {
    opened_over(
        "{ \"format\": \"fargate-playground/scenario\", \"version\": 99, \"title\": \"Mine\" }",
        "from a newer version of the playground",
    )
    .await;
}
