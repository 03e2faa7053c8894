//! Logs on every screen: followed or held, filtered, sent on.

use crate::steps::{drawer, editor, everywhere, run_logged, show_tab, to_tab};
use fargate_journeys::Key;

#[tokio::test]
async fn logs_are_held_filtered_and_sent_on_by_keyboard() {
    let page = editor().await;
    run_logged(&page).await;
    to_tab(&page, "Logs").await;
    let drawer = drawer(&page);
    let follow = drawer.button("Follow");
    follow.reach().await;
    page.press(Key::Enter).await;
    assert!(!follow.is("pressed").await);
    page.press(Key::Enter).await;
    assert!(follow.is("pressed").await);
    drawer.button("Download").reach().await;
    page.press(Key::Enter).await;

    page.script(
        "document.querySelector('.logs-forward summary').focus()",
        &[],
    )
    .await;
    page.press(Key::Enter).await;
    let send = drawer.button("Send lines on").first();
    send.reach().await;
    page.press(Key::Enter).await;
    let form = drawer.the("form", "Send lines on");
    let pattern = form.the("textbox", "Filter pattern");
    pattern.reach().await;
    page.press("{ $.level = ").await;
    form.button("Send lines on").reach().await;
    page.press(Key::Enter).await;
    form.says("InvalidParameterException").await;
    to_tab(&page, "Events").await;
    to_tab(&page, "Logs").await;
    assert_eq!(pattern.value().await, "{ $.level = ");
    everywhere(&page, "logs", async |page| show_tab(page, "Logs").await).await;
    page.ends_quietly().await;
}
