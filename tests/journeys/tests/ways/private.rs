//! 12. Nothing is sent anywhere, nothing is left behind, and it works from wherever it is put.

use crate::steps::{canvas, delivered, more_delivered_than, speed};
use fargate_journeys::{Page, Screen, containing};

#[tokio::test]
async fn after_loading_nothing_is_asked_for_but_the_panels_and_the_editor() {
    let page = Page::blank(Screen::DESK).await;
    page.open().await;
    let loaded = page.requests().await;
    let site = page.script("return location.href", &[]).await;
    let site = site.as_str().unwrap_or_default();
    assert!(
        site.ends_with("/sub/path/"),
        "the site is served from a sub-path: {site}"
    );
    let foreign: Vec<_> = loaded.iter().filter(|url| !url.starts_with(site)).collect();
    assert!(foreign.is_empty(), "all is of the site itself: {foreign:?}");
    assert!(
        !loaded
            .iter()
            .any(|url| url.contains("editor") || url.contains("panels")),
        "neither the editor nor the panels are loaded yet: {loaded:?}"
    );

    page.button("Send 100 requests").click().await;
    canvas(&page).shown().await;
    page.the("textbox", "Task definition JSON").shown().await;
    let first = delivered(&page).await;
    more_delivered_than(&page, first).await;
    page.wait_until("the code editor is there", async || {
        page.script("return !!document.querySelector('.cm-content')", &[])
            .await
            == true
    })
    .await;
    let editor = page.requests().await;
    let other: Vec<_> = editor
        .iter()
        .filter(|url| {
            let wanted = url.contains("editor") || url.contains("panels");
            !url.starts_with(site) || !wanted
        })
        .collect();
    assert!(
        other.is_empty(),
        "only the panels and the editor are fetched: {other:?}"
    );

    // A simulated hour with everything open asks for nothing more.
    speed(&page, "1,000×").await;
    page.the("tab", containing("Events")).click().await;
    page.the("tab", "Network").click().await;
    let now = delivered(&page).await;
    more_delivered_than(&page, now + 500).await;
    assert_eq!(
        page.requests().await,
        Vec::<String>::new(),
        "nothing more is asked for"
    );

    let cookies = page.script("return document.cookie", &[]).await;
    assert_eq!(cookies, "", "no cookies");
    let keys = page
        .script("return Object.keys(localStorage).sort()", &[])
        .await;
    let keys: Vec<&str> = keys
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|key| key.as_str())
        .collect();
    assert!(
        keys.iter()
            .all(|key| key.starts_with("fargate-playground.")),
        "{keys:?}"
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_policy_lets_nothing_foreign_in() {
    let page = Page::first_visit().await;
    let policy = page
        .script("return document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content ?? ''", &[])
        .await;
    let policy = policy.as_str().unwrap_or_default();
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
    ] {
        assert!(policy.contains(part), "{part} in '{policy}'");
    }
    page.ends_quietly().await;
}
