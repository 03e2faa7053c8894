//! What stands on the canvas is drawn anew: routes to any way out, tasks moved, subnets given other blocks, things placed and hidden;
//! each lasting thing by drag, by click alone and by keys alone, and each can be undone.

use crate::networks::template;
use crate::steps::{
    editor, empty_vpc, inspector, network, scan, speed, subnet, to_the_tree, tool, undo,
};
use fargate_journeys::{Key, Name, Page, Thing, containing, starting};

/// The network of private tasks behind a NAT gateway.
async fn behind_nat() -> Page {
    let page = empty_vpc().await;
    template(&page, "Private tasks behind NAT").await;
    page
}

/// The middle of a subnet's lower edge, by its name.
async fn edge(page: &Page, name: &str) -> (f64, f64) {
    page.drawn(name).await;
    let script = "const text = [...document.querySelectorAll('.n-subnet text')].find((text) => text.textContent === arguments[0]);
        const box = text.closest('.n-subnet').querySelector('rect').getBoundingClientRect();
        return [box.x + box.width / 2, box.bottom - 1]";
    let at = page.script(script, &[name.into()]).await;
    let number = |place: usize| at[place].as_f64().unwrap_or_default();
    (number(0), number(1))
}

/// A thing of the tree takes the focus, from where keys go on; how arrows lead there is another journey's matter.
async fn focus(page: &Page, thing: &Thing<'_>) {
    to_the_tree(page).await;
    let name = thing.name().await;
    let script = "[...document.querySelectorAll('#canvas [role=treeitem]')].find((item) => item.textContent.trim() === arguments[0])?.focus()";
    page.script(script, &[name.trim().into()]).await;
    page.wait_until("the thing has the focus", async || thing.has_focus().await)
        .await;
}

