//! 15. What stands in a VPC beside tasks: made by forms and keys alone, refused in AWS's words, and reached.

use crate::networks::{press, template, unfold};
use crate::steps::{drawer, empty_vpc, network, scan};
use fargate_journeys::{Key, Page, Screen, Thing, containing, starting};

/// Goes to a section's heading with Tab and opens it.
async fn open<'p>(page: &Page, panel: &Thing<'p>, title: &'static str) -> Thing<'p> {
    let section = panel.the("region", title);
    press(page, section.button(starting(title))).await;
    section
}

/// Goes to a list with Tab and chooses by typing.
async fn choose(page: &Page, form: &Thing<'_>, list: &'static str, typed: &str) {
    form.the("combobox", list).reach().await;
    page.press(typed).await;
}

/// Goes to boxes with Tab and ticks them.
async fn tick(page: &Page, form: &Thing<'_>, boxes: &[&'static str]) {
    for name in boxes {
        form.the("checkbox", *name).reach().await;
        page.press(" ").await;
    }
}

#[tokio::test]
async fn an_instance_behind_a_load_balancer_and_a_database_by_keys_alone() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    template(&page, "Default VPC").await;
    page.the("combobox", "Speed").choose("50×").await;
    page.button("Run").click().await;
    let panel = network(&page).await;

    // A group that lets HTTP in.
    let groups = panel.the("region", "Security groups");
    press(&page, groups.button("Add group")).await;
    let form = groups.the("form", "Add security group");
    form.the("textbox", "Name").reach().await;
    page.press("front").await;
    form.the("textbox", "Description").reach().await;
    page.press("Lets HTTP in").await;
    page.press(Key::Enter).await;
    form.gone().await;
    press(&page, groups.button(containing("Add rule"))).await;
    let form = groups.the("form", containing("Add rule"));
    form.the("textbox", "Port").set("80").await;
    press(&page, form.button("Add rule")).await;
    form.gone().await;

    // An instance.
    let instances = open(&page, &panel, "Instances").await;
    press(&page, instances.button("Run instance")).await;
    let form = instances.the("form", "Run instance");
    form.the("textbox", "Name").reach().await;
    page.press("web").await;
    choose(&page, &form, "Subnet", "Default a").await;
    tick(&page, &form, &["front"]).await;
    press(&page, form.button("Run instance")).await;
    form.gone().await;
    instances.says("running").await;

    // A target group of instances, the load balancer, its listener, the target.
    let balancers = open(&page, &panel, "Load balancers").await;
    press(&page, balancers.button("Add load balancer")).await;
    let form = balancers.the("form", "Add load balancer");
    tick(&page, &form, &["Default a", "front"]).await;
    press(&page, form.button("Create load balancer")).await;
    form.says("At least two subnets in two different Availability Zones must be specified")
        .await;
    tick(&page, &form, &["Default b"]).await;
    press(&page, form.button("Create load balancer")).await;
    form.gone().await;
    press(&page, balancers.button("Add target group")).await;
    let form = balancers.the("form", "Add target group");
    choose(&page, &form, "Its targets are", "Inst").await;
    press(&page, form.button("Create target group")).await;
    form.gone().await;
    press(&page, balancers.button("Add listener: web")).await;
    let form = balancers.the("form", starting("Add listener: "));
    press(&page, form.button("Create listener")).await;
    form.gone().await;
    balancers.says("forwards to web").await;
    press(&page, balancers.button("Register target: web")).await;
    let form = balancers.the("form", starting("Register target: "));
    press(&page, form.button("Register")).await;
    form.gone().await;
    balancers.says("Instance web").await;
    balancers.says("active").await;

    // A database, first without its subnet group: AWS says so and what was typed stays.
    let databases = open(&page, &panel, "Databases").await;
    press(&page, databases.button("Add database")).await;
    let database = databases.the("form", "Add database");
    database.the("textbox", "Port").reach().await;
    page.press("many").await;
    press(&page, database.button("Create database")).await;
    database.says("ParamValidation").await;
    assert_eq!(database.the("textbox", "Port").value().await, "many");
    database.the("textbox", "Port").set("5432").await;
    press(&page, database.button("Create database")).await;
    database.says("No default subnet detected in VPC").await;
    databases.button("Add DB subnet group").click().await;
    let form = databases.the("form", "Add DB subnet group");
    tick(&page, &form, &["Default a", "Default b"]).await;
    press(&page, form.button("Create DB subnet group")).await;
    form.gone().await;
    choose(&page, &database, "Engine", "postgres").await;
    press(&page, database.button("Create database")).await;
    database.gone().await;
    databases.says("orders").await;

    // Whoever asks the load balancer reaches the target.
    let reach = open(&page, &panel, "Reachability").await;
    let form = reach.the("form", "Can A reach B?");
    choose(&page, &form, "From", "Anyone").await;
    choose(&page, &form, "To", "Load balancer web").await;
    form.the("textbox", "Port").set("80").await;
    press(&page, form.button("Ask")).await;
    let answer = reach.the("group", "Answer");
    answer.says("Reachable").await;
    scan(&page, "what stands there, light").await;
    page.resize(Screen::DESK.dark().still()).await;
    scan(&page, "what stands there, dark").await;

    // AWS keeps what is in use; the refusal leads to it.
    balancers.button("Delete target group web").click().await;
    balancers.says("ResourceInUse").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn zones_hosts_and_file_systems_by_their_forms() {
    let page = empty_vpc().await;
    let panel = network(&page).await;
    panel.button("Add subnet").click().await;
    panel.button("Create subnet").click().await;

    let systems = unfold(&panel, "File systems").await;
    systems.button("Add file system").click().await;
    systems.the("textbox", "Name").set("shared").await;
    systems.button("Create file system").click().await;
    systems.says("No mount target").await;
    systems.button("Add mount target: shared").click().await;
    systems.button("Create mount target").click().await;
    systems.says("Mount target of shared").await;
    systems.says("creating").await;
    systems.button("Delete file system shared").click().await;
    systems.says("FileSystemInUse").await;

    let zones = unfold(&panel, "Private zones").await;
    zones.button("Add private zone").click().await;
    zones.button("Create private zone").click().await;
    zones.button("Put record: internal.example").click().await;
    let form = zones.the("form", starting("Put record: "));
    form.the("textbox", containing("Addresses"))
        .set("10.0.0.999")
        .await;
    form.button("Put record").click().await;
    form.says("InvalidChangeBatch").await;
    form.the("textbox", containing("Addresses"))
        .set("10.0.0.9")
        .await;
    form.button("Put record").click().await;
    zones.says("db.internal.example").await;

    let hosts = unfold(&panel, "Internet hosts").await;
    hosts.button("Add host").click().await;
    let form = hosts.the("form", "Add host");
    form.the("textbox", "Name").set("partner").await;
    form.the("textbox", "Address").set("10.1.1.1").await;
    form.button("Put host").click().await;
    form.says("is not one of the Internet").await;
    form.the("textbox", "Address").set("203.0.113.50").await;
    form.button("Put host").click().await;
    hosts.button("Take away host partner").shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn what_stands_in_a_subnet_is_edited_from_the_canvas_too() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    template(&page, "EC2 and Fargate").await;
    let tree = page.the("tree", "Network canvas");
    let tile = tree.the("treeitem", starting("EC2 instance"));
    tile.shown().await;
    let (x, y) = page.drawn("10.0.0.176").await;
    page.click_at(x, y).await;
    let inspector = page.the("complementary", "Inspector");
    inspector.says("Source/destination check").await;
    inspector
        .button(starting("Source/destination check off"))
        .click()
        .await;
    inspector
        .button(starting("Source/destination check on"))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_load_balancer_without_a_target_answers_503_where_it_stands_and_the_metrics_count_it() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    template(&page, "Default VPC").await;
    page.the("combobox", "Speed").choose("50×").await;
    page.button("Run").click().await;
    let panel = network(&page).await;
    let groups = panel.the("region", "Security groups");
    groups.button("Add group").click().await;
    let form = groups.the("form", "Add security group");
    form.the("textbox", "Name").set("front").await;
    form.the("textbox", "Description").set("Lets HTTP in").await;
    page.press(Key::Enter).await;
    form.gone().await;
    groups.button(containing("Add rule")).click().await;
    let form = groups.the("form", containing("Add rule"));
    form.the("textbox", "Port").set("80").await;
    form.button("Add rule").click().await;
    form.gone().await;
    let balancers = unfold(&panel, "Load balancers").await;
    balancers.button("Add load balancer").click().await;
    let form = balancers.the("form", "Add load balancer");
    for name in ["Default a", "Default b", "front"] {
        form.the("checkbox", name).click().await;
    }
    form.button("Create load balancer").click().await;
    form.gone().await;
    balancers.button("Add target group").click().await;
    let form = balancers.the("form", "Add target group");
    form.button("Create target group").click().await;
    form.gone().await;
    balancers.button("Add listener: web").click().await;
    let form = balancers.the("form", starting("Add listener: "));
    form.button("Create listener").click().await;
    form.gone().await;
    balancers.says("active").await;

    let requests = unfold(&panel, "Requests").await;
    let form = requests.the("form", "Send requests");
    form.the("combobox", "To").choose("load balancer web").await;
    form.the("combobox", "How many").choose("Lasting").await;
    form.button("Send").click().await;
    let request = page.the("treeitem", starting("Request, answered with an error"));
    request.first().shown().await;

    // CloudWatch counts an answer of the load balancer's own, and no request where no target was chosen.
    let tabs = page.the("tablist", "Drawer");
    tabs.the("tab", "Metrics").click().await;
    let metrics = drawer(&page);
    metrics.says("HTTPCode_ELB_5XX_Count").await;
    metrics.says("All requests").await;
    page.button("Pause").click().await;
    let focus = "[...document.querySelectorAll('[role=treeitem]')].find((one) => one.textContent.startsWith('Request')).focus()";
    page.script(focus, &[]).await;
    page.press(Key::Enter).await;
    let popover = page.the("dialog", "The load balancer answers 503");
    popover.says("Target group web").await;
    popover.says("no target is registered").await;
    scan(&page, "a load balancer without targets").await;
    page.ends_quietly().await;
}
