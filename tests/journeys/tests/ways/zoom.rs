//! The timeline: less of it by keys, buttons and the wheel, and another run beside the one shown.

use crate::steps::{drawer, editor, everywhere, more_delivered_than, network, show_tab, to_tab};
use fargate_journeys::{Key, containing};

#[tokio::test]
async fn the_timeline_is_zoomed_by_keys_buttons_and_the_wheel() {
    let page = editor().await;
    more_delivered_than(&page, 0).await;
    page.button("Pause").click().await;
    to_tab(&page, "Timeline").await;
    let drawer = drawer(&page);
    let marker = drawer.the("slider", "Time");
    marker.reach().await;
    page.press("+").await;
    page.hears("The timeline shows").await;
    page.press("0").await;
    page.hears("The timeline shows 10:00:00").await;
    let less = drawer.button("Show less time");
    less.reach().await;
    page.press(Key::Enter).await;
    assert!(less.has_focus().await);
    assert!(!drawer.button("Show the whole run").is("disabled").await);
    drawer.button("Show the whole run").click().await;
    assert!(drawer.button("Show more time").is("disabled").await);
    let prevented = "const lanes = document.querySelector('.tl-lanes');
        const turn = new WheelEvent('wheel', { deltaY: -100, ctrlKey: true, bubbles: true, cancelable: true });
        lanes.dispatchEvent(turn);
        return turn.defaultPrevented";
    assert_eq!(
        page.script(prevented, &[]).await,
        true,
        "the page itself is not zoomed"
    );
    assert!(!drawer.button("Show more time").is("disabled").await);
    everywhere(&page, "the timeline", async |page| {
        show_tab(page, "Timeline").await;
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn another_run_is_shown_beside() {
    let page = editor().await;
    more_delivered_than(&page, 0).await;
    page.button("Pause").click().await;
    to_tab(&page, "Timeline").await;
    let drawer = drawer(&page);
    drawer.the("slider", "Time").reach().await;
    for _ in 0..2 {
        page.chord(&[Key::Shift], Key::Left).await;
    }
    network(&page)
        .await
        .the("region", "Security groups")
        .button(containing("from web"))
        .click()
        .await;
    let beside = drawer.the("combobox", "Beside");
    beside.reach().await;
    page.press(Key::Down).await;
    drawer.says("Both are the same up to").await;
    assert!(beside.has_focus().await);
    everywhere(&page, "another run beside", async |page| {
        show_tab(page, "Timeline").await;
    })
    .await;
    page.ends_quietly().await;
}
