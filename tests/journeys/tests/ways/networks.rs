//! 14. The network by its forms: NAT without a mouse, an ACL that blocks and is mended, templates, and whether A can reach B.

use crate::steps::{delivered, empty_vpc, more_delivered_than, network, scan};
use fargate_journeys::{Key, Page, Screen, Thing, containing, starting};

/// Opens a section that is folded, and gives it.
pub(crate) async fn unfold<'p>(panel: &Thing<'p>, title: &'static str) -> Thing<'p> {
    let section = panel.the("region", title);
    section.button(starting(title)).click().await;
    section
}

/// Goes to a button with Tab and presses it.
pub(crate) async fn press(page: &Page, button: Thing<'_>) {
    button.reach().await;
    page.press(Key::Enter).await;
}

/// Puts a template in the scenario's place.
pub(crate) async fn template(page: &Page, title: &str) {
    page.wait_until("the menu of the scenario is there", async || {
        let script =
            "const menu = document.getElementById('scenario-menu'); menu?.click(); return !!menu";
        page.script(script, &[]).await == true
    })
    .await;
    page.the("menuitem", "New from template").click().await;
    let dialog = page.the("dialog", "New from template");
    dialog
        .button(format!("Start from {title}").as_str())
        .click()
        .await;
    dialog.gone().await;
    page.button(starting(title)).shown().await;
}

