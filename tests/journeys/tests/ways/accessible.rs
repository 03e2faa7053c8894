//! 9. axe finds nothing, wherever the page is.

use crate::steps::{
    canvas, editor_on, inspector, json, network, paste, predict, scan, select_task,
};
use fargate_journeys::{Page, Screen, containing, starting};

#[tokio::test]
async fn the_first_visit() {
    let page = Page::first_visit().await;
    scan(&page, "light").await;
    page.resize(Screen::DESK.dark()).await;
    scan(&page, "dark").await;
    page.resize(Screen::PHONE).await;
    scan(&page, "on a phone").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_whole_page_in_light_and_dark_with_findings_forms_and_a_task() {
    let page = editor_on(Screen::DESK).await;
    json(&page).await;
    scan(&page, "the editor").await;
    paste(&page, "{ “family“: \"x\", \"cpu\": 12, }").await;
    page.the("tab", containing("problem")).shown().await;
    page.button(containing("problem")).click().await;
    page.the("region", "Run task")
        .button("Run task")
        .click()
        .await;
    scan(&page, "with findings and the form, light").await;
    page.resize(Screen::DESK.dark()).await;
    scan(&page, "with findings and the form, dark").await;
    select_task(&page).await;
    network(&page).await.button("Add subnet").click().await;
    for tab in ["Events", "Cost", "Timeline"] {
        page.the("tab", starting(tab)).click().await;
        scan(&page, &format!("a task and {tab}, dark")).await;
    }
    page.resize(Screen::DESK).await;
    scan(&page, "a task and the network, light").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_images_with_a_mistake_in_what_one_does() {
    let page = editor_on(Screen::DESK).await;
    select_task(&page).await;
    page.the("tab", "Images").click().await;
    let panel = page.the("tabpanel", "Images");
    scan(&page, "images, light").await;
    panel.button("Edit nginx").click().await;
    let text = panel.the("textbox", "What it does");
    text.set("{ \"speed\": 3, }").await;
    panel.button("Say it").click().await;
    panel.says("must be fixed before it can be said").await;
    scan(&page, "an image with mistakes, light").await;
    page.resize(Screen::DESK.dark()).await;
    scan(&page, "an image with mistakes, dark").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_prediction_before_and_after_it_is_run() {
    let page = editor_on(Screen::DESK).await;
    let inspector = select_task(&page).await;
    let cpu = inspector.the("region", "CPU");
    predict(&cpu, &page).await;
    scan(&page, "a prediction, light").await;
    page.resize(Screen::DESK.dark()).await;
    scan(&page, "a prediction, dark").await;
    cpu.button("Run").click().await;
    cpu.says("You expected frontend to get 500 units").await;
    scan(&page, "what came of it, dark").await;
    page.resize(Screen::DESK).await;
    scan(&page, "what came of it, light").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_refused_request_with_its_steps_open() {
    let page = Page::first_visit_on(Screen::DESK.still()).await;
    page.button("Send 100 requests").click().await;
    network(&page)
        .await
        .button(containing("from web"))
        .click()
        .await;
    // One of the hundred was the visitor's own, so it explains itself.
    page.the("dialog", containing("web")).shown().await;
    scan(&page, "the steps, still").await;
    page.resize(Screen::DESK.dark().still()).await;
    scan(&page, "the steps, dark").await;
    canvas(&page).button("Legend").click().await;
    scan(&page, "the legend").await;
    page.button("Keyboard shortcuts").click().await;
    page.the("dialog", "Keyboard shortcuts").shown().await;
    scan(&page, "the shortcuts").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_phone_page_by_page() {
    let page = editor_on(Screen::PHONE).await;
    let pages = page.the("navigation", "Pages");
    for name in ["Define", "Network", "Canvas", "Timeline"] {
        pages.button(name).click().await;
        scan(&page, name).await;
    }
    pages.button("Canvas").click().await;
    inspector(&page)
        .the("list", "Tasks")
        .button(starting("scorekeep"))
        .first()
        .click()
        .await;
    for part in ["Memory", "Lifecycle", "Network", "Cost", "CPU"] {
        inspector(&page).the("tab", part).click().await;
        scan(&page, &format!("a task's {part}")).await;
    }
    page.ends_quietly().await;
}
