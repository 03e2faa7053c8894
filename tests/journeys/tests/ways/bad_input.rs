//! 10. Bad input is answered with a clear message, and changes nothing.

use crate::steps::{editor, empty_vpc, into_editor, json, left, network, paste, speed};
use fargate_journeys::{Page, containing, starting};

/// What can be undone now: names every change to the scenario.
async fn state(page: &Page) -> String {
    page.button(starting("Undo: ")).name().await
}

#[tokio::test]
async fn rubbish_in_the_editor_is_named_and_registers_nothing() {
    let page = editor().await;
    json(&page).await;
    let before = state(&page).await;
    let huge = format!("{{ \"family\": \"{}\" }}", "x".repeat(1 << 20));
    let deep = "[".repeat(20_000);
    for (what, text, message) in [
        ("nothing", "", "empty"),
        ("prose", "Hello, world", "must be fixed"),
        ("a megabyte", huge.as_str(), "must be fixed"),
        ("deep nesting", deep.as_str(), "must be fixed"),
        ("binary", "\u{7f}ELF\u{2}\u{1}\u{fffd}", "must be fixed"),
        (
            "wrong types",
            r#"{ "family": 7, "containerDefinitions": "web" }"#,
            "must be fixed",
        ),
        (
            "unknown keys",
            r#"{ "family": "a", "colour": "red", "containerDefinitions": [] }"#,
            "must be fixed",
        ),
        (
            "duplicate keys",
            r#"{ "family": "a", "family": "b", "cpu": NaN, "memory": 1e999 }"#,
            "must be fixed",
        ),
        (
            "cpu and memory swapped",
            r#"{ "family": "swapped", "cpu": "2 GB", "memory": "1 vCPU", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{ "name": "web", "image": "nginx:1.27" }] }"#,
            "must be fixed",
        ),
    ] {
        if text.is_empty() {
            into_editor(&page).await;
            page.chord(&[fargate_journeys::Key::Control], 'a').await;
            page.press(fargate_journeys::Key::Delete).await;
        } else {
            paste(&page, text).await;
        }
        let problems = left(&page).the("button", containing("problem"));
        page.wait_until(&format!("{what} is a problem"), async || {
            problems.count().await == 1
        })
        .await;
        left(&page).button("Register").click().await;
        page.wait_until(&format!("{what} is refused with '{message}'"), async || {
            let text = left(&page).text().await;
            text.contains("must be fixed before") || text.to_lowercase().contains(message)
        })
        .await;
        assert_eq!(state(&page).await, before, "{what} changed the scenario");
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_full_subnet_and_a_wrong_count_are_refused_in_awss_words() {
    let page = empty_vpc().await;
    let panel = network(&page).await;
    let subnets = panel.the("region", "Subnets");
    subnets.button("Add subnet").click().await;
    let form = panel.the("form", "Add subnet");
    for (block, words) in [
        ("172.31.0.0/8", "InvalidSubnet.Range"),
        ("10.0.0.0/24", "InvalidSubnet.Range"),
        ("rubbish", "InvalidParameterValue"),
    ] {
        form.the("textbox", "Addresses").set(block).await;
        form.button("Create subnet").click().await;
        form.says(words).await;
    }
    // The smallest subnet has eleven addresses for tasks.
    form.the("textbox", "Addresses").set("172.31.0.0/28").await;
    form.button("Create subnet").click().await;
    subnets.says("11 free").await;
    let groups = panel.the("region", "Security groups");
    groups.button("Add group").click().await;
    let form = panel.the("form", "Add security group");
    form.button("Create group").click().await;
    form.the("alert", fargate_journeys::Name::Any)
        .says("InvalidParameterValue")
        .await;
    form.button("Cancel").click().await;

    page.the("tab", starting("Task definition")).click().await;
    json(&page).await;
    left(&page).button("Register").click().await;
    left(&page).says("is registered.").await;
    let run = left(&page).the("region", "Run task");
    run.button("Run task").click().await;
    let count = run.the("spinbutton", starting("Tasks"));
    for (tasks, words) in [
        ("0", "InvalidParameterException"),
        ("11", "InvalidParameterException"),
        ("", "Write the count as a number"),
    ] {
        count.set(tasks).await;
        if tasks.is_empty() {
            page.press(fargate_journeys::Key::Delete).await;
        }
        run.button("Run task").nth(1).click().await;
        run.says(words).await;
    }
    count.set("10").await;
    run.button("Run task").nth(1).click().await;
    run.says("10 tasks of").await;
    // One address is left and three are wanted. As with AWS, that shows when the interfaces are made.
    count.set("3").await;
    run.button("Run task").nth(1).click().await;
    run.says("3 tasks of").await;
    speed(&page, "10×").await;
    page.the("tab", starting("Events")).click().await;
    let events = page.the("region", starting("Events"));
    events.says("InsufficientFreeAddressesInSubnet").await;
    page.the("treeitem", containing("0 free")).shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_rule_without_a_port_or_a_block_is_refused() {
    let page = editor().await;
    let groups = network(&page).await.the("region", "Security groups");
    groups.button("Add rule").first().click().await;
    let form = page.the("form", starting("Add rule: "));
    form.the("textbox", "Port").set("http").await;
    form.button("Add rule").click().await;
    form.says("A port is a number from 0 to 65,535.").await;
    form.the("textbox", "Port").set("70000").await;
    form.button("Add rule").click().await;
    form.says("A port is a number from 0 to 65,535.").await;
    form.the("textbox", "Port").set("80").await;
    form.the("combobox", "Source")
        .choose("A block of addresses")
        .await;
    form.the("textbox", "Block").set("999.0.0.0/40").await;
    form.button("Add rule").click().await;
    form.says("InvalidParameterValue").await;
    page.button("Undo: nothing to undo").shown().await;

    page.ends_quietly().await;
}

#[tokio::test]
async fn a_fault_of_the_program_is_said_and_a_restart_goes_on_with_the_scenario() {
    let page = Page::first_visit().await;
    page.button("Send 100 requests").click().await;
    page.the("textbox", "Task definition JSON").shown().await;
    // The scenario is kept half a second after it changed.
    page.wait_until("the scenario is kept", async || {
        let key = "fargate-playground.scenario";
        let kept = page
            .script(
                "return localStorage.getItem(arguments[0]) !== null",
                &[key.into()],
            )
            .await;
        kept == true
    })
    .await;
    let trap = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }))";
    page.script(trap, &[]).await;
    let notice = page.the("alertdialog", containing("Your scenario is safe"));
    notice.shown().await;
    assert!(notice.has_focus().await, "the notice takes the focus");
    notice.button("Restart").click().await;
    page.button("Pause").shown().await;
    page.the("textbox", "Task definition JSON").shown().await;
}
