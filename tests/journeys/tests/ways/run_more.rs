//! What few callers say in the form that runs tasks, and what `DescribeTasks` says of them.

use crate::steps::{editor, everywhere, inspector, left};
use fargate_journeys::{Key, starting};

#[tokio::test]
async fn ten_tasks_on_spot_with_overrides_and_tags_by_keyboard() {
    let page = editor().await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").reach().await;
    page.press(Key::Enter).await;
    form.button("More").reach().await;
    page.press(Key::Enter).await;
    form.the("spinbutton", "Tasks, 1 to 10").set("10").await;
    form.button("Strategy").reach().await;
    page.press(Key::Enter).await;
    let weight = form.the("spinbutton", "FARGATE_SPOT, weight");
    weight.reach().await;
    assert_eq!(weight.value().await, "1", "all on Spot at first");
    form.the("textbox", "Tags, a line each").reach().await;
    page.press("team=blue").await;
    let overrides = form.the("textbox", "Overrides, as JSON");
    overrides.reach().await;
    page.press("{\"cpus\": 1}").await;
    form.says("cpus is not known here").await;
    form.button("Run task").nth(1).reach().await;
    page.press(Key::Enter).await;
    page.wait_until("what cannot be sent is said", async || {
        let script = "return [...document.querySelectorAll('[aria-live=assertive]')].some((one) => one.textContent.includes('cpus'))";
        page.script(script, &[]).await == true
    })
    .await;
    overrides
        .set("{\"cpu\": \"512\", \"memory\": \"1024\"}")
        .await;
    everywhere(&page, "the run form's fold", async |page| {
        let pages = page.the("navigation", "Pages");
        if pages.count().await > 0 {
            pages.button("Define").click().await;
        }
    })
    .await;
    form.button("Run task").nth(1).reach().await;
    page.press(Key::Enter).await;
    form.says("10 tasks of ").await;

    let described = inspector(&page).the("region", "As DescribeTasks says it");
    described.button("As DescribeTasks says it").reach().await;
    page.press(Key::Enter).await;
    described
        .says("\"capacityProviderName\": \"FARGATE_SPOT\"")
        .await;
    described.says("\"team\"").await;
    inspector(&page)
        .the("heading", starting("As Describe"))
        .shown()
        .await;
    page.ends_quietly().await;
}
