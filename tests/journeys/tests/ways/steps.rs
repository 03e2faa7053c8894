//! What people do in several of the journeys.

use fargate_journeys::{Key, Page, Screen, Thing, containing, starting};

/// The whole page with the shipped task, opened on the editor.
pub(crate) async fn editor() -> Page {
    editor_on(Screen::DESK).await
}

/// The same on another screen.
pub(crate) async fn editor_on(screen: Screen) -> Page {
    let page = Page::first_visit_on(screen).await;
    page.button(containing("Paste a task definition"))
        .click()
        .await;
    page
}

/// The whole page with an empty VPC.
pub(crate) async fn empty_vpc() -> Page {
    let page = Page::first_visit().await;
    page.button(containing("Start from an empty VPC"))
        .click()
        .await;
    inspector(&page).shown().await;
    page
}

/// The panel with what is selected.
pub(crate) fn inspector(page: &Page) -> Thing<'_> {
    page.the("complementary", "Inspector")
}

/// The panel with the editor and the network.
pub(crate) fn left(page: &Page) -> Thing<'_> {
    page.the("complementary", "Scenario editor")
}

/// The canvas with its tools and counts.
pub(crate) fn canvas(page: &Page) -> Thing<'_> {
    page.the("main", "Canvas")
}

/// The clock of the simulation.
pub(crate) fn clock(page: &Page) -> Thing<'_> {
    page.the("group", "Simulated time")
}

/// Opens the network's tab.
pub(crate) async fn network(page: &Page) -> Thing<'_> {
    page.the("tab", "Network").click().await;
    page.the("tabpanel", "Network")
}

/// The text field of the editor, once it is fetched.
pub(crate) async fn json(page: &Page) -> Thing<'_> {
    let editor = page.the("textbox", "Task definition JSON");
    page.wait_until(
        "the code editor has taken the plain field's place",
        async || {
            let editor = page
                .script("return !!document.querySelector('.cm-content')", &[])
                .await;
            editor == true
        },
    )
    .await;
    editor
}

/// Puts the focus into the editor's text. A click into its middle may meet what stands between the lines: a fix, or the link
/// to a rule.
pub(crate) async fn into_editor(page: &Page) {
    json(page).await.shown().await;
    page.script("document.querySelector('.cm-content').focus()", &[])
        .await;
}

/// Puts a text in the place of the editor's.
pub(crate) async fn paste(page: &Page, text: &str) {
    into_editor(page).await;
    page.chord(&[Key::Control], 'a').await;
    page.paste(text).await;
}

/// Selects the first task of the scenario in the inspector.
pub(crate) async fn select_task(page: &Page) -> Thing<'_> {
    let tasks = inspector(page).the("list", "Tasks");
    tasks.button(starting("scorekeep")).first().click().await;
    inspector(page).the("region", "Lifecycle").shown().await;
    inspector(page)
}

/// Predicts what both containers get, on demands that were not seen before; leaves it to be run.
pub(crate) async fn predict(cpu: &Thing<'_>, page: &Page) {
    cpu.the("switch", "Predict first").click().await;
    for (slider, value) in [
        ("frontend CPU demand", "900"),
        ("api CPU demand", "400"),
        ("frontend CPU, what you expect", "500"),
        ("api CPU, what you expect", "400"),
    ] {
        cpu.the("slider", slider).reach().await;
        page.press(value).await;
        page.press(Key::Enter).await;
    }
}

/// Chooses how fast time runs.
pub(crate) async fn speed(page: &Page, times: &str) {
    page.the("combobox", "Speed").choose(times).await;
}

/// The number that stands before a word: 107 of "107 delivered".
pub(crate) fn number_before(text: &str, word: &str) -> Option<u64> {
    let (before, _) = text.split_once(word)?;
    let digits = before
        .trim_end()
        .rsplit(|c: char| !c.is_ascii_digit() && c != ',')
        .next()?;
    digits.replace(',', "").parse().ok()
}

/// The number on the line after another: how the page writes its lists of facts.
pub(crate) fn fact(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.find(|line| *line == name)?;
    lines.next().map(str::to_owned)
}

/// How many requests arrived so far.
pub(crate) async fn delivered(page: &Page) -> u64 {
    let text = canvas(page).text().await;
    number_before(&text, "delivered").unwrap_or_else(|| panic!("no count of requests in {text:?}"))
}

/// Waits until more requests have arrived than so many.
pub(crate) async fn more_delivered_than(page: &Page, before: u64) {
    page.wait_until(
        &format!("more than {before} requests are delivered"),
        async || delivered(page).await > before,
    )
    .await;
}

