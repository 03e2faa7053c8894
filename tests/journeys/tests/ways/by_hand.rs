//! 17. The hand on the canvas: what a drag snaps to, how it is given up, how the picture is moved under it, and where the focus is after.

use crate::networks::template;
use crate::steps::{
    canvas, drawer, editor_on, everywhere, inspector, left, show_tab, speed, to_the_tree, tool,
    undo,
};
use fargate_journeys::{Key, Name, Page, Screen, containing, starting};

/// Private tasks behind NAT, on a screen.
async fn behind_nat(screen: Screen) -> Page {
    let page = editor_on(screen).await;
    template(&page, "Private tasks behind NAT").await;
    if screen.phone {
        page.the("navigation", "Pages")
            .button("Canvas")
            .click()
            .await;
    }
    page.drawn("Private a").await;
    page
}

/// What the draft on the glass says, and how high its box is.
async fn draft(page: &Page) -> (String, f64) {
    let script = "const box = document.querySelector('.glass .draft-ghost');
        return box ? [document.querySelector('.glass svg').textContent, Number(box.getAttribute('height'))] : ['', 0]";
    let draft = page.script(script, &[]).await;
    let words = draft[0].as_str().unwrap_or_default().to_owned();
    (words, draft[1].as_f64().unwrap_or_default())
}

