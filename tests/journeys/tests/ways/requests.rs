//! 4. A request flies along its route; without the group's rule it stops there, is explained, and the fix works.

use crate::networks::unfold;
use crate::steps::{
    canvas, delivered, drawer, editor, inspector, kept_scenario, more_delivered_than, network,
    opened, scan,
};
use fargate_journeys::{Key, Name, containing, starting};

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

/// The shipped scenario without its traffic, with a frontend that asks AWS for something for each request, and no task role to ask with.
async fn without_a_role() -> String {
    let mut kept = kept_scenario().await;
    if let Some(given) = kept.as_object_mut() {
        given.remove("given");
    }
    let entries = &mut kept["runs"][0]["entries"];
    let action = |entry: &serde_json::Value| entry["call"]["action"].clone();
    if let Some(entries) = entries.as_array_mut() {
        entries.retain(|entry| action(entry) != "playground:SetTraffic");
        for entry in entries.iter_mut() {
            if let Some(input) = entry["call"]["input"].as_object_mut() {
                input.remove("taskRoleArn");
            }
        }
        let image = serde_json::json!({ "at": 0, "call": { "action": "playground:PutImage", "input": {
            "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/fe",
            "behaviour": { "listens": [8080], "asks": ["request dynamodb:GetItem arn:aws:dynamodb:us-east-1:123456789012:table/scores"] },
        } } });
        // before the task, whose id it changes, and behind what it stands on
        let runs = entries.iter().position(|it| action(it) == "ecs:RunTask");
        entries.insert(runs.unwrap_or_default(), image);
    }
    kept.to_string()
}

#[tokio::test]
async fn a_request_that_is_answered_with_an_error_is_told_from_one_that_is_refused() {
    let page = opened(&without_a_role().await).await;
    let panel = network(&page).await;
    let requests = unfold(&panel, "Requests").await;
    let form = requests.the("form", "Send requests");
    form.the("combobox", "To")
        .choose(starting("scorekeep"))
        .await;
    form.the("textbox", "Port").set("8080").await;
    form.the("combobox", "How many").choose("Lasting").await;
    form.button("Send").click().await;

    let request = page.the("treeitem", starting("Request, answered with an error"));
    request.first().shown().await;
    canvas(&page).says("0 delivered").await;
    canvas(&page).says("error").await;
    canvas(&page).says("0 denied").await;
    inspector(&page).says("Answered with an error").await;
    page.button("Pause").click().await;
    let focus = "[...document.querySelectorAll('[role=treeitem]')].find((one) => one.textContent.startsWith('Request')).focus()";
    page.script(focus, &[]).await;
    page.press(Key::Enter).await;
    let popover = page.the("dialog", "Answered with 500");
    popover.says("answers 500").await;
    popover.says("NoCredentialsError").await;
    scan(&page, "a request that was answered with an error").await;
    popover.button("Why?").click().await;
    drawer(&page).says("was answered with 500.").await;
    page.ends_quietly().await;
}
