//! 5. The shares of CPU and memory: borrowing, the cap, weights, and the kill at the task's limit.

use crate::steps::{editor, fact, select_task, speed};
use fargate_journeys::{Key, Name, Page, Thing, starting};

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

#[tokio::test]
async fn shares_are_predicted_run_and_compared_without_a_mouse() {
    let page = editor().await;
    let inspector = select_task(&page).await;
    let cpu = inspector.the("region", "CPU");
    let mode = cpu.the("switch", "Predict first");
    mode.reach().await;
    page.press(" ").await;
    cpu.the("status", Name::Any)
        .says("nothing happens yet")
        .await;
    let run = cpu.button("Run");
    assert!(run.is("disabled").await, "nothing is marked yet");

    // What is wanted is drafted: the task goes on as it did.
    let undo = page.button(starting("Undo: "));
    let before = undo.name().await;
    for (slider, key) in [("frontend CPU demand", "1200"), ("api CPU demand", "300")] {
        cpu.the("slider", slider).reach().await;
        page.press(key).await;
        page.press(Key::Enter).await;
    }
    spoken(
        &page,
        &cpu.the("slider", "api CPU demand"),
        "300 units to be wanted",
    )
    .await;
    assert_eq!(undo.name().await, before, "nothing is sent");

    // Escape takes back what is being marked; Enter marks it.
    let frontend = cpu.the("slider", "frontend CPU, what you expect");
    frontend.reach().await;
    page.press("900").await;
    spoken(&page, &frontend, "900 units expected").await;
    page.press(Key::Escape).await;
    spoken(&page, &frontend, "not marked yet").await;
    page.press("256").await;
    page.press(Key::Enter).await;
    cpu.the("slider", "api CPU, what you expect").reach().await;
    page.press("300").await;
    page.press(Key::Enter).await;

    run.reach().await;
    page.press(Key::Enter).await;
    cpu.the("status", Name::Any)
        .says("You expected frontend to get 256 units; it got 724, because its share is 256 and api leaves 468 idle.")
        .await;
    cpu.says("You expected api to get 300 units, and it did")
        .await;
    cpu.says("1 of 2 right").await;
    cpu.says("expected 256, got 724").await;
    let again = cpu.button("Try again");
    page.wait_until("the way on has the focus", async || again.has_focus().await)
        .await;

    // Looking elsewhere loses nothing, and another try begins anew.
    page.press(Key::Enter).await;
    cpu.says_no_more("You expected").await;
    page.wait_until("Run has the focus", async || run.has_focus().await)
        .await;
    spoken(&page, &frontend, "not marked yet").await;

    // Who is killed can be foretold too, and what is marked outlives the task.
    let memory = inspector.the("region", "Memory");
    memory.the("switch", "Predict first").reach().await;
    page.press(" ").await;
    memory.the("slider", "frontend memory demand").reach().await;
    page.press("1900").await;
    page.press(Key::Enter).await;
    memory.the("combobox", "Who is killed?").reach().await;
    page.press("n").await;
    memory.button("Run").reach().await;
    page.press(Key::Enter).await;
    memory
        .says("You expected nobody to be killed; frontend was, at the task's limit of 2,048 MiB.")
        .await;
    memory.button("Try again").reach().await;
    page.press(Key::Enter).await;
    memory.says("Mark what at least one container gets.").await;
    inspector.the("region", "Why it stopped").shown().await;
    cpu.the("switch", "Predict first").reach().await;
    page.press(" ").await;
    cpu.says_no_more("nothing happens yet").await;
    page.ends_quietly().await;
}
