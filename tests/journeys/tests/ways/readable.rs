//! 11. Every text can be read where it stands: none overlapped, clipped, under 12 pixels or beyond the window.

use crate::steps::{editor_on, json, network, paste, predict, select_task};
use fargate_journeys::{Page, Screen, containing, starting};

async fn check(page: &Page, place: &str) {
    let mut last = Vec::new();
    // What slides in is at its place within half a second; what lies wrong stays wrong.
    for _ in 0..12 {
        last = page.misprints().await;
        if last.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(120)).await;
    }
    page.fail(&format!("{place}:\n{}", last.join("\n"))).await;
}

#[tokio::test]
async fn the_page_is_as_high_as_its_window_and_never_moves_as_a_whole() {
    let page = editor_on(Screen::SMALL).await;
    json(&page).await;
    let beyond = "return document.scrollingElement.scrollHeight - innerHeight";
    assert_eq!(page.script(beyond, &[]).await, 0);
    page.ends_quietly().await;
}

async fn walk_through(screen: Screen, place: &str) {
    let page = Page::first_visit_on(screen).await;
    check(&page, &format!("first visit, {place}")).await;
    drop(page);
    let page = editor_on(screen).await;
    json(&page).await;
    check(&page, &format!("editor, {place}")).await;
    if screen.phone {
        for name in ["Network", "Timeline", "Canvas"] {
            page.the("navigation", "Pages").button(name).click().await;
            check(&page, &format!("{name}, {place}")).await;
        }
    } else {
        if page.the("navigation", "Panels").count().await == 1 {
            page.the("navigation", "Panels")
                .button("Network")
                .click()
                .await;
        } else {
            network(&page).await;
        }
        for tab in ["Events", "Cost", "Timeline"] {
            page.the("tab", starting(tab)).click().await;
            check(&page, &format!("network and {tab}, {place}")).await;
        }
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_lint_sees_what_cannot_be_read() {
    let page = Page::first_visit().await;
    check(&page, "before").await;
    for (style, fault) in [
        ("font-size: 9px; top: 300px", "is 9.0px"),
        (
            "width: 20px; white-space: nowrap; overflow: hidden; top: 300px",
            "is cut by",
        ),
        (
            "left: 1400px; top: 300px; white-space: nowrap",
            "beyond the window's edge",
        ),
    ] {
        let script = "const text = document.createElement('p'); text.id = 'planted'; text.textContent = 'A planted text that nobody can read';
            text.style = 'position: fixed; left: 600px;' + arguments[0]; document.body.append(text)";
        page.script(script, &[serde_json::json!(style)]).await;
        let found = page.misprints().await;
        assert!(
            found.iter().any(|one| one.contains(fault)),
            "{fault} in {found:?}"
        );
        page.script("document.getElementById('planted').remove()", &[])
            .await;
    }
    let twice = "const twin = document.querySelector('.intro h1').cloneNode(true); twin.textContent = 'Another heading';
        twin.style.marginTop = '-1em'; document.querySelector('.intro h1').after(twin)";
    page.script(twice, &[]).await;
    let found = page.misprints().await;
    assert!(
        found.iter().any(|one| one.contains("lie over each other")),
        "{found:?}"
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn on_a_desk() {
    walk_through(Screen::DESK, "1440 x 900").await;
}

#[tokio::test]
async fn on_a_desk_in_the_dark() {
    walk_through(Screen::DESK.dark(), "1440 x 900, dark").await;
}

#[tokio::test]
async fn on_a_small_laptop() {
    walk_through(Screen::SMALL, "1024 x 768").await;
}

#[tokio::test]
async fn on_a_phone() {
    walk_through(Screen::PHONE, "390 x 844").await;
}

#[tokio::test]
async fn with_a_task_selected() {
    let page = editor_on(Screen::DESK).await;
    select_task(&page).await;
    check(&page, "a task").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn with_a_prediction() {
    let page = editor_on(Screen::DESK).await;
    let inspector = select_task(&page).await;
    let cpu = inspector.the("region", "CPU");
    predict(&cpu, &page).await;
    check(&page, "a prediction").await;
    cpu.button("Run").click().await;
    cpu.says("1 of 2 right").await;
    check(&page, "what came of it").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn on_a_phone_in_the_dark() {
    walk_through(Screen::PHONE.dark(), "390 x 844, dark").await;
}

#[tokio::test]
async fn with_findings_and_the_steps_of_a_refused_request() {
    let page = Page::first_visit_on(Screen::DESK.still()).await;
    page.button("Send 100 requests").click().await;
    paste(&page, "{ “family“: \"x\", \"cpu\": 12, }").await;
    page.button(containing("problem")).click().await;
    check(&page, "findings").await;
    network(&page)
        .await
        .button(containing("from web"))
        .click()
        .await;
    page.the("dialog", containing("web")).shown().await;
    check(&page, "the steps").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn with_text_twice_as_large() {
    // Twice the text in the same window is half the window at the same text.
    let screen = Screen {
        width: 720,
        height: 450,
        ..Screen::DESK
    };
    let page = Page::first_visit_on(screen).await;
    check(&page, "first visit at 200 %").await;
    page.ends_quietly().await;
}
