//! 16. Network modes: tasks on an instance, who reaches whom and which part decides.

use crate::networks::press;
use crate::steps::{network, scan};
use fargate_journeys::{Key, Page, Screen, Thing, containing, starting};

/// Opens the dialog with keys.
async fn dialog(page: &Page) -> Thing<'_> {
    page.button("Send 100 requests").click().await;
    let panel = network(page).await;
    press(page, panel.button(starting("Network modes"))).await;
    page.the("dialog", "Network modes")
}

#[tokio::test]
async fn who_reaches_whom_by_keys_alone() {
    let page = Page::first_visit().await;
    let dialog = dialog(&page).await;
    dialog
        .says("c5.large: 3 network interfaces, 1 of 2 tasks in mode awsvpc")
        .await;

    // A third awsvpc task has no interface left, until trunking is on.
    for _ in 0..2 {
        press(&page, dialog.button("Add task")).await;
    }
    dialog
        .says("RESOURCE:ENI: a c5.large holds 3 network interfaces")
        .await;
    dialog
        .the("checkbox", starting("awsvpcTrunking"))
        .reach()
        .await;
    page.press(" ").await;
    dialog.says_no_more("RESOURCE:ENI").await;
    dialog.says("12 network interfaces, 3 of 10 tasks").await;

    // AWS refuses a host port of its own in mode awsvpc, and what was typed stays.
    let first = dialog.the("group", starting("Container web of task-2"));
    first.the("textbox", "Port mappings").reach().await;
    page.chord(&[Key::Control], 'a').await;
    page.press("8080:80").await;
    dialog
        .says("When networkMode=awsvpc, the host ports and container ports in port mappings must match.")
        .await;
    page.chord(&[Key::Control], 'a').await;
    page.press("80").await;
    dialog.says_no_more("must match").await;

    // A cell says who decides, and why.
    press(&page, dialog.button(starting("task-1/web to task-2/web"))).await;
    dialog.says("Decided by groups and routes").await;
    dialog.says("interface").await;

    // What was typed is there when the dialog opens again.
    page.press(Key::Escape).await;
    dialog.gone().await;
    press(&page, page.button(starting("Network modes"))).await;
    dialog.says("3 of 10 tasks").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn cases_to_begin_with() {
    let page = Page::first_visit().await;
    let dialog = dialog(&page).await;
    let cases = dialog.the("combobox", "Begin with a case");
    for (case, says) in [
        (
            "M01",
            "the containers of a task share a namespace, and db listens on 5432",
        ),
        ("M06", "tasks on Fargate have no instance metadata"),
        (
            "M11",
            "a link gives names only to the container that declares it",
        ),
        (
            "M16",
            "RESOURCE:PORTS: host port 8080 is in use on this instance",
        ),
        (
            "M22",
            "TCP container port '80' is used multiple times in task when networkMode=awsvpc.",
        ),
        ("M26", "Fargate only supports network mode"),
        ("M28", "which is incompatible with the bridge network mode"),
    ] {
        cases.choose(starting(case)).await;
        dialog.says(says).await;
    }
    page.ends_quietly().await;
}

#[tokio::test]
async fn the_modes_stumble_nobody() {
    let page = Page::first_visit_on(Screen::DESK.still()).await;
    let dialog = dialog(&page).await;
    dialog
        .the("combobox", "Begin with a case")
        .choose(starting("M07"))
        .await;
    dialog.button(containing("old/web: ")).first().click().await;
    dialog.button("Add task").click().await;
    dialog.the("textbox", "Instance type").set("t9.huge").await;
    dialog.says("There is no instance type t9.huge.").await;
    scan(&page, "network modes, light").await;
    page.resize(Screen::DESK.dark().still()).await;
    scan(&page, "network modes, dark").await;
    page.resize(Screen::PHONE.still()).await;
    scan(&page, "network modes, on a phone").await;
    page.ends_quietly().await;
}