#[tokio::test]
async fn a_route_to_a_nat_gateway_by_drag_by_click_and_by_keys() {
    let page = behind_nat().await;
    let led = page.the("treeitem", containing("Private a, 10.0.1.0/24"));
    let lines = async || {
        let count = "return document.querySelectorAll('.n-routes title').length";
        page.script(count, &[]).await.as_u64().unwrap_or_default()
    };
    page.wait_until("both private subnets have a line", async || {
        lines().await == 2
    })
    .await;
    led.shown().await;

    // By drag: the route is there, so it can be taken out of both, and the lines go.
    tool(&page, "Route").click().await;
    let (from, to) = (page.drawn("Private a").await, page.drawn("nat a").await);
    page.drag_along(&[from, (from.0 + 30.0, from.1 - 20.0), to])
        .await;
    let ask = page.the("dialog", "Default route of Private a");
    ask.says("Also changes Private b").await;
    ask.button("Remove the route").click().await;
    page.wait_until("no line is left", async || lines().await == 0)
        .await;

    // By click, and back.
    tool(&page, "Route").click().await;
    page.click_at(from.0, from.1).await;
    page.click_at(to.0, to.1).await;
    ask.says("reaches the Internet, and nothing there reaches Private a")
        .await;
    ask.button("Change both").click().await;
    page.wait_until("the lines are back", async || lines().await == 2)
        .await;
    undo(&page).await;
    page.wait_until("and gone again", async || lines().await == 0)
        .await;

    // By keys: the subnet, then the way out.
    let private = page.the("treeitem", containing("subnet Private a"));
    focus(&page, &private).await;
    page.press("t").await;
    page.the("application", "Route tool").shown().await;
    page.press(Key::Enter).await;
    page.press(Key::Right).await;
    page.hears("From Private a to NAT gateway nat a?").await;
    page.press(Key::Enter).await;
    page.wait_until("the button has the focus", async || {
        ask.button("Change both").has_focus().await
    })
    .await;
    page.press(Key::Enter).await;
    page.wait_until("the lines are there", async || lines().await == 2)
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_way_out_is_placed_led_to_and_deleted() {
    let page = behind_nat().await;
    // By a right click on the VPC's tab.
    let (x, y) = page.drawn("VPC").await;
    page.right_click_at(x, y).await;
    let menu = page.the("menu", "What can be done here");
    menu.the("menuitem", "Place an egress-only gateway")
        .click()
        .await;
    let egress = page.the("treeitem", "Egress-only gateway");
    egress.shown().await;

    // By keys.
    let vpc = page.the("treeitem", starting("VPC"));
    focus(&page, &vpc).await;
    page.chord(&[Key::Shift], Key::F10).await;
    menu.shown().await;
    page.press(Key::Down + Key::Down + Key::Down).await;
    page.press(Key::Enter).await;
    let endpoint = page.the("treeitem", "Gateway endpoint s3");
    endpoint.shown().await;

    // It is selected by a click, and its routes are taken out and put back by the tool.
    let (x, y) = page.drawn("s3").await;
    page.click_at(x, y).await;
    inspector(&page).says("On the VPC's edge").await;
    tool(&page, "Route").click().await;
    let (from, to) = (page.drawn("Private a").await, page.drawn("s3").await);
    page.drag_along(&[from, (from.0 + 30.0, from.1 - 20.0), to])
        .await;
    let ask = page.the(
        "dialog",
        starting("Route of Private a to Gateway endpoint s3"),
    );
    ask.button("Remove the route").click().await;
    ask.gone().await;
    undo(&page).await;

    // Deleted by a key.
    focus(&page, &endpoint).await;
    page.press(Key::Delete).await;
    endpoint.gone().await;
    page.chord(&[Key::Control], 'z').await;
    endpoint.shown().await;
    page.ends_quietly().await;
}

/// The shipped task, and a second subnet.
async fn two_subnets() -> Page {
    let page = editor().await;
    tool(&page, "Subnet").click().await;
    let (x, y) = page.drawn("us-east-1b").await;
    page.drag_along(&[(x, y), (x, y + 60.0), (x, y + 200.0)])
        .await;
    subnet(&page, "Public b").shown().await;
    page
}

#[tokio::test]
async fn a_task_is_moved_by_drag_by_click_and_by_keys() {
    let page = two_subnets().await;
    let ask = page.the("dialog", starting("Move scorekeep:1"));
    let there = page.the("treeitem", containing("in Public b, groups"));

    // By drag of its card. What it takes is said, and done as one edit.
    let (from, to) = (
        page.drawn("scorekeep:1").await,
        page.drawn("Public b").await,
    );
    page.drag_along(&[from, (from.0 + 40.0, from.1 + 20.0), to])
        .await;
    ask.says("A running task cannot move: its interface stays in Public a.")
        .await;
    ask.button("Stop here, run again in Public b").click().await;
    there.shown().await;
    undo(&page).await;
    there.gone().await;

    // Escape puts it back.
    page.drag_along(&[from, (from.0 + 40.0, from.1 + 20.0), to])
        .await;
    ask.shown().await;
    page.press(Key::Escape).await;
    ask.gone().await;
    assert!(tool(&page, "Select").is("pressed").await);

    // By click: the menu, then the subnet.
    page.right_click_at(from.0, from.1).await;
    let menu = page.the("menu", "What can be done here");
    menu.the("menuitem", "Move to").click().await;
    page.the("application", "Move task tool").shown().await;
    page.click_at(to.0, to.1).await;
    ask.button("Stop here, run again in Public b").click().await;
    there.shown().await;
    undo(&page).await;
    there.gone().await;

    // By keys.
    let task = page.the("treeitem", starting("Task scorekeep"));
    focus(&page, &task).await;
    page.press("m").await;
    page.the("application", "Move task tool").shown().await;
    page.hears("Moving scorekeep:1. Public b, 251 free. Arrow keys to choose, Enter to drop, Escape to cancel.").await;
    page.press(Key::Enter).await;
    page.wait_until("the button has the focus", async || {
        ask.button("Stop here, run again in Public b")
            .has_focus()
            .await
    })
    .await;
    scan(&page, "the question before a move").await;
    page.press(Key::Enter).await;
    there.shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_subnet_gets_another_block_by_its_edge_by_a_list_and_by_keys() {
    let page = two_subnets().await;
    let ask = page.the("dialog", "Resize Public b");
    let larger = subnet(&page, "Public b, 172.31.2.0/23, 507 free");

    // By drag of the lower edge: a step further down is twice as large.
    let (x, y) = edge(&page, "Public b").await;
    page.drag_along(&[(x, y), (x, y - 20.0), (x, y - 48.0)])
        .await;
    ask.says("172.31.2.0/25, 123 free").await;
    ask.button("Delete and create").click().await;
    subnet(&page, "Public b, 172.31.2.0/25, 123 free")
        .shown()
        .await;
    undo(&page).await;

    // By click on the edge, and the list of sizes. 172.31.3.0/24, the other half, is free.
    let (x, y) = edge(&page, "Public b").await;
    page.click_at(x, y).await;
    ask.the("combobox", "Size")
        .choose("/23, 507 addresses")
        .await;
    ask.button("Delete and create").click().await;
    larger.shown().await;
    undo(&page).await;
    larger.gone().await;

    // By keys.
    let card = subnet(&page, "subnet Public b");
    focus(&page, &card).await;
    page.chord(&[Key::Shift], 'E').await;
    ask.shown().await;
    page.press(Key::Up).await;
    ask.says("172.31.2.0/23, 507 free").await;
    scan(&page, "the question before another block").await;
    page.press(Key::Enter).await;
    larger.shown().await;
    page.chord(&[Key::Control], 'z').await;
    larger.gone().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_subnet_is_split_and_merged_and_one_in_use_stops_its_tasks_first() {
    let page = two_subnets().await;
    let menu = page.the("menu", "What can be done here");
    let (x, y) = page.drawn("Public b").await;
    page.right_click_at(x, y).await;
    menu.the("menuitem", "Split").click().await;
    let ask = page.the("dialog", "Split Public b");
    ask.says("172.31.2.0/25, 123 free and 172.31.2.128/25, 123 free")
        .await;
    ask.button("Delete and create").click().await;
    subnet(&page, "Public b 2, 172.31.2.128/25").shown().await;

    // The halves are merged by keys.
    let half = subnet(&page, "subnet Public b 2");
    focus(&page, &half).await;
    page.chord(&[Key::Shift], Key::F10).await;
    menu.shown().await;
    page.press(Key::Down + Key::Down + Key::Down + Key::Down)
        .await;
    page.press(Key::Enter).await;
    let ask = page.the("dialog", "Merge Public b 2");
    ask.says("172.31.2.0/24, 251 free").await;
    ask.button("Delete and create").click().await;
    subnet(&page, "172.31.2.0/24, 251 free").shown().await;

    // One in use: what is replaced is said first, and the task runs again in what comes.
    let (x, y) = page.drawn("Public a").await;
    page.right_click_at(x, y).await;
    menu.the("menuitem", "Split").click().await;
    let ask = page.the("dialog", "Split Public a");
    ask.says("1 task will be replaced").await;
    ask.button("Stop 1 task").click().await;
    ask.says("1 task is stopping").await;
    speed(&page, "100×").await;
    page.wait_until("its interface is gone", async || {
        !ask.text().await.contains("is stopping")
    })
    .await;
    speed(&page, "1×").await;
    ask.button("Delete, create, run 1 task again").click().await;
    subnet(&page, "Public a, 172.31.1.0/25").shown().await;
    page.the("treeitem", containing("provisioning"))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn things_are_placed_hidden_shown_again_and_asked_who_they_reach() {
    let page = two_subnets().await;
    let menu = page.the("menu", "What can be done here");
    let place = async |words: &'static str| {
        let (x, y) = page.drawn("Public a").await;
        page.right_click_at(x, y).await;
        menu.the("menuitem", words).click().await;
    };
    // Where there is something to choose, its form offers what fits the place.
    place("Place a load balancer").await;
    let form = page.the("form", "Add load balancer");
    page.wait_until("the first field has the focus", async || {
        form.the("textbox", "Name").has_focus().await
    })
    .await;
    form.the("combobox", "Type")
        .choose(starting("Network"))
        .await;
    form.button("Create load balancer").click().await;
    form.gone().await;
    let balancer = page.the("treeitem", starting("Load balancer"));
    page.wait_until("an address in each zone", async || {
        balancer.count().await == 2
    })
    .await;
    place("Place a database").await;
    let form = page.the("form", "Add database");
    form.says("A new one: Public a, ").await;
    form.the("combobox", "Engine").choose("postgres").await;
    form.button("Create database").click().await;
    form.gone().await;
    let database = page.the("treeitem", starting("Database db"));
    database.shown().await;
    place("Place a NAT gateway").await;
    page.the("treeitem", starting("NAT gateway")).shown().await;

    // Where it cannot stand, the reason is said.
    undo(&page).await;
    page.the("treeitem", starting("NAT gateway")).gone().await;
    to_the_tree(&page).await;

    // Hidden by the menu, shown by a button: it was never gone.
    let (x, y) = page.drawn("db").await;
    page.right_click_at(x, y).await;
    menu.the("menuitem", "Hide").click().await;
    database.gone().await;
    page.button("Show 1 hidden").click().await;
    database.shown().await;

    // Traced by a key: the question opens with the task as its sender.
    let task = page.the("treeitem", starting("Task scorekeep"));
    focus(&page, &task).await;
    page.press("x").await;
    let section = network(&page).await.the("region", "Reachability");
    let form = section.the("form", "Can A reach B?");
    form.shown().await;
    assert!(
        form.the("combobox", "From")
            .value()
            .await
            .starts_with("Task scorekeep")
    );
    scan(&page, "the canvas with a load balancer").await;
    page.the("application", Name::Any).gone().await;
    page.ends_quietly().await;
}
