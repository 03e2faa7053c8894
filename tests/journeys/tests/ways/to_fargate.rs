//! A definition of EC2 is pasted, moved to Fargate change by change, and its revisions are compared.

use crate::steps::{editor, empty_vpc, json, left, paste};
use fargate_journeys::{Key, Page, Thing, containing, starting};

/// A definition as many have it on EC2: bridge, links, a port of the host.
const EC2: &str = r#"{
  "family": "blog",
  "networkMode": "bridge",
  "containerDefinitions": [
    {
      "name": "wordpress",
      "image": "wordpress:6.6",
      "memory": 500,
      "links": ["mysql"],
      "portMappings": [{ "containerPort": 80, "hostPort": 8080 }]
    },
    {
      "name": "mysql",
      "image": "mysql:8.4",
      "memory": 500
    }
  ]
}"#;

/// Opens the plan of what Fargate needs.
async fn plan(page: &Page) -> Thing<'_> {
    left(page).button("Make it run on Fargate").click().await;
    page.the("dialog", "Make it run on Fargate")
}

#[tokio::test]
async fn a_definition_of_ec2_is_moved_to_fargate_change_by_change() {
    let page = empty_vpc().await;
    paste(&page, EC2).await;
    left(&page).says("Fargate would refuse it.").await;
    let dialog = plan(&page).await;
    dialog.says("5 changes and Fargate would run it.").await;

    // Each change has its reason, its rule and its lines; what builds on another waits for it.
    dialog.says("Fargate has no network mode bridge").await;
    dialog.says("ClientException").await;
    let lines = dialog.the("list", "What \u{2018}Use awsvpc\u{2019} does to the text");
    lines.says("Removed:").await;
    lines.says("\"networkMode\": \"awsvpc\"").await;
    let remove_links = dialog.button("Make this change: Remove links");
    assert!(
        remove_links.is("disabled").await,
        "links are allowed with bridge"
    );
    dialog
        .says("It comes after \u{2018}Use awsvpc\u{2019}.")
        .await;

    dialog.button("Make this change: Use awsvpc").click().await;
    dialog.says("4 changes and Fargate would run it.").await;
    remove_links.click().await;
    dialog.says("3 changes and Fargate would run it.").await;
    dialog.button("Make all changes").click().await;
    dialog.says("Nothing is left to change").await;

    page.press(Key::Escape).await;
    dialog.gone().await;
    left(&page).button("Make it run on Fargate").gone().await;
    left(&page).button("Register").click().await;
    left(&page).says("blog:1 is registered.").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn what_no_edit_can_cure_is_left_to_decide() {
    let page = editor().await;
    paste(
        &page,
        &EC2.replace(
            "\"memory\": 500\n",
            "\"memory\": 500,\n\"portMappings\": [{ \"containerPort\": 80 }]\n",
        ),
    )
    .await;
    let dialog = plan(&page).await;
    dialog.says("5 changes, and 1 decision for you.").await;
    let decide = dialog.the("list", "Left for you to decide");
    decide.says("TCP port 80 is mapped twice in the task").await;
    decide
        .the("link", containing("duplicate-port"))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn any_two_revisions_are_compared_line_by_line() {
    let page = empty_vpc().await;
    let moved = r#"{
  "family": "job",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [{ "name": "job", "image": "nginx:1.27" }]
}"#;
    for (memory, revision) in [("512", 1), ("1024", 2), ("2048", 3)] {
        paste(&page, &moved.replace("512", memory)).await;
        left(&page).button("Register").click().await;
        left(&page)
            .says(&format!("job:{revision} is registered."))
            .await;
    }
    page.the("combobox", "Revision").choose("job:3").await;
    let with = page.the("combobox", "Compare with");
    with.choose("job:1").await;
    let comparison = page.the("region", "Comparison");
    comparison
        .says("From job:1 to job:3: 1 line added, 1 removed.")
        .await;
    let lines = comparison.the("list", "Lines");
    for line in [
        "Removed:",
        "\"memory\": \"512\"",
        "Added:",
        "\"memory\": \"2048\"",
    ] {
        lines.says(line).await;
    }
    with.choose("job:2").await;
    comparison.says("From job:2 to job:3").await;
    with.choose("the draft").await;
    comparison.says("The two are the same, line by line.").await;
    with.choose("nothing").await;
    comparison.gone().await;
    page.the("textbox", starting("job:3, read-only"))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn who_waits_for_whom_is_drawn_and_said() {
    let page = editor().await;
    paste(
        &page,
        r#"{ "family": "chain", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
  "containerDefinitions": [
    { "name": "web", "image": "nginx:1.27", "dependsOn": [{ "containerName": "setup", "condition": "SUCCESS" }] },
    { "name": "setup", "image": "busybox:1.36", "essential": false }
  ] }"#,
    )
    .await;
    let order = left(&page).the("region", "Start order");
    order.button("Start order").click().await;
    order
        .says("web starts once setup has ended with exit code 0 (SUCCESS).")
        .await;
    order
        .the("image", starting("What starts first stands highest"))
        .shown()
        .await;
    json(&page).await;
    page.ends_quietly().await;
}
