//! The canvas is drawn on: each lasting thing by drag, by click alone and by keys alone, and each can be undone.

use crate::steps::{
    canvas, editor, editor_on, inspector, network, speed, subnet, to_the_tree, tool, undo,
};
use fargate_journeys::{Key, Name, Page, Screen, containing, starting};

/// A group that nothing wears, by the tool's keys.
async fn make_group(page: &Page, name: &str) {
    to_the_tree(page).await;
    page.press("g").await;
    page.the("application", "Security group tool").shown().await;
    page.press(Key::Enter).await;
    let ask = page.the("dialog", "An empty security group");
    ask.the("textbox", "Name").set(name).await;
    page.press(Key::Enter).await;
    ask.gone().await;
}

#[tokio::test]
async fn a_subnet_by_drag_by_click_and_by_keys() {
    let page = editor().await;

    // By drag: the further down, the larger; nothing is there before the button is let go.
    tool(&page, "Subnet").click().await;
    let (x, y) = page.drawn("us-east-1b").await;
    page.drag_along(&[(x, y), (x, y + 60.0), (x, y + 200.0)])
        .await;
    subnet(&page, "172.31.2.0/24, 251 free").shown().await;
    assert!(
        tool(&page, "Select").is("pressed").await,
        "the tool is put down"
    );
    undo(&page).await;
    subnet(&page, "172.31.2.0/24").gone().await;

    // By click: the popover asks for the size.
    tool(&page, "Subnet").click().await;
    let (x, y) = page.drawn("us-east-1c").await;
    page.click_at(x, y).await;
    let ask = page.the("dialog", "Subnet in us-east-1c");
    ask.the("combobox", "Size")
        .choose("/26, 59 addresses")
        .await;
    ask.button("Create subnet").click().await;
    subnet(&page, "Public c, 172.31.2.0/26, 59 free")
        .shown()
        .await;
    undo(&page).await;
    subnet(&page, "172.31.2.0/26").gone().await;

    // By keys: zone, size, Enter. The new subnet has the focus.
    to_the_tree(&page).await;
    page.press("s").await;
    page.the("application", "Subnet tool").shown().await;
    page.the("dialog", "Subnet in us-east-1a").shown().await;
    page.press(Key::Right + Key::Up).await;
    page.press(Key::Enter).await;
    let made = subnet(&page, "Public b, 172.31.2.0/23, 507 free");
    made.shown().await;
    page.wait_until("the new subnet has the focus", async || {
        made.has_focus().await
    })
    .await;
    page.chord(&[Key::Control], 'z').await;
    made.gone().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_block_that_overlaps_is_told_with_one_that_is_free_and_escape_gives_up() {
    let page = editor().await;
    to_the_tree(&page).await;
    page.press("s").await;
    let ask = page.the("dialog", "Subnet in us-east-1a");
    ask.shown().await;
    page.press(Key::Tab).await;
    page.chord(&[Key::Control], 'a').await;
    page.press("172.31.1.128/25").await;
    ask.says("172.31.1.128/25 overlaps Public a, 172.31.1.0/24.")
        .await;
    assert!(ask.the("textbox", "Addresses").is("invalid").await);
    page.press(Key::Enter).await;
    ask.button("Use 172.31.2.0/25").click().await;
    assert_eq!(
        ask.the("textbox", "Addresses").value().await,
        "172.31.2.0/25"
    );
    page.press(Key::Escape).await;
    ask.gone().await;
    assert_eq!(
        page.the("treeitem", containing("subnet")).count().await,
        3,
        "one subnet, two places for others"
    );
    page.press(Key::Escape).await;
    page.the("application", Name::Any).gone().await;
    assert!(
        canvas(&page).has_focus().await,
        "the tree has the focus again"
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_rule_by_drag_by_click_and_by_keys() {
    let page = editor().await;
    make_group(&page, "jobs").await;
    let groups = network(&page).await.the("region", "Security groups");

    // By drag, from the Internet: the ports of the task are offered, and everyone is warned of.
    tool(&page, "Rule").click().await;
    let (from, to) = (page.drawn("Internet").await, page.drawn("web").await);
    page.drag_along(&[from, (from.0 + 20.0, from.1 + 60.0), to])
        .await;
    let ask = page.the("dialog", "Let Internet in to web");
    assert_eq!(ask.the("textbox", "Port").value().await, "5000");
    ask.says("Everyone on the Internet may use port 5000.")
        .await;
    page.press(Key::Enter).await;
    groups.says("TCP 5000 from anywhere").await;
    undo(&page).await;
    groups.says_no_more("TCP 5000 from anywhere").await;

    // By click: one, then the other. A rule that is there is refused in AWS's words, and nothing typed is lost.
    tool(&page, "Rule").click().await;
    page.click_at(from.0, from.1).await;
    page.click_at(to.0, to.1).await;
    ask.the("textbox", "Port").set("8080").await;
    ask.button("Add rule").click().await;
    ask.says("InvalidPermission.Duplicate").await;
    assert_eq!(ask.the("textbox", "Port").value().await, "8080");
    ask.the("textbox", "Port").set("http").await;
    ask.button("Add rule").click().await;
    ask.says("A port is a number from 0 to 65,535.").await;
    ask.the("textbox", "Port").set("443").await;
    ask.button("Add rule").click().await;
    groups.says("TCP 443 from anywhere").await;
    undo(&page).await;
    groups.says_no_more("TCP 443").await;

    // By keys, from a group that nothing wears: the arrows know it too.
    to_the_tree(&page).await;
    page.press("r").await;
    page.the("application", "Rule tool").shown().await;
    page.press(Key::Left + Key::Enter).await;
    page.press(Key::Left + Key::Enter).await;
    page.the("dialog", "Let jobs in to web").shown().await;
    page.wait_until("the port has the focus", async || {
        page.the("textbox", "Port").has_focus().await
    })
    .await;
    page.press(Key::Enter).await;
    groups.says("TCP 5000 from jobs").await;
    page.chord(&[Key::Control], 'z').await;
    groups.says_no_more("TCP 5000 from jobs").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_group_by_lasso_by_click_and_by_keys() {
    let page = editor().await;
    let tasks = inspector(&page).the("list", "Tasks");

    // By lasso, around the interface. What it takes is said, and done as one edit.
    tool(&page, "Security group").click().await;
    let (x, y) = page.drawn("scorekeep:1").await;
    let around = [
        (-60.0, -60.0),
        (420.0, -60.0),
        (420.0, 40.0),
        (-60.0, 40.0),
        (-60.0, -50.0),
    ];
    page.drag_along(&around.map(|(right, down)| (x + right, y + down)))
        .await;
    let ask = page.the("dialog", "A security group for 1 interface");
    ask.says("AWS does not let you change the groups of a running Fargate task's interface.")
        .await;
    ask.the("textbox", "Name").set("inner").await;
    ask.button("Create group, run the task again").click().await;
    tasks.says("Stopping").await;
    assert_eq!(tasks.button(starting("scorekeep")).count().await, 2);
    undo(&page).await;
    tasks.says_no_more("Stopping").await;
    assert_eq!(tasks.button(starting("scorekeep")).count().await, 1);

    // By click: each, then Done. The running task can be left as it is.
    tool(&page, "Security group").click().await;
    page.click_at(x, y).await;
    page.button("Done, 1 picked").click().await;
    ask.the("textbox", "Name").set("later").await;
    ask.the("radio", starting("Leave it")).click().await;
    ask.button("Create group").click().await;
    let groups = network(&page).await.the("region", "Security groups");
    groups.says("later").await;

    // A group that is there is put on it too: the task is run again with it.
    tool(&page, "Security group").click().await;
    page.click_at(x, y).await;
    page.button("Done, 1 picked").click().await;
    ask.the("combobox", "Group").choose("later").await;
    ask.button("Run the task again with it").click().await;
    tasks.says("Stopping").await;
    undo(&page).await;
    tasks.says_no_more("Stopping").await;

    // By keys: Space picks, Enter goes on, and AWS's refusal stays beside the name.
    to_the_tree(&page).await;
    page.press("g").await;
    page.the("application", "Security group tool").shown().await;
    page.press(Key::Space).await;
    page.press(Key::Enter).await;
    ask.the("textbox", "Name").set("web").await;
    page.press(Key::Enter).await;
    ask.says("InvalidGroup.Duplicate").await;
    ask.the("textbox", "Name").set("web2").await;
    page.press(Key::Enter).await;
    groups.says("web2").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_route_by_drag_by_click_and_by_keys() {
    let page = editor().await;
    let private = page.the("treeitem", starting("Private subnet Public a"));
    let public = page.the("treeitem", starting("Public subnet Public a"));
    tool(&page, "Subnet").click().await;
    let (x, y) = page.drawn("us-east-1b").await;
    page.drag_along(&[(x, y), (x, y + 60.0), (x, y + 200.0)])
        .await;
    subnet(&page, "Public b").shown().await;

    // By drag: the route is there already, so it can be taken out; the other subnet is named.
    tool(&page, "Route").click().await;
    let (from, to) = (page.drawn("Public a").await, page.drawn("Internet").await);
    page.drag_along(&[from, (from.0 + 30.0, from.1 - 20.0), to])
        .await;
    let ask = page.the("dialog", "Default route of Public a");
    ask.says("Also changes Public b, which uses the same route table.")
        .await;
    ask.button("Remove the route").click().await;
    private.shown().await;

    // By click, and back.
    tool(&page, "Route").click().await;
    page.click_at(from.0, from.1).await;
    page.click_at(to.0, to.1).await;
    ask.button("Change both").click().await;
    public.shown().await;
    undo(&page).await;
    private.shown().await;

    // By keys, which begin at the thing that has the focus: Public b, which was made last. A table of its own changes it alone.
    to_the_tree(&page).await;
    page.press("t").await;
    page.the("application", "Route tool").shown().await;
    page.press(Key::Enter).await;
    page.press(Key::Enter).await;
    let ask = page.the("dialog", "Default route of Public b");
    page.wait_until("the button has the focus", async || {
        ask.button("Change both").has_focus().await
    })
    .await;
    ask.button("Own table for Public b").reach().await;
    page.press(Key::Enter).await;
    page.the("treeitem", starting("Public subnet Public b"))
        .shown()
        .await;
    private.shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_task_is_run_where_the_tool_points_and_the_row_is_one_stop() {
    let page = editor().await;
    tool(&page, "Select").reach().await;
    page.press(Key::Right).await;
    assert!(
        tool(&page, "Subnet").has_focus().await,
        "arrows go along the row"
    );
    page.press(Key::End).await;
    assert!(tool(&page, "Hand").has_focus().await);
    page.press(Key::Left).await;
    page.press(Key::Enter).await;
    page.the("application", "Task tool").shown().await;
    page.press(Key::Enter).await;
    let form = page.the("region", "Run task");
    let chosen = form
        .the("group", "Subnets")
        .the("checkbox", starting("Public a"));
    assert!(chosen.is("checked").await);
    page.ends_quietly().await;
}

#[tokio::test]
async fn on_a_phone_a_tool_is_chosen_from_a_list_and_a_tap_draws() {
    let page = editor_on(Screen::PHONE).await;
    page.the("navigation", "Pages")
        .button("Canvas")
        .click()
        .await;
    page.the("combobox", "Tool").choose("Subnet").await;
    let (x, y) = page.drawn("Public a").await;
    page.click_at(x, y).await;
    let ask = page.the("dialog", "Subnet in us-east-1a");
    ask.button("Create subnet").click().await;
    subnet(&page, "Public a 2, 172.31.2.0/24").shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_things_menu_opens_by_click_and_by_keys_and_aws_may_refuse_what_it_asks() {
    let page = editor().await;
    let (x, y) = page.drawn("Public a").await;
    page.right_click_at(x, y).await;
    let menu = page.the("menu", "What can be done here");
    assert_eq!(
        menu.the("menuitem", Name::Any).names().await,
        [
            "Open",
            "Run a task here",
            "Resize",
            "Split",
            "Merge",
            "Place a NAT gateway",
            "Place an ECR endpoint",
            "Place a database",
            "Place a load balancer",
            "Copy as CLI",
            "Copy as JSON",
            "Hide",
            "Delete subnet"
        ]
    );
    menu.the("menuitem", "Delete subnet").click().await;
    page.the("alert", Name::Any).first().shown().await;
    page.wait_until("AWS says why", async || {
        let text = page.script("return document.body.innerText", &[]).await;
        text.as_str()
            .is_some_and(|text| text.contains("DependencyViolation"))
    })
    .await;
    subnet(&page, "Public subnet Public a").shown().await;

    // By keys, on the task: the group tool with its interface, given up again.
    to_the_tree(&page).await;
    let task = page.the("treeitem", starting("Task scorekeep"));
    page.wait_until("Enter leads into the subnet", async || {
        if task.has_focus().await {
            return true;
        }
        page.press(Key::Enter).await;
        false
    })
    .await;
    page.chord(&[Key::Shift], Key::F10).await;
    menu.shown().await;
    page.press(Key::Escape).await;
    menu.gone().await;
    assert!(task.has_focus().await, "the focus is back");
    page.chord(&[Key::Shift], Key::F10).await;
    menu.shown().await;
    page.press(Key::Down + Key::Down + Key::Down + Key::Down)
        .await;
    page.press(Key::Enter).await;
    let ask = page.the("dialog", "A security group for 1 interface");
    ask.shown().await;
    page.press(Key::Escape).await;
    ask.gone().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn several_are_selected_by_a_frame_by_click_and_by_keys_and_stopped_as_one_edit() {
    let page = editor().await;
    let form = page.the("region", "Run task");
    form.button("Run task").click().await;
    form.button("Run task").nth(1).click().await;
    let treed = page.the("treeitem", starting("Task scorekeep"));
    speed(&page, "100×").await;
    page.wait_until("both tasks run", async || {
        let names = treed.names().await;
        names.iter().filter(|name| name.contains("running")).count() == 2
    })
    .await;
    speed(&page, "1×").await;

    // By a frame, from the name of the zone across both; the menu of one is of both.
    let (x, y) = page.drawn("us-east-1a").await;
    page.drag_along(&[(x - 10.0, y), (x + 40.0, y + 60.0), (x + 420.0, y + 200.0)])
        .await;
    page.hears("2 selected.").await;
    page.wait_until("the first of them has the focus", async || {
        treed.clone().first().has_focus().await || treed.clone().nth(1).has_focus().await
    })
    .await;
    page.chord(&[Key::Shift], Key::F10).await;
    let menu = page.the("menu", "What can be done here");
    menu.the("menuitem", "Edit groups of 2").shown().await;
    page.press(Key::Escape).await;

    // By keys: what lies beside, and Delete.
    page.chord(&[Key::Control], 'a').await;
    page.hears("2 selected.").await;
    page.press(Key::Delete).await;
    page.wait_until("both end", async || {
        let names = treed.names().await;
        names
            .iter()
            .filter(|name| name.contains("stop") || name.contains("deprov"))
            .count()
            == 2
    })
    .await;
    page.chord(&[Key::Control], 'z').await;
    page.wait_until("both run on", async || {
        let names = treed.names().await;
        names.iter().all(|name| !name.contains("stopping"))
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn brackets_walk_the_lines_of_a_thing_and_enter_follows() {
    let page = editor().await;
    to_the_tree(&page).await;
    page.press(Key::Home).await;
    let internet = page.the("treeitem", "Internet");
    page.wait_until("the Internet has the focus", async || {
        if internet.has_focus().await {
            return true;
        }
        page.press(Key::Escape).await;
        page.press(Key::Up).await;
        false
    })
    .await;
    page.press("]").await;
    page.hears("Enter follows").await;
    page.press(Key::Enter).await;
    let gateway = page.the("treeitem", "Internet gateway");
    page.wait_until("the gateway has the focus", async || {
        gateway.has_focus().await
    })
    .await;
    page.press("[").await;
    page.press(Key::Enter).await;
    page.wait_until("and back", async || internet.has_focus().await)
        .await;
    page.press("2").await;
    page.button(starting("Zoom 200%")).shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn axe_finds_nothing_in_the_popovers_and_every_text_can_be_read() {
    let page = editor().await;
    for dark in [false, true] {
        page.resize(if dark {
            Screen::DESK.dark()
        } else {
            Screen::DESK
        })
        .await;
        for key in ["s", "g", "r", "t"] {
            to_the_tree(&page).await;
            page.press(key).await;
            page.the("application", Name::Any).shown().await;
            match key {
                "g" => page.press(Key::Space + Key::Enter).await,
                "r" => page.press(Key::Enter + Key::Right + Key::Enter).await,
                "t" => page.press(Key::Enter + Key::Enter).await,
                _ => {}
            }
            page.the("dialog", Name::Any).shown().await;
            let what = format!("tool {key}, dark {dark}");
            sound(&page, &what).await;
            page.press(Key::Escape).await;
            page.the("dialog", Name::Any).gone().await;
            page.button("Put the tool down").click().await;
            page.the("application", Name::Any).gone().await;
        }
        to_the_tree(&page).await;
        page.chord(&[Key::Shift], Key::F10).await;
        page.the("menu", Name::Any).shown().await;
        sound(&page, "the menu").await;
        page.press(Key::Escape).await;
    }
    page.ends_quietly().await;
}

async fn sound(page: &Page, what: &str) {
    let stumbles = page.stumbles().await;
    assert!(stumbles.is_empty(), "{what}: {}", stumbles.join("\n"));
    let misprints = page.misprints().await;
    assert!(misprints.is_empty(), "{what}: {misprints:?}");
}
