//! A task definition is written as fields: two views of one text, with the same findings.

use crate::steps::{editor, into_editor, json, left, paste};
use fargate_journeys::{Key, Page, Thing, containing};

/// A sound definition with a comment and a member that nobody knows.
const TEXT: &str = r#"{
  "family": "sized",
  "cpu": "256",
  "memory": "512",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "note": "mine",
  "containerDefinitions": [
    { "name": "web", "image": "public.ecr.aws/nginx/nginx:1.27", "portMappings": [{ "containerPort": 80 }] }
  ]
}"#;

/// Shows the draft as fields, or as text.
async fn write_as(page: &Page, view: &'static str) {
    left(page)
        .the("group", "Write as")
        .button(view)
        .click()
        .await;
}

async fn form(page: &Page) -> Thing<'_> {
    write_as(page, "Form").await;
    let form = page.the("form", "Task definition form");
    form.shown().await;
    form
}

/// The text as the editor holds it.
async fn text(page: &Page) -> String {
    write_as(page, "JSON").await;
    into_editor(page).await;
    page.copied().await
}

#[tokio::test]
async fn a_size_chosen_in_the_form_stands_in_the_text_and_is_undone_there() {
    let page = editor().await;
    paste(&page, TEXT).await;
    let fields = form(&page).await;
    fields.says("$0.0123 an hour").await;
    fields.the("combobox", "CPU").choose("4 vCPU").await;
    // The memory follows to what goes with it.
    fields.says("$0.1975 an hour").await;
    let changed = text(&page).await;
    assert_eq!(
        changed,
        TEXT.replace("\"256\"", "\"4096\"")
            .replace("\"512\"", "\"8192\"")
    );
    page.chord(&[Key::Control], 'z').await;
    json(&page).await.says("256 units").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_container_is_added_in_the_form_and_nothing_else_changes() {
    let page = editor().await;
    paste(&page, TEXT).await;
    let fields = form(&page).await;
    fields.button("Add to Containers").click().await;
    let container = fields.the("group", "Container 2");
    let name = container.the("textbox", "Name");
    page.wait_until("one can type the new container's name", async || {
        name.has_focus().await
    })
    .await;
    container.says("has no image").await;
    container.the("textbox", "Image").set("nginx:1.27").await;
    page.press(Key::Tab).await;
    container.says_no_more("has no image").await;
    container.the("textbox", "Name").set("side").await;
    page.press(Key::Tab).await;
    fields.the("group", "side").first().shown().await;
    let changed = text(&page).await;
    let new = "{ \"name\": \"side\", \"image\": \"nginx:1.27\", \"essential\": true }";
    assert!(changed.contains(new), "{new} is not in {changed}");
    assert!(changed.contains("\"note\": \"mine\""), "{changed}");
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_wrong_value_is_said_in_both_views() {
    let page = editor().await;
    paste(&page, TEXT).await;
    let fields = form(&page).await;
    let port = fields.the("textbox", "Port").first();
    port.set("70000").await;
    page.press(Key::Tab).await;
    port.becomes("invalid").await;
    fields.says("70000").await;
    let problems = page.the("tab", containing("problem")).name().await;
    write_as(&page, "JSON").await;
    page.the("tab", problems).shown().await;
    left(&page)
        .the("button", containing("problem"))
        .click()
        .await;
    page.the("region", "Problems").says("70000").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn what_has_no_field_is_kept_and_shown_and_the_form_stays_when_the_page_is_opened_again() {
    let page = editor().await;
    let text = TEXT.replace(
        "\"containerPort\": 80",
        "\"containerPort\": 80, \"why\": { \"a\": 1 }",
    );
    paste(&page, &text).await;
    let fields = form(&page).await;
    let kept = || fields.the("list", "Kept as written");
    kept().nth(0).says("\"mine\"").await;
    kept().nth(1).says("{ \"a\": 1 }").await;

    page.reload().await;
    let fields = page.the("form", "Task definition form");
    fields.the("textbox", "Family").set("renamed").await;
    page.press(Key::Tab).await;
    fields.the("button", "Show note in the text").shown().await;
    // The editor behind the form knows what was changed there.
    page.chord(&[Key::Control], 'z').await;
    let family = fields.the("textbox", "Family");
    page.wait_until("the change is undone", async || {
        family.value().await == "sized"
    })
    .await;

    fields.button("Show note in the text").click().await;
    json(&page).await.shown().await;
    page.press("7").await;
    json(&page).await.says("\"note\": 7,").await;
    page.ends_quietly().await;
}
