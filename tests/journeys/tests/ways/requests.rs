//! 4. A request flies along its route; without the group's rule it stops there, is explained, and the fix works.

use crate::steps::{canvas, delivered, editor, more_delivered_than, network};
use fargate_journeys::{Name, containing, starting};

#[tokio::test]
async fn a_request_stops_where_the_rule_is_missing_and_the_fix_lets_it_through() {
    let page = editor().await;
    let before = delivered(&page).await;
    more_delivered_than(&page, before).await;

    // The canvas names the things in the order of their places.
    let names = page.the("treeitem", Name::Any).names().await;
    for part in [
        "Internet",
        "Internet gateway",
        "VPC",
        "Zone us-east-1a",
        "Public a",
        "Task scorekeep",
        "frontend",
        "api",
    ] {
        assert!(
            names.iter().any(|name| name.contains(part)),
            "{part} in {names:?}"
        );
    }

    let groups = network(&page).await.the("region", "Security groups");
    groups.button(containing("from web")).click().await;
    groups.says("In: nothing. No rule lets anything in.").await;

    // The traffic that goes on is refused now; a click on the octagon opens the steps.
    page.the("treeitem", starting("Request, denied"))
        .first()
        .shown()
        .await;
    let octagon = "const mark = document.querySelector('.n-deny'); if (!mark) return null;
        const box = mark.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2];";
    let popover = page.the("dialog", containing("web"));
    page.wait_until("a click on the octagon opens the steps", async || {
        let place = page.script(octagon, &[]).await;
        if let (Some(x), Some(y)) = (place[0].as_f64(), place[1].as_f64()) {
            page.click_at(x, y).await;
        }
        popover.count().await == 1
    })
    .await;
    let steps = popover.text().await;
    for part in ["web", "8080"] {
        assert!(steps.contains(part), "{part} in {steps}");
    }
    assert!(
        popover.the("listitem", Name::Any).count().await >= 3,
        "{steps}"
    );
    let decided = popover.the("listitem", containing("refused"));
    assert!(decided.count().await <= 1, "{steps}");

    let refused = delivered(&page).await;
    let fix = popover.button(containing("8080"));
    fix.click().await;
    popover.says("Done").await;
    groups.says_no_more("In: nothing").await;
    popover.button("Replay").click().await;
    more_delivered_than(&page, refused).await;
    canvas(&page).says("denied").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn an_undone_removal_lets_requests_through_again() {
    let page = editor().await;
    let groups = network(&page).await.the("region", "Security groups");
    groups.button(containing("from web")).click().await;
    page.the("treeitem", starting("Request, denied"))
        .first()
        .shown()
        .await;
    let refused = delivered(&page).await;
    page.button(starting("Undo: ")).click().await;
    groups.says_no_more("In: nothing").await;
    more_delivered_than(&page, refused).await;
    page.ends_quietly().await;
}
