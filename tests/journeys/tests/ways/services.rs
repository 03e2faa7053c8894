//! Services: created, scaled, asked why and deleted, without a mouse.

use crate::steps::{drawer, editor, everywhere, left, speed};
use fargate_journeys::Key;

#[tokio::test]
async fn a_service_is_created_scaled_asked_and_deleted_by_keyboard() {
    let page = editor().await;
    let section = left(&page).the("region", "Services");
    section.button("Services").reach().await;
    page.press(Key::Enter).await;
    section.says("No services.").await;
    section.button("Add service").reach().await;
    page.press(Key::Enter).await;
    let form = section.the("form", "Create service");
    let name = form.the("textbox", "Service name");
    name.set("my shop").await;
    form.button("Create service").reach().await;
    page.press(Key::Enter).await;
    form.says("InvalidParameterException").await;
    assert_eq!(name.value().await, "my shop", "what was typed stays");
    name.set("shop").await;
    form.the("combobox", "A deployment whose tasks fail")
        .choose("Is given up and rolled back")
        .await;
    form.button("Create service").reach().await;
    page.press(Key::Enter).await;
    page.hears("Service shop is created.").await;

    speed(&page, "100×").await;
    section.says("2 of 2 tasks run, 0 on their way").await;
    section
        .says("(service shop) has reached a steady state.")
        .await;
    section.button("Why? Service shop").reach().await;
    page.press(Key::Enter).await;
    drawer(&page)
        .says("service shop is in a steady state")
        .await;

    let scale = section.the("form", "Scale service shop");
    scale.the("textbox", "Desired count").set("1").await;
    scale.button("Scale").reach().await;
    page.press(Key::Enter).await;
    page.hears("Service shop wants 1 task.").await;
    section.says("1 of 1 tasks run, 0 on their way").await;

    section.button("Delete service shop").reach().await;
    page.press(Key::Enter).await;
    page.hears("Service shop is deleted: its tasks stop.").await;
    section.says("No services.").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn services_can_be_read_everywhere() {
    let page = editor().await;
    let section = left(&page).the("region", "Services");
    section.button("Services").click().await;
    section.button("Add service").click().await;
    section.button("Create service").click().await;
    section.says("ACTIVE").await;
    section.button("Add service").click().await;
    everywhere(&page, "Services", async |_| {}).await;
    page.ends_quietly().await;
}
