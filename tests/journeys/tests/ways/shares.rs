//! 5. The shares of CPU and memory: borrowing, the cap, weights, and the kill at the task's limit.

use crate::steps::{editor, fact, select_task, speed};
use fargate_journeys::{Key, Page, Thing, starting};

/// Waits until a slider says something.
async fn spoken(page: &Page, slider: &Thing<'_>, words: &str) {
    page.wait_until(&format!("{slider} says '{words}'"), async || {
        slider.value().await.contains(words)
    })
    .await;
}

#[tokio::test]
async fn cpu_is_shared_by_weight_and_lent_where_it_is_idle() {
    let page = editor().await;
    let inspector = select_task(&page).await;
    let cpu = inspector.the("region", "CPU");
    let frontend = cpu.the("slider", "frontend CPU demand");
    let api = cpu.the("slider", "api CPU demand");

    // Frontend alone may have all that api leaves.
    api.reach().await;
    page.press(Key::Home).await;
    spoken(&page, &api, "0 units wanted").await;
    frontend.reach().await;
    page.press(Key::End).await;
    spoken(&page, &frontend, "borrowed from api").await;
    cpu.says("gets 1,024").await;
    cpu.says("At the cap, 1 vCPU").await;

    // Both want everything: 256 to 768, as the definition says.
    api.reach().await;
    page.press(Key::End).await;
    spoken(&page, &api, "768 granted").await;
    spoken(&page, &frontend, "256 granted").await;

    // Digits type a value, and dragging does what keys do.
    page.press("300").await;
    spoken(&page, &api, "300 units wanted, 300 granted").await;
    spoken(&page, &frontend, "724 granted").await;
    frontend.drag(-120, 0).await;
    page.wait_until("dragging to the left lowers the demand", async || {
        frontend
            .value()
            .await
            .split(' ')
            .next()
            .is_some_and(|wanted| {
                wanted
                    .replace(',', "")
                    .parse::<u32>()
                    .is_ok_and(|wanted| wanted < 1_000)
            })
    })
    .await;
    cpu.says("Set by hand: frontend, api").await;
    cpu.button("Back to traffic").click().await;
    cpu.says_no_more("Set by hand").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn memory_beyond_the_tasks_limit_ends_in_a_kill_with_137() {
    let page = editor().await;
    let inspector = select_task(&page).await;
    let memory = inspector.the("region", "Memory");
    memory.says("512").await;
    let api = memory.the("slider", "api memory demand");
    api.reach().await;
    page.press(Key::End).await;
    page.press(Key::Enter).await;
    speed(&page, "10×").await;
    let why = inspector.the("region", "Why it stopped");
    why.shown().await;
    speed(&page, "100×").await;
    why.says("exit 137").await;
    let text = why.text().await;
    assert!(
        text.contains("Essential container in task exited"),
        "{text}"
    );
    assert_eq!(fact(&text, "api").as_deref(), Some("exit 137"), "{text}");
    page.the("tab", starting("Events")).click().await;
    page.the("region", starting("Events"))
        .says("OutOfMemory")
        .await;
    page.ends_quietly().await;
}
