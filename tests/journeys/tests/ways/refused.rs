//! 16. Networks that cannot be: bad blocks, ports and protocols, circles and what is in use. AWS says why, and nothing is lost.

use crate::networks::unfold;
use crate::steps::{editor_on, network};
use fargate_journeys::{Key, Page, Screen, Thing, containing, starting};

/// The panel of a scenario with a task that runs, and its undo button, which names the last change.
async fn panel(page: &Page) -> Thing<'_> {
    page.button("Send 100 requests").click().await;
    network(page).await
}

/// Sends a form with each of these texts in a field; AWS refuses each with these words, and the text stays.
async fn refuses(form: &Thing<'_>, field: &'static str, send: &'static str, bad: &[(&str, &str)]) {
    for (text, words) in bad {
        form.the("textbox", field).set(text).await;
        form.button(send).click().await;
        form.says(words).await;
        assert_eq!(form.the("textbox", field).value().await, *text);
    }
}

#[tokio::test]
async fn blocks_that_cannot_be_are_refused_and_stay_typed() {
    let page = Page::first_visit().await;
    let panel = panel(&page).await;
    let before = page.button(starting("Undo")).name().await;

    let subnets = panel.the("region", "Subnets");
    subnets.button("Add subnet").click().await;
    let form = subnets.the("form", "Add subnet");
    let bad = [
        ("172.31.9.0/40", "InvalidParameterValue"),
        ("172.31.1.0/24", "InvalidSubnet.Conflict"),
        ("172.31.9.0/29", "InvalidSubnet.Range"),
        ("10.9.0.0/24", "InvalidSubnet.Range"),
        ("fd00::/64", "InvalidParameterValue"),
    ];
    refuses(&form, "Addresses", "Create subnet", &bad).await;

    let vpc = panel.the("region", "VPC");
    vpc.button("New VPC").click().await;
    let form = vpc.the("form", "New VPC");
    let bad = [
        ("10.0.0.0/8", "InvalidVpc.Range"),
        ("ten", "InvalidParameterValue"),
    ];
    refuses(&form, "Addresses", "Create VPC", &bad).await;

    let routes = unfold(&panel, "Route tables").await;
    routes.button(starting("Add route: ")).click().await;
    let form = routes.the("form", starting("Add route: "));
    form.the("combobox", "Destination")
        .choose("A block of addresses")
        .await;
    let bad = [
        ("0.0.0.0/33", "InvalidParameterValue"),
        ("172.31.7.0/24", "InvalidParameterValue"),
    ];
    refuses(&form, "Block", "Add route", &bad).await;
    assert_eq!(
        page.button(starting("Undo")).name().await,
        before,
        "nothing is changed"
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn ports_and_protocols_that_cannot_be_are_refused_and_stay_typed() {
    let page = Page::first_visit().await;
    let panel = panel(&page).await;
    let before = page.button(starting("Undo")).name().await;
    let groups = panel.the("region", "Security groups");
    groups.button("Add rule").first().click().await;
    let form = groups.the("form", starting("Add rule: "));
    let port = "A port is a number from 0 to 65,535.";
    let bad = [("many", port), ("65536", port), ("9000-", port)];
    refuses(&form, "Port", "Add rule", &bad).await;
    form.the("textbox", "Port").set("9010-9000").await;
    form.button("Add rule").click().await;
    form.says("InvalidParameterValue").await;
    form.says("(9010:9000)").await;
    // Another protocol has no port, and its block may be wrong all the same.
    form.the("combobox", "Protocol").choose("ICMP").await;
    form.the("combobox", "Source")
        .choose("A block of addresses")
        .await;
    let bad = [("10.0.0.0/33", "CIDR block 10.0.0.0/33 is malformed")];
    refuses(&form, "Block", "Add rule", &bad).await;

    let acls = unfold(&panel, "Network ACLs").await;
    acls.button(starting("Add entry: ")).click().await;
    let form = acls.the("form", starting("Add entry: "));
    let bad = [("443-80", "InvalidParameterValue"), ("http", port)];
    refuses(&form, "Ports", "Add entry", &bad).await;
    assert_eq!(
        page.button(starting("Undo")).name().await,
        before,
        "nothing is changed"
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn what_is_in_use_or_part_of_a_circle_stays_and_aws_says_why() {
    let page = Page::first_visit().await;
    let panel = panel(&page).await;

    // Two groups that let each other in.
    let groups = panel.the("region", "Security groups");
    for name in ["one", "two"] {
        groups.button("Add group").click().await;
        let form = groups.the("form", "Add security group");
        form.the("textbox", "Name").set(name).await;
        form.the("textbox", "Description")
            .set("half a circle")
            .await;
        form.button("Create group").click().await;
        form.gone().await;
    }
    for (place, other) in [(1, "Group two"), (2, "Group one")] {
        groups.button("Add rule").nth(place).click().await;
        let form = groups.the("form", starting("Add rule: "));
        form.the("combobox", "Source").choose(other).await;
        form.button("Add rule").click().await;
        form.gone().await;
    }
    for name in ["one", "two"] {
        groups
            .button(format!("More of {name}").as_str())
            .click()
            .await;
        groups
            .button(format!("Delete security group {name}").as_str())
            .click()
            .await;
        groups.says("DependencyViolation").await;
        groups
            .button(format!("More of {name}").as_str())
            .shown()
            .await;
    }

    // What the task stands on.
    let before = page.button(starting("Undo")).name().await;
    let subnets = panel.the("region", "Subnets");
    subnets.button("More of Public a").click().await;
    subnets.button("Delete subnet Public a").click().await;
    subnets.says("DependencyViolation").await;
    let gateways = unfold(&panel, "Gateways").await;
    gateways
        .button(starting("Detach internet gateway"))
        .click()
        .await;
    gateways.says("DependencyViolation").await;
    let tables = unfold(&panel, "Route tables").await;
    tables
        .button(starting("Delete route table"))
        .first()
        .click()
        .await;
    tables.says("DependencyViolation").await;
    let vpc = panel.the("region", "VPC");
    vpc.button(starting("More of")).click().await;
    vpc.button(starting("Delete VPC")).click().await;
    vpc.says("DependencyViolation").await;
    assert_eq!(
        page.button(starting("Undo")).name().await,
        before,
        "nothing is changed"
    );
    page.the("treeitem", containing("Public subnet Public a"))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_finger_that_rests_on_a_thing_opens_its_menu() {
    let page = editor_on(Screen::PHONE.still()).await;
    page.the("navigation", "Pages")
        .button("Canvas")
        .click()
        .await;
    let (x, y) = page.drawn("Public a").await;
    page.finger_down_at(x, y).await;
    let menu = page.the("menu", "What can be done here");
    menu.shown().await;
    page.finger_up().await;
    menu.the("menuitem", "Copy as CLI").shown().await;
    menu.the("menuitem", "Place a database").shown().await;
    page.press(Key::Escape).await;
    menu.gone().await;
    page.ends_quietly().await;
}
