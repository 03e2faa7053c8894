//! 8. All of it without a mouse.

use crate::steps::{canvas, delivered, inspector, json, left, more_delivered_than};
use fargate_journeys::{Key, Name, Page, containing, starting};

/// Goes on to the next region until the focus is in one.
pub(crate) async fn go_to(page: &Page, region: fargate_journeys::Thing<'_>) {
    for _ in 0..6 {
        if region.has_focus().await {
            return;
        }
        page.press(Key::F6).await;
    }
    page.fail(&format!("F6 does not lead to {region}")).await;
}

#[tokio::test]
async fn a_first_visit_a_refused_request_and_a_stopped_task_need_no_mouse() {
    let page = Page::first_visit().await;

    // 1. The large button.
    page.button("Send 100 requests").reach().await;
    page.press(Key::Enter).await;
    inspector(&page).shown().await;
    canvas(&page).says("frontend borrowed ").await;
    assert!(
        canvas(&page).has_focus().await,
        "the button is gone, so the canvas has the focus"
    );

    // 4. The rule is removed, a request refused, explained, mended and sent again.
    page.the("tab", starting("Task definition")).reach().await;
    page.press(Key::Right).await;
    let groups = page
        .the("tabpanel", "Network")
        .the("region", "Security groups");
    groups.button(containing("from web")).reach().await;
    page.press(Key::Enter).await;
    groups.says("In: nothing").await;
    go_to(&page, canvas(&page)).await;
    let denied = page.the("treeitem", starting("Request, denied"));
    denied.first().shown().await;
    let popover = page.the("dialog", containing("web"));
    page.wait_until("arrows and Enter open the steps of a request", async || {
        // The first refused request opens its steps by itself, and leaves the focus where it is.
        if popover.count().await == 0 || !popover.has_focus().await {
            page.press(Key::Down).await;
            let at = page
                .script("return document.activeElement.textContent", &[])
                .await;
            if at
                .as_str()
                .is_some_and(|name| name.starts_with("Request, denied"))
            {
                page.press(Key::Enter).await;
            }
        }
        popover.button("Close").count().await == 1 && popover.has_focus().await
    })
    .await;
    let refused = delivered(&page).await;
    popover.button(containing("8080")).reach().await;
    page.press(Key::Enter).await;
    popover.says("Done").await;
    popover.button("Replay").reach().await;
    page.press(Key::Enter).await;
    more_delivered_than(&page, refused).await;

    // 6. Into the task on the canvas, and stop it in the inspector.
    go_to(&page, canvas(&page)).await;
    let task = page.the("treeitem", starting("Task scorekeep"));
    page.wait_until("Enter and arrows lead to the task", async || {
        if task.has_focus().await {
            return true;
        }
        let at = page
            .script("return document.activeElement.textContent", &[])
            .await;
        let at = at.as_str().unwrap_or_default().to_owned();
        let into = ["VPC", "Zone", "Public"]
            .iter()
            .any(|start| at.starts_with(start));
        let key = match at.as_str() {
            _ if into => Key::Enter,
            at if at.starts_with("Request") => Key::Up,
            _ => Key::Down,
        };
        page.press(key).await;
        false
    })
    .await;
    page.chord(&[Key::Shift], ' ').await;
    inspector(&page).the("region", "Lifecycle").shown().await;
    go_to(&page, inspector(&page)).await;
    inspector(&page).button("Stop task").reach().await;
    page.press(Key::Enter).await;
    page.the("combobox", "Speed").reach().await;
    page.press("100").await;
    inspector(&page)
        .the("region", "Why it stopped")
        .says("Task stopped by user")
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_definition_is_pasted_mended_and_registered_without_a_mouse() {
    let page = Page::first_visit().await;
    page.button(containing("Paste a task definition"))
        .reach()
        .await;
    page.press(Key::Enter).await;
    json(&page).await.reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.paste("{ “family“: \"mended\", \"cpu\": \"256\", \"memory\": \"512\", \"networkMode\": \"awsvpc\", \"requiresCompatibilities\": [\"FARGATE\"], \"containerDefinitions\": [{ “name\": \"web\", \"image\": \"nginx:1.27\" }] }")
        .await;
    page.the("tab", containing("problem")).shown().await;

    // F8 walks the problems and Ctrl . applies the fix at hand.
    page.wait_until("F8 and Ctrl . mend what is marked", async || {
        let before = json(&page).await.text().await;
        if page.the("tab", "Task definition").count().await == 1 {
            return true;
        }
        page.press(Key::F8).await;
        page.chord(&[Key::Control], '.').await;
        page.wait_until("the fix changes the text", async || {
            json(&page).await.text().await != before
                || page.the("group", Name::Any).count().await == 0
        })
        .await;
        false
    })
    .await;
    page.chord(&[Key::Control], Key::Enter).await;
    left(&page).says("mended:1 is registered.").await;

    // Escape, then Tab leaves the editor.
    page.press(Key::Escape).await;
    page.press(Key::Tab).await;
    assert!(
        !json(&page).await.has_focus().await,
        "the editor is no trap"
    );
    page.ends_quietly().await;
}
