//! Wherever there is room for few tabs, all can be reached, and the page says that there are more.

use crate::steps::editor_on;
use fargate_journeys::{Key, Page, Screen};

const TABS: [&str; 10] = [
    "Timeline",
    "Events",
    "Logs",
    "Flow logs",
    "Reachability",
    "Metrics",
    "EventBridge",
    "ECS Exec",
    "Cost",
    "Why",
];

/// Whether the tab that has the focus is within its list.
async fn is_in_sight(page: &Page) -> bool {
    let script = "const tab = document.activeElement.getBoundingClientRect();
        const list = document.activeElement.closest('[role=tablist]').getBoundingClientRect();
        return tab.left >= list.left - 1 && tab.right <= list.right + 1 && tab.right <= innerWidth + 1";
    page.script(script, &[]).await == true
}

#[tokio::test]
async fn all_tabs_of_the_drawer_come_into_sight() {
    for screen in [Screen::DESK, Screen::SMALL, Screen::PHONE] {
        let page = editor_on(screen).await;
        if screen.phone {
            let pages = page.the("navigation", "Pages");
            pages.button("Timeline").click().await;
        }
        page.the("tab", "Timeline").click().await;
        for name in TABS {
            let tab = page.the("tab", fargate_journeys::starting(name));
            page.wait_until(&format!("{name} is in sight"), async || {
                tab.has_focus().await && is_in_sight(&page).await
            })
            .await;
            page.press(Key::Right).await;
        }
        page.ends_quietly().await;
    }
}

#[tokio::test]
async fn the_navigation_of_a_phone_fits_and_leads_to_all_pages() {
    let page = editor_on(Screen::PHONE).await;
    let pages = page.the("navigation", "Pages");
    for name in [
        "Define", "Network", "Images", "Access", "Canvas", "Timeline",
    ] {
        let button = pages.button(name);
        button.click().await;
        let fits = "const nav = document.querySelector('.bottom-nav');
            const at = document.querySelector('.bottom-nav [aria-current=page]').getBoundingClientRect();
            return nav.scrollWidth <= innerWidth && at.bottom <= innerHeight && at.top >= nav.getBoundingClientRect().top";
        assert_eq!(page.script(fits, &[]).await, true, "{name} is in sight");
    }
    page.ends_quietly().await;
}
