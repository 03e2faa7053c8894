//! Registries, secrets and settings in the tab of images, without a mouse.

use crate::steps::{editor, everywhere};
use fargate_journeys::{Key, starting};

#[tokio::test]
async fn a_repository_and_a_secret_are_made_by_keyboard_and_refusals_keep_what_was_typed() {
    let page = editor().await;
    page.the("tab", starting("Task definition")).reach().await;
    for _ in 0..2 {
        page.press(Key::Right).await;
    }
    let panel = page.the("tabpanel", "Images");
    let registries = panel.the("region", "Registries");
    let add = registries.button("Add repository");
    add.reach().await;
    page.press(Key::Enter).await;
    let form = registries.the("form", "Add repository");
    let name = form.the("textbox", "Name");
    name.reach().await;
    page.press("Not A Name").await;
    page.press(Key::Enter).await;
    form.says("InvalidParameterException").await;
    assert_eq!(name.value().await, "Not A Name");
    name.set("shop/web").await;
    page.press(Key::Enter).await;
    registries.says("shop/web").await;
    page.wait_until("the focus goes back to who opened the form", async || {
        add.has_focus().await
    })
    .await;

    let settings = panel.the("region", "Secrets and settings");
    settings.button("Add secret").reach().await;
    page.press(Key::Enter).await;
    let form = settings.the("form", "Add secret");
    form.the("textbox", "Name").reach().await;
    page.press("db").await;
    page.press(Key::Enter).await;
    settings.says("Made").await;
    page.wait_until("the focus stays in the section", async || {
        settings.has_focus().await
    })
    .await;
    everywhere(&page, "registries", async |page| {
        let pages = page.the("navigation", "Pages");
        if pages.count().await > 0 {
            pages.button("Images").click().await;
        }
    })
    .await;
    page.ends_quietly().await;
}