/// Looks at the page with axe.
pub(crate) async fn scan(page: &Page, place: &str) {
    let stumbles = page.stumbles().await;
    if !stumbles.is_empty() {
        page.fail(&format!("{place}: {}", stumbles.join("\n")))
            .await;
    }
}

/// A tool of the canvas' row.
pub(crate) fn tool<'p>(page: &'p Page, name: &'static str) -> Thing<'p> {
    page.the("toolbar", "Canvas tools").button(name)
}

/// A subnet in the tree of the canvas.
pub(crate) fn subnet<'p>(page: &'p Page, name: &str) -> Thing<'p> {
    page.the("treeitem", containing(name))
}

/// The focus goes to the tree of the canvas, by a key.
pub(crate) async fn to_the_tree(page: &Page) {
    page.wait_until("F6 leads to the canvas", async || {
        if canvas(page).has_focus().await {
            return true;
        }
        page.press(Key::F6).await;
        false
    })
    .await;
}

/// Takes the last edit back.
pub(crate) async fn undo(page: &Page) {
    page.button(starting("Undo")).click().await;
}

/// The drawer.
pub(crate) fn drawer(page: &Page) -> Thing<'_> {
    page.the("region", "Drawer")
}

/// A web server that logs to CloudWatch.
pub(crate) const LOGGED: &str = r#"{ "family": "logged", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
  "executionRoleArn": "arn:aws:iam::123456789012:role/x", "taskRoleArn": "arn:aws:iam::123456789012:role/x",
  "containerDefinitions": [{ "name": "web", "image": "public.ecr.aws/nginx/nginx:1.27", "portMappings": [{ "containerPort": 80 }],
    "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/logged", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" } } }] }"#;

/// Registers a definition that logs and runs a task of it, with ECS Exec, until it runs; then time stands.
pub(crate) async fn run_logged(page: &Page) {
    paste(page, LOGGED).await;
    page.button(starting("Register")).first().click().await;
    let form = left(page).the("region", "Run task");
    form.button("Run task").click().await;
    form.the("combobox", starting("Task definition"))
        .choose(starting("logged"))
        .await;
    // by keyboard: what has the focus is never under the bar with the button, nor below the edge of the form
    form.button(starting("More")).reach().await;
    page.press(Key::Enter).await;
    form.the("checkbox", "ECS Exec").reach().await;
    page.press(" ").await;
    speed(page, "10×").await;
    form.button("Run task").nth(1).click().await;
    inspector(page)
        .the("list", "Lifecycle")
        .says("Running")
        .await;
    page.button("Pause").click().await;
}

/// Opens a tab of the drawer with the keyboard alone.
pub(crate) async fn to_tab(page: &Page, tab: &'static str) {
    let tab = page.the("tab", tab);
    let first = page.the("tab", "Timeline");
    page.wait_until("F6 leads to the drawer", async || {
        page.press(Key::F6).await;
        drawer(page).has_focus().await
    })
    .await;
    page.wait_until("Tab leads to the tabs", async || {
        if page
            .script("return document.activeElement.role === 'tab'", &[])
            .await
            == true
        {
            return true;
        }
        page.press(Key::Tab).await;
        false
    })
    .await;
    page.press(Key::Home).await;
    assert!(first.has_focus().await, "Home leads to the first tab");
    page.wait_until("arrows lead to the tab", async || {
        if tab.has_focus().await {
            return true;
        }
        page.press(Key::Right).await;
        false
    })
    .await;
}

/// Looks with axe and for misprints, on a desk and on a phone, by day and by night. What is looked at is brought up on each screen.
pub(crate) async fn everywhere(page: &Page, place: &str, show: impl AsyncFn(&Page)) {
    for (screen, name) in [
        (Screen::DESK, "light"),
        (Screen::DESK.dark(), "dark"),
        (Screen::PHONE, "on a phone, light"),
        (Screen::PHONE.dark(), "on a phone, dark"),
    ] {
        page.resize(screen).await;
        show(page).await;
        let place = format!("{place}, {name}");
        scan(page, &place).await;
        let misprints = page.misprints().await;
        if !misprints.is_empty() {
            page.fail(&format!("{place}: {}", misprints.join("\n")))
                .await;
        }
    }
    page.resize(Screen::DESK).await;
}

/// Brings up a tab of the drawer, on a phone by its navigation.
pub(crate) async fn show_tab(page: &Page, tab: &'static str) {
    let pages = page.the("navigation", "Pages");
    if pages.count().await > 0 {
        pages.button("Timeline").click().await;
    }
    // the sheet of a phone has tabs of its own
    page.the("tablist", "Drawer").the("tab", tab).click().await;
}
