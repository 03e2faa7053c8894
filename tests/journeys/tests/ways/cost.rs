//! Cost and metrics: prices of another Region, the same on EC2, and curves as numbers.

use crate::steps::{drawer, editor, everywhere, run_logged, show_tab, speed, to_tab};
use fargate_journeys::{Key, starting};

#[tokio::test]
async fn prices_follow_the_region_and_stand_beside_ec2() {
    let page = editor().await;
    run_logged(&page).await;
    to_tab(&page, "Cost").await;
    let drawer = drawer(&page);
    drawer.says("on EC2 instead").await;
    let before = drawer.text().await;
    drawer.the("combobox", "Prices of").reach().await;
    page.press("eu-cent").await;
    page.wait_until("other prices are shown", async || {
        drawer.text().await != before
    })
    .await;
    everywhere(&page, "cost", async |page| {
        show_tab(page, "Cost").await;
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn metrics_have_a_point_a_minute_and_lead_to_the_task() {
    let page = editor().await;
    run_logged(&page).await;
    speed(&page, "100×").await;
    page.button("Run").click().await;
    to_tab(&page, "Metrics").await;
    let drawer = drawer(&page);
    let task = drawer.button(starting("logged"));
    task.reach().await;
    drawer.says("%").await;
    page.press(Key::Enter).await;
    // New points come in; the row that has the focus stays.
    let before = drawer.text().await;
    page.wait_until("a new point changes the numbers or the curve", async || {
        drawer.text().await != before
            || page
                .script(
                    "return document.querySelector('.curve-line').getAttribute('d').length > 40",
                    &[],
                )
                .await
                == true
    })
    .await;
    assert!(task.has_focus().await, "the focus stays on the task");
    page.button("Pause").click().await;
    everywhere(&page, "metrics", async |page| {
        show_tab(page, "Metrics").await;
    })
    .await;
    page.ends_quietly().await;
}