#[tokio::test]
async fn a_subnet_that_is_drawn_snaps_to_blocks_that_aws_takes_and_escape_gives_it_up() {
    let page = behind_nat(Screen::DESK).await;
    tool(&page, "Subnet").click().await;
    let (x, y) = page.drawn("us-east-1c").await;
    let from = (x, y + 120.0);
    page.hold_along(&[from, (x, from.1 + 8.0)]).await;
    for (down, words, high) in [
        (12.0, "10.0.3.0/28, 11 free", 48.0),
        (40.0, "10.0.3.0/28, 11 free", 48.0),
        (60.0, "10.0.3.0/27, 27 free", 96.0),
        (110.0, "10.0.3.0/26, 59 free", 144.0),
        (200.0, "10.0.3.0/24, 251 free", 240.0),
        // The next larger one must begin at an even place.
        (250.0, "10.0.4.0/23, 507 free", 288.0),
    ] {
        page.move_along(&[(x, from.1 + down)]).await;
        page.wait_until(&format!("{down} pixels down it is {words}"), async || {
            draft(&page).await == (words.to_owned(), high)
        })
        .await;
    }
    page.press(Key::Escape).await;
    page.hears("Given up. Nothing is changed.").await;
    page.let_go().await;
    assert_eq!(draft(&page).await.0, "", "nothing is drawn");
    page.press(Key::Escape).await;
    page.the("application", Name::Any).gone().await;
    page.the("treeitem", containing("10.0.3.0")).gone().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_drag_of_a_task_pans_at_the_edge_and_escape_puts_it_back() {
    let page = behind_nat(Screen::DESK).await;
    let (x, y) = page.drawn("10.0.1.65").await;
    let card = (x - 100.0, y + 24.0);
    page.hold_along(&[card, (card.0 + 40.0, card.1 + 40.0)])
        .await;
    page.the("application", "Move task tool").shown().await;
    let before = page.eye().await;
    let right = page
        .script(
            "return document.querySelector('.canvas').getBoundingClientRect().right",
            &[],
        )
        .await;
    let right = right.as_f64().unwrap_or_default() - 6.0;
    page.move_along(&[(right, 400.0), (right, 404.0), (right, 408.0)])
        .await;
    page.wait_until("what lies to the right comes", async || {
        page.eye().await.0 < before.0 - 20.0
    })
    .await;
    page.press(Key::Escape).await;
    page.the("application", Name::Any).gone().await;
    page.let_go().await;
    assert_eq!(page.the("dialog", Name::Any).count().await, 0);
    page.button("Undo: nothing to undo").shown().await;

    // A frame is given up too, and selects nothing.
    let (x, y) = page.drawn("us-east-1b").await;
    page.hold_along(&[(x, y), (x + 20.0, y + 60.0), (x + 60.0, y + 200.0)])
        .await;
    page.press(Key::Escape).await;
    page.let_go().await;
    let rings = "return document.querySelectorAll('.several rect').length";
    assert_eq!(page.script(rings, &[]).await, 0);
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_picture_is_moved_by_the_space_bar_the_wheel_and_two_fingers() {
    let page = behind_nat(Screen::DESK).await;
    let middle = (700.0, 400.0);
    let drag = [middle, (660.0, 380.0), (640.0, 360.0)];
    let moved = async |what: &str, from: (f64, f64, f64), by: (f64, f64)| {
        page.wait_until(what, async || {
            let at = page.eye().await;
            (at.0 - from.0 - by.0).abs() < 1.0 && (at.1 - from.1 - by.1).abs() < 1.0
        })
        .await;
    };

    // With the space bar a drag pans, over whatever it begins; time goes on.
    to_the_tree(&page).await;
    let from = page.eye().await;
    page.drag_with(' ', &drag).await;
    moved("the space bar pans", from, (-60.0, -40.0)).await;
    page.button("Pause").shown().await;
    page.press(" ").await;
    page.button("Run").shown().await;

    // So it does with a tool in the hand, which draws nothing meanwhile.
    page.press("s").await;
    page.the("application", "Subnet tool").shown().await;
    page.press(Key::Escape).await;
    let from = page.eye().await;
    page.drag_with(' ', &drag).await;
    moved("it pans under a tool", from, (-60.0, -40.0)).await;
    assert_eq!(draft(&page).await.0, "");
    page.button("Run").shown().await;
    page.press(Key::Escape).await;
    page.the("application", Name::Any).gone().await;

    // The wheel moves it, with Ctrl it zooms at the pointer.
    let from = page.eye().await;
    page.wheel_at(middle, 80.0, false).await;
    moved("the wheel moves it", from, (0.0, -80.0)).await;
    page.wheel_at(middle, -120.0, true).await;
    page.wait_until("it is larger", async || page.eye().await.2 > from.2)
        .await;

    // Two fingers zoom, one moves.
    page.resize(Screen::PHONE).await;
    page.the("navigation", "Pages")
        .button("Canvas")
        .click()
        .await;
    let from = page.eye().await;
    page.fingers(
        &[(150.0, 400.0), (240.0, 400.0)],
        &[(110.0, 400.0), (290.0, 400.0)],
    )
    .await;
    page.wait_until("two fingers zoom", async || {
        page.eye().await.2 > from.2 * 1.2
    })
    .await;
    let from = page.eye().await;
    page.fingers(&[(200.0, 400.0)], &[(180.0, 440.0)]).await;
    page.wait_until("a finger moves it", async || {
        let at = page.eye().await;
        at.0 < from.0 && at.1 > from.1
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_focus_goes_back_to_where_a_form_or_a_hidden_thing_was() {
    let page = behind_nat(Screen::DESK).await;
    let menu = page.the("menu", "What can be done here");
    let ask = async |of: &str, words: &'static str| {
        let (x, y) = page.drawn(of).await;
        page.right_click_at(x, y).await;
        menu.the("menuitem", words).click().await;
    };
    let private = page.the("treeitem", starting("Private subnet Private a"));
    let has_it = async |thing: &fargate_journeys::Thing<'_>| {
        page.wait_until(&format!("{thing} has the focus"), async || {
            thing.has_focus().await
        })
        .await;
    };
    for end in ["Cancel", "Create database"] {
        ask("Private a", "Place a database").await;
        let form = page.the("form", "Add database");
        form.button(end).click().await;
        form.gone().await;
        has_it(&private).await;
    }
    ask("Private a", "Hide").await;
    let show = page.button("Show 1 hidden");
    has_it(&show).await;
    page.press(Key::Enter).await;
    has_it(&private).await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn on_a_phone_each_thing_is_placed_from_the_menu() {
    let page = behind_nat(Screen::PHONE).await;
    let menu = page.the("menu", "What can be done here");
    for (of, words, form, first) in [
        (
            "Private a",
            "Place a database",
            "Add database",
            "Identifier",
        ),
        (
            "Private a",
            "Place a load balancer",
            "Add load balancer",
            "Name",
        ),
        (
            "VPC",
            "Place a peering connection",
            "Add peering connection",
            "The other VPC",
        ),
    ] {
        let (x, y) = page.drawn(of).await;
        page.right_click_at(x, y).await;
        menu.the("menuitem", words).click().await;
        let form = page.the("form", form);
        form.shown().await;
        page.wait_until(
            &format!("{words}: its first field has the focus"),
            async || {
                let fields = form.the("textbox", first).count().await;
                let role = if fields == 1 { "textbox" } else { "combobox" };
                form.the(role, first).has_focus().await
            },
        )
        .await;
        form.button("Cancel").click().await;
        form.gone().await;
        // What it was opened from lies below the sheet: the button that opens it has the focus.
        page.wait_until(&format!("{words}: its button has the focus"), async || {
            let script = "return document.activeElement.getAttribute('aria-expanded')";
            page.script(script, &[]).await == "false"
        })
        .await;
        page.the("navigation", "Pages")
            .button("Canvas")
            .click()
            .await;
    }
    // The whole menu can be read and reached, also where it is longer than the canvas.
    let (x, y) = page.drawn("Private a").await;
    page.right_click_at(x, y).await;
    menu.the("menuitem", "Delete subnet").click().await;
    page.the("region", "Refusals")
        .says("DependencyViolation")
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_sheet_of_a_phone_shows_one_page_and_nothing_lies_over_or_below_it() {
    let page = behind_nat(Screen::PHONE).await;
    let pages = page.the("navigation", "Pages");
    let (x, y) = page.drawn("scorekeep:1").await;
    page.click_at(x, y).await;
    inspector(&page).the("region", "CPU").shown().await;
    left(&page).gone().await;
    for (open, shown) in [
        ("Network", [true, false, false]),
        ("Timeline", [false, false, true]),
        ("Define", [true, false, false]),
        ("Canvas", [false, true, false]),
    ] {
        pages.button(open).click().await;
        page.wait_until(&format!("{open} alone is shown"), async || {
            let parts = [left(&page), inspector(&page), drawer(&page)];
            let mut there = [false; 3];
            for (there, part) in there.iter_mut().zip(&parts) {
                *there = part.count().await == 1;
            }
            there == shown
        })
        .await;
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_metrics_of_a_phone_need_no_sideways_scrolling() {
    let page = behind_nat(Screen::DESK).await;
    speed(&page, "100×").await;
    show_tab(&page, "Metrics").await;
    drawer(&page).says("MemoryUtilization").await;
    page.button("Pause").click().await;
    everywhere(&page, "the metrics", async |page| {
        show_tab(page, "Metrics").await;
        let wide = "const table = document.querySelector('.bill:has(.metric)'); return table.scrollWidth - table.clientWidth";
        assert_eq!(page.script(wide, &[]).await, 0);
    })
    .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn an_instance_is_called_by_its_name_wherever_it_is_shown() {
    let page = behind_nat(Screen::DESK).await;
    page.the("tab", "Network").click().await;
    let instances = page.the("tabpanel", "Network").the("region", "Instances");
    instances.button(starting("Instances")).click().await;
    instances.button("Run instance").click().await;
    let form = instances.the("form", "Run instance");
    form.the("textbox", "Name").set("bastion").await;
    form.button("Run instance").click().await;
    form.gone().await;
    let (x, y) = page.drawn("bastion").await;
    page.click_at(x, y).await;
    inspector(&page).the("heading", "bastion").shown().await;
    undo(&page).await;
    inspector(&page).says("It is not there").await;
    canvas(&page).shown().await;
    page.ends_quietly().await;
}