#[tokio::test]
async fn private_subnets_behind_nat_are_made_by_forms_and_keys_alone() {
    let page = empty_vpc().await;
    let panel = page.the("tabpanel", "Network");
    page.the("tab", starting("Task definition")).reach().await;
    page.press(Key::Right).await;

    // Two subnets.
    let subnets = panel.the("region", "Subnets");
    press(&page, subnets.button("Add subnet")).await;
    press(&page, subnets.button("Create subnet")).await;
    subnets.says("Public a").await;
    press(&page, subnets.button("Add subnet")).await;
    subnets.the("textbox", "Name").reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.press("Private b").await;
    page.press(Key::Enter).await;
    subnets.says("Private b").await;

    // A NAT gateway in the public one.
    let gateways = panel.the("region", "Gateways");
    press(&page, gateways.button(starting("Gateways"))).await;
    press(&page, gateways.button("Add NAT gateway")).await;
    let form = gateways.the("form", "Add NAT gateway");
    form.the("combobox", "Subnet it stands in").reach().await;
    page.press("Public a").await;
    press(&page, form.button("Create NAT gateway")).await;
    form.gone().await;
    gateways.says("pending").await;

    // A route table that leads there, for the private one.
    let tables = panel.the("region", "Route tables");
    press(&page, tables.button(starting("Route tables"))).await;
    press(&page, tables.button("Add route table")).await;
    press(&page, tables.button("Create route table")).await;
    tables.the("form", "Add route table").gone().await;
    press(&page, tables.button("Add route: Private")).await;
    let form = tables.the("form", starting("Add route: "));
    form.the("combobox", "Target").reach().await;
    page.press("NAT").await;
    press(&page, form.button("Add route")).await;
    form.gone().await;
    press(&page, tables.button("Give to a subnet: Private")).await;
    let form = tables.the("form", starting("Give to a subnet: "));
    form.the("combobox", "Subnet").reach().await;
    page.press("Private b").await;
    press(&page, form.button("Give")).await;
    form.gone().await;
    subnets.says("default → nat").await;

    // AWS keeps what is in use, and says who uses it.
    press(&page, tables.button("Delete route table Private")).await;
    tables.says("DependencyViolation").await;
    tables.says("Give Private b another table").await;

    // One step back at a time.
    page.chord(&[Key::Control], 'z').await;
    subnets.says_no_more("default → nat").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn an_acl_that_blocks_is_found_and_mended() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    let panel = network(&page).await;
    let acls = unfold(&panel, "Network ACLs").await;
    acls.button("Add network ACL").click().await;
    acls.button("Create network ACL").click().await;
    acls.button("Give to a subnet: Private").click().await;
    acls.the("form", starting("Give to a subnet: "))
        .button("Give")
        .click()
        .await;
    page.the("dialog", containing("NACL")).shown().await;
    let before = delivered(&page).await;

    // The answer needs an entry of its own.
    for (way, ports) in [("Inbound", "8080"), ("Outbound", "1024-65535")] {
        acls.button("Add entry: Private").click().await;
        let form = acls.the("form", starting("Add entry: "));
        form.the("combobox", "Direction").choose(way).await;
        form.the("textbox", "Ports").set(ports).await;
        form.button("Add entry").click().await;
        form.gone().await;
    }
    acls.says("TCP 1024-65535 to 0.0.0.0/0").await;
    more_delivered_than(&page, before).await;
    page.the("tab", "Flow logs").click().await;
    let logs = page.the("tabpanel", "Flow logs");
    logs.says("REJECT").await;
    logs.the("searchbox", "Filter flow logs")
        .set("ACCEPT")
        .await;
    logs.says_no_more("REJECT").await;
    scan(&page, "the flow logs").await;

    // A number that is none is refused by AWS, and what was typed stays.
    acls.button("Add entry: Private").click().await;
    let form = acls.the("form", starting("Add entry: "));
    form.the("textbox", "Number").set("40000").await;
    form.the("textbox", "From or to").set("10.0.0.0/33").await;
    form.button("Add entry").click().await;
    form.says("InvalidParameterValue").await;
    assert_eq!(
        form.the("textbox", "From or to").value().await,
        "10.0.0.0/33"
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn each_template_opens() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    let panel = network(&page).await;
    for (title, says) in [
        ("Default VPC", "Default c"),
        (
            "The first-run wizard's VPC",
            "ECS default - Public Subnet 2",
        ),
        ("Public tasks", "Public b"),
        ("A bigger picture", "Subnet 3"),
        ("EC2 and Fargate", "Public 2"),
        ("Private tasks behind NAT", "default → nat"),
        ("Private tasks with endpoints only", "Private b"),
    ] {
        template(&page, title).await;
        panel.the("region", "Subnets").says(says).await;
        if title != "Default VPC" {
            let now = delivered(&page).await;
            more_delivered_than(&page, now).await;
        }
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn whether_a_can_reach_b_is_told_part_by_part() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    let panel = network(&page).await;
    template(&page, "Private tasks with endpoints only").await;
    let reach = unfold(&panel, "Reachability").await;
    let form = reach.the("form", "Can A reach B?");
    form.the("combobox", "From").choose(starting("Task")).await;
    form.button("Ask").click().await;
    let answer = reach.the("group", "Answer");
    answer.says("NO_ROUTE_TO_DESTINATION").await;
    answer.says("curl: (28) Connection timed out").await;
    form.the("textbox", "Address or name")
        .set("s3.us-east-1.amazonaws.com")
        .await;
    form.button("Ask").click().await;
    answer.says("Reachable").await;
    answer.says("The way back").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn requests_are_sent_to_a_name_and_lasting_traffic_is_stopped() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    let panel = network(&page).await;
    template(&page, "Private tasks behind NAT").await;
    let requests = unfold(&panel, "Requests").await;
    let form = requests.the("form", "Send requests");
    form.the("textbox", "Port").set("many").await;
    form.button("Send").click().await;
    form.says("Write whole numbers").await;
    form.the("combobox", "From")
        .choose(starting("scorekeep aa06"))
        .await;
    form.the("combobox", "To")
        .choose("An address or a name")
        .await;
    form.the("textbox", "Port").set("443").await;
    form.the("combobox", "How many").choose("Lasting").await;
    form.the("textbox", "Requests a second").set("2").await;
    form.button("Send").click().await;
    let lasting = requests.the("list", "Traffic that lasts");
    lasting
        .says("→ example.com on port 443, 2.0 a second")
        .await;
    lasting
        .button(containing("→ example.com on port 443"))
        .click()
        .await;
    lasting.says_no_more("example.com").await;
    // the way there, hop by hop
    let reach = unfold(&panel, "Reachability").await;
    let form = reach.the("form", "Can A reach B?");
    form.the("combobox", "From").choose(starting("Task")).await;
    form.the("combobox", "With")
        .choose(starting("traceroute"))
        .await;
    form.button("Ask").click().await;
    reach.the("group", "Answer").says("8 hops max").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_sections_stumble_nobody() {
    let page = Page::first_visit_on(Screen::DESK.still()).await;
    page.button("Send 100 requests").click().await;
    let panel = network(&page).await;
    template(&page, "Private tasks with endpoints only").await;
    for title in [
        "Route tables",
        "Network ACLs",
        "Gateways",
        "Addresses",
        "Endpoints",
        "Peering",
        "Prefix lists",
        "Instances",
        "Load balancers",
        "Databases",
        "File systems",
        "Private zones",
        "Internet hosts",
        "Interfaces",
        "Requests",
        "Reachability",
    ] {
        unfold(&panel, title).await;
    }
    for button in [
        "Add NAT gateway",
        "Add endpoint",
        "Add route: Private",
        "New VPC",
        "Run instance",
        "Add load balancer",
        "Add target group",
        "Add DB subnet group",
        "Add database",
        "Add file system",
        "Add private zone",
        "Add host",
    ] {
        panel.button(button).click().await;
    }
    panel.button(containing("More of Private a")).click().await;
    panel.button("Delete route table Private").click().await;
    panel
        .the("region", "Reachability")
        .button("Ask")
        .click()
        .await;
    scan(&page, "every section, light").await;
    page.resize(Screen::DESK.dark().still()).await;
    scan(&page, "every section, dark").await;
    page.resize(Screen::PHONE.still()).await;
    scan(&page, "every section, on a phone").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn forms_of_one_kind_in_several_rows_are_told_apart_by_their_names() {
    let page = Page::first_visit_on(Screen::DESK.still()).await;
    page.button("Send 100 requests").click().await;
    let panel = network(&page).await;
    template(&page, "Private tasks behind NAT").await;
    let groups = panel.the("region", "Security groups");
    groups.button("Add group").click().await;
    let form = groups.the("form", "Add security group");
    form.the("textbox", "Name").set("other").await;
    form.the("textbox", "Description").set("another").await;
    form.button("Create group").click().await;
    form.gone().await;
    let subnets = panel.the("region", "Subnets");
    for name in ["Public a", "Private a"] {
        subnets.button(format!("More of {name}")).click().await;
    }
    unfold(&panel, "Route tables").await;
    unfold(&panel, "Network ACLs").await;
    for (button, form) in [
        ("Add rule", "Add rule: "),
        ("Change table or ACL: ", "Change table or ACL: "),
        ("Add an IPv6 block: ", "Add an IPv6 block: "),
        ("Add route: ", "Add route: "),
        ("Give to a subnet: ", "Give to a subnet: "),
    ] {
        let buttons = panel.button(starting(button));
        // the last first: a form that is open has a button of that name too
        for place in [1, 0] {
            buttons.clone().nth(place).click().await;
        }
        let mut names = panel.the("form", starting(form)).names().await;
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 2, "{names:?}");
    }
    scan(&page, "two forms of each kind").await;
    page.ends_quietly().await;
}
