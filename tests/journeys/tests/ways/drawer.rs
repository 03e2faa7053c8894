//! What the network did and allows, in the drawer: flow logs, who reaches whom, and what a change closed.

use crate::steps::{clock, editor, editor_on, inspector, more_delivered_than, network};
use fargate_journeys::{Key, Page, Screen, Thing, containing, starting};

/// The button that removes the rule which lets requests in.
async fn remove_rule(page: &Page) {
    let network = network(page).await;
    let groups = network.the("region", "Security groups");
    groups.button(containing("from web")).click().await;
    groups.says("In: nothing").await;
}

fn drawer(page: &Page) -> Thing<'_> {
    page.the("region", "Drawer")
}

#[tokio::test]
async fn flow_logs_are_found_filtered_and_followed_without_a_mouse() {
    let page = editor().await;
    more_delivered_than(&page, 0).await;
    page.the("tab", "Timeline").reach().await;
    for _ in 0..3 {
        page.press(Key::Right).await;
    }
    assert!(page.the("tab", "Flow logs").has_focus().await);
    let logs = drawer(&page).the("region", starting("Flow logs"));
    logs.says("ACCEPT").await;
    logs.says("log-status").await;

    let filter = drawer(&page).the("searchbox", "Filter flow logs");
    filter.reach().await;
    page.press("reject").await;
    drawer(&page).says("No record has “reject”.").await;
    drawer(&page).button("Clear the filter").reach().await;
    page.press(Key::Enter).await;
    assert!(filter.has_focus().await, "the filter is there to type anew");
    page.press("8080 accept").await;
    logs.says("ACCEPT").await;
    assert!(!logs.text().await.contains("NODATA"));

    logs.button(starting("eni-")).first().reach().await;
    page.press(Key::Enter).await;
    inspector(&page).the("region", "Lifecycle").shown().await;

    remove_rule(&page).await;
    filter.set("8080 reject").await;
    logs.says("REJECT").await;
    assert!(!logs.text().await.contains("ACCEPT"));
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_internet_no_longer_reaches_what_a_removed_rule_exposed() {
    let page = editor().await;
    more_delivered_than(&page, 0).await;
    page.button("Pause").click().await;
    clock(&page).says("Live").await;
    page.the("tab", "Reachability").click().await;
    let exposed = drawer(&page).the("region", "Exposed to the Internet");
    exposed.says("scorekeep").await;
    exposed.says("TCP 8080").await;
    let matrix = drawer(&page).the("region", "Who reaches whom");
    matrix.says("the Internet").await;
    matrix
        .the("combobox", "Protocol and port")
        .choose("TCP 8080")
        .await;
    drawer(&page)
        .the("region", "Reachable from this group")
        .says("web")
        .await;

    let changes = drawer(&page).the("region", "Changes");
    changes.button("From this moment").click().await;
    changes.says("This change opened and closed nothing.").await;
    remove_rule(&page).await;
    exposed.says("Nothing.").await;
    page.button("Step on one event").click().await;
    changes
        .the("combobox", "Compare with")
        .choose(starting("Before the last edit"))
        .await;
    changes.says("This change closed 1 flow.").await;
    changes
        .says("the Internet no longer reaches scorekeep")
        .await;

    page.button(starting("Undo: ")).click().await;
    exposed.says("TCP 8080").await;
    exposed.button(starting("scorekeep")).click().await;
    inspector(&page).the("region", "Lifecycle").shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn axe_finds_nothing_in_either_tab() {
    let page = editor_on(Screen::DESK).await;
    more_delivered_than(&page, 0).await;
    remove_rule(&page).await;
    for tab in ["Flow logs", "Reachability"] {
        page.the("tab", tab).click().await;
        for (screen, name) in [
            (Screen::DESK, "light"),
            (Screen::DESK.dark(), "dark"),
            (Screen::PHONE, "phone"),
        ] {
            page.resize(screen).await;
            if screen.phone {
                page.the("navigation", "Pages")
                    .button("Timeline")
                    .click()
                    .await;
                page.the("tab", tab).click().await;
            }
            let stumbles = page.stumbles().await;
            if !stumbles.is_empty() {
                page.fail(&format!("{tab}, {name}: {}", stumbles.join("\n")))
                    .await;
            }
        }
        page.resize(Screen::DESK).await;
    }
    page.ends_quietly().await;
}
