//! ECS Exec: refused where the task was not run for it, a shell where it was, without a mouse.

use crate::steps::{drawer, editor, everywhere, run_logged, show_tab, to_tab};
use fargate_journeys::{Key, containing, starting};

#[tokio::test]
async fn a_shell_is_refused_opened_and_ended_by_keyboard() {
    let page = editor().await;
    run_logged(&page).await;
    to_tab(&page, "ECS Exec").await;
    let drawer = drawer(&page);
    let container = drawer.the("combobox", "Container");
    container.choose(containing("run without ECS Exec")).await;
    let open = drawer.button("Open a shell");
    open.reach().await;
    page.press(Key::Enter).await;
    drawer
        .says("The execute command failed because execute command was not enabled")
        .await;
    container.choose(containing("logged")).await;
    open.reach().await;
    page.press(Key::Enter).await;
    let line = drawer.the("textbox", "Command line");
    page.wait_until("the line has the focus", async || line.has_focus().await)
        .await;
    page.press("ps").await;
    page.press(Key::Enter).await;
    page.press("half a li").await;
    page.press(Key::Up).await;
    assert_eq!(line.value().await, "ps");
    page.press(Key::Down).await;
    assert_eq!(
        line.value().await,
        "half a li",
        "what was begun is there again"
    );
    everywhere(&page, "the shell", async |page| {
        show_tab(page, "ECS Exec").await;
    })
    .await;
    line.reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.press("exit").await;
    page.press(Key::Enter).await;
    drawer
        .the("form", starting("Start ECS Exec"))
        .says("The shell is closed.")
        .await;
    page.wait_until(
        "the focus stays where another shell is opened",
        async || drawer.the("form", "Start ECS Exec").has_focus().await,
    )
    .await;
    page.ends_quietly().await;
}
