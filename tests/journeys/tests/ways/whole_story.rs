//! 18. One whole story without a mouse: an empty VPC, subnets, a route, a group, a rule, a task, a request that is refused, and its cure.

use crate::keyboard::go_to;
use crate::networks::press;
use crate::steps::{canvas, delivered, inspector, json, left, more_delivered_than, subnet};
use fargate_journeys::{Key, Page, containing, starting};

#[tokio::test]
async fn from_an_empty_vpc_to_a_request_that_arrives_without_a_mouse() {
    let page = Page::first_visit().await;
    press(&page, page.button(containing("Start from an empty VPC"))).await;
    inspector(&page).shown().await;

    // Two subnets, the second a zone further.
    go_to(&page, canvas(&page)).await;
    page.press("s").await;
    page.the("dialog", "Subnet in us-east-1a").shown().await;
    page.press(Key::Enter).await;
    subnet(&page, "Public subnet Public a").shown().await;
    page.press("s").await;
    let ask = page.the("dialog", starting("Subnet in us-east-1"));
    ask.shown().await;
    page.press(Key::Right).await;
    page.the("dialog", "Subnet in us-east-1b").shown().await;
    page.press(Key::Enter).await;
    subnet(&page, "Public subnet Public b").shown().await;

    // Their route to the gateway is taken out, and led there again.
    for (does, after) in [
        ("Remove the route", "Private subnet Public b"),
        ("Change both", "Public subnet Public b"),
    ] {
        page.press("t").await;
        page.the("application", "Route tool").shown().await;
        page.press(Key::Enter + Key::Enter).await;
        let ask = page.the("dialog", "Default route of Public b");
        press(&page, ask.button(does)).await;
        subnet(&page, after).shown().await;
    }

    // A group, and a rule from the Internet to it, on a port where nothing listens.
    page.press("g").await;
    page.the("application", "Security group tool").shown().await;
    page.press(Key::Enter).await;
    let ask = page.the("dialog", "An empty security group");
    ask.the("textbox", "Name").reach().await;
    page.press("web").await;
    page.press(Key::Enter).await;
    ask.gone().await;
    page.press("r").await;
    page.the("application", "Rule tool").shown().await;
    page.press(Key::Enter + Key::Left + Key::Enter).await;
    let ask = page.the("dialog", "Let Internet in to web");
    ask.the("textbox", "Port").reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.press("80").await;
    page.press(Key::Enter).await;
    ask.gone().await;

    // The definition is registered, and a task of it run in the first subnet.
    json(&page).await.shown().await;
    press(&page, left(&page).button("Register")).await;
    left(&page).says("is registered.").await;
    go_to(&page, canvas(&page)).await;
    page.press("k").await;
    page.the("application", "Task tool").shown().await;
    page.press(Key::Enter).await;
    let form = left(&page).the("region", "Run task");
    let group = form
        .the("group", "Security groups")
        .the("checkbox", starting("web"));
    if !group.is("checked").await {
        group.reach().await;
        page.press(" ").await;
    }
    press(&page, form.the("group", "Public IP").button("ENABLED")).await;
    press(&page, form.button("Run task").nth(1)).await;
    form.says("scorekeep:1 is starting.").await;
    page.the("combobox", "Speed").reach().await;
    page.press("100").await;
    subnet(&page, "Task scorekeep").shown().await;
    page.the("treeitem", containing("running"))
        .first()
        .shown()
        .await;
    page.the("combobox", "Speed").reach().await;
    page.press(Key::Home).await;

    // A request to the port of its container: nobody answers.
    page.the("tab", starting("Task definition")).reach().await;
    page.press(Key::Right).await;
    let requests = page.the("tabpanel", "Network").the("region", "Requests");
    press(&page, requests.button(starting("Requests"))).await;
    let form = requests.the("form", "Send requests");
    form.the("combobox", "From").reach().await;
    page.press("Internet").await;
    form.the("textbox", "Port").reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.press("8080").await;
    press(&page, form.button("Send")).await;
    let refused = page.the("treeitem", starting("Request, "));
    refused.first().shown().await;
    canvas(&page).says("10 denied").await;

    // It is opened, mended from its popover, and sent again.
    go_to(&page, canvas(&page)).await;
    page.wait_until("arrows lead to it", async || {
        let at = page
            .script("return document.activeElement.textContent", &[])
            .await;
        let at = at.as_str().unwrap_or_default().to_owned();
        if at.starts_with("Request, ") {
            return true;
        }
        let outermost = at.starts_with("Internet") || at.starts_with("VPC");
        page.press(if outermost { Key::Down } else { Key::Escape })
            .await;
        false
    })
    .await;
    page.press(Key::Enter).await;
    let popover = page.the("dialog", containing("web"));
    page.wait_until("Enter leads to the steps of it", async || {
        popover.has_focus().await
    })
    .await;
    let before = delivered(&page).await;
    press(&page, popover.button(containing("8080"))).await;
    popover.says("Done").await;
    press(&page, popover.button("Replay")).await;
    more_delivered_than(&page, before).await;
    page.ends_quietly().await;
}
