//! 11. What an image does is said, and shows: a crash stops its task, and a health check that fails is told.

use crate::steps::{editor, fact, inspector, left, network, paste, speed};
use fargate_journeys::{Key, Page, Thing, containing, starting};

/// The image of the container that the shipped definition calls 'scorekeep-api'.
const API: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/api";

/// Opens the tab of images.
async fn images(page: &Page) -> Thing<'_> {
    page.the("tab", "Images").click().await;
    page.the("tabpanel", "Images")
}

/// Runs the task that the form offers, until it is there.
async fn run(page: &Page) {
    let form = left(page).the("region", "Run task");
    form.button("Run task").nth(1).click().await;
    form.says("is starting.").await;
    speed(page, "100×").await;
}

#[tokio::test]
async fn an_image_that_is_made_to_crash_stops_its_task_and_says_why() {
    let page = editor().await;
    let panel = images(&page).await;
    let mine = panel.the("region", "Images of this scenario");
    mine.says("The API of the scorekeep example").await;

    // An example is put in the place of what stands there, and back.
    panel.button(format!("Edit {API}")).click().await;
    let form = panel.the("form", "Say what an image does");
    let text = form.the("textbox", "What it does");
    let before = text.value().await;
    form.the("combobox", "Start from")
        .choose("crash-loop")
        .await;
    form.says("it ends with 1 two seconds after each start")
        .await;
    assert!(text.value().await.contains("\"exitCode\": 1"));
    form.button("Put back what stood there").click().await;
    assert_eq!(text.value().await, before);
    form.the("combobox", "Start from").choose("batch").await;
    form.the("combobox", "Start from")
        .choose("crash-loop")
        .await;
    form.button("Say it").click().await;
    form.says("in tasks that are run from now on").await;
    mine.says("Said in this scenario.").await;

    form.button("Run task").click().await;
    run(&page).await;
    let why = inspector(&page).the("region", "Why it stopped");
    why.says("Essential container in task exited").await;
    why.says("api ended with exit code 1").await;
    why.says("Set essential to false").await;
    let told = why.text().await;
    assert_eq!(fact(&told, "api").as_deref(), Some("exit 1"), "{told}");

    // What was said is taken back, and undone as everything else.
    let panel = images(&page).await;
    let mine = panel.the("region", "Images of this scenario");
    mine.button(format!("Take back what is said of {API}"))
        .click()
        .await;
    mine.says_no_more("Said in this scenario.").await;
    page.button(starting("Undo: ")).click().await;
    mine.says("Said in this scenario.").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_health_check_that_fails_is_told_of_container_and_task() {
    let page = editor().await;
    let panel = images(&page).await;
    panel.button("New image").click().await;
    let form = panel.the("form", "Say what an image does");
    form.the("textbox", "Image").set("sickly").await;
    form.the("textbox", "What it does")
        .set(r#"{ "sickMs": 30000 }"#)
        .await;
    form.button("Say it").click().await;
    form.says("That is what sickly does").await;

    page.the("tab", starting("Task definition")).click().await;
    paste(
        &page,
        r#"{ "family": "checked", "cpu": "256", "memory": "512", "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [
    { "name": "web", "image": "sickly", "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost/"], "interval": 5, "retries": 2 } },
    { "name": "late", "image": "public.ecr.aws/nginx/nginx:1.27", "dependsOn": [{ "containerName": "web", "condition": "HEALTHY" }] }] }"#,
    )
    .await;
    left(&page).button("Register").click().await;
    left(&page).says("checked:1 is registered.").await;
    left(&page).button("Run task").first().click().await;
    run(&page).await;

    let containers = inspector(&page).the("region", "Containers");
    containers
        .says("Its health check failed as often as its retries allow.")
        .await;
    let told = containers.text().await;
    assert_eq!(
        fact(&told, "Health of the task").as_deref(),
        Some("UNHEALTHY"),
        "{told}"
    );
    assert_eq!(
        fact(&told, "Platform version").as_deref(),
        Some("1.4.0, Linux"),
        "{told}"
    );
    inspector(&page)
        .the("region", "Storage")
        .says("The images take")
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_mistake_is_named_at_its_place_and_nothing_typed_is_lost() {
    let page = editor().await;
    let panel = images(&page).await;
    panel.button("Edit nginx").click().await;
    let form = panel.the("form", "Say what an image does");
    let text = form.the("textbox", "What it does");
    let wrong = r#"{ "exitCode": 999, "speed": 3 }"#;
    text.set(wrong).await;
    form.says("exitCode is a whole number from 0 to 255").await;
    form.says("An image's behaviour has no member speed").await;
    assert!(text.is("invalid").await, "the field is marked");
    form.button("Say it").click().await;
    form.says("Line 1 must be fixed before it can be said.")
        .await;
    page.button("Undo: nothing to undo").shown().await;

    // The place is selected, so that typing puts it right.
    form.button("Line 1:15").click().await;
    page.press("7").await;
    page.wait_until("what is wrong is replaced", async || {
        text.value().await == wrong.replace("999", "7")
    })
    .await;

    // Another image is looked at, another tab too: the text waits.
    panel.button("Edit wordpress").click().await;
    network(&page).await;
    let panel = images(&page).await;
    panel.button("Edit nginx").click().await;
    assert_eq!(text.value().await, wrong.replace("999", "7"));

    // So it does where the page is opened again; what was open is open.
    text.set(r#"{ "exitCode": 8 }"#).await;
    page.reload().await;
    let panel = images(&page).await;
    page.wait_until("what was typed stands there again", async || {
        text.value().await == r#"{ "exitCode": 8 }"#
    })
    .await;
    panel.button("Close").click().await;
    panel.button("Edit nginx").click().await;
    assert_eq!(text.value().await, r#"{ "exitCode": 8 }"#);
    page.ends_quietly().await;
}

#[tokio::test]
async fn an_image_is_edited_without_a_mouse() {
    let page = editor().await;
    page.the("tab", starting("Task definition")).reach().await;
    page.press(Key::Right + Key::Right).await;
    let panel = page.the("tabpanel", "Images");
    panel.button(format!("Edit {API}")).reach().await;
    page.press(Key::Enter).await;
    let text = panel.the("textbox", "What it does");
    page.wait_until("the text has the focus", async || text.has_focus().await)
        .await;
    page.chord(&[Key::Control], 'a').await;
    page.press(r#"{ "idleMemory": 33 }"#).await;
    page.chord(&[Key::Control], Key::Enter).await;
    panel.says(&format!("That is what {API} does")).await;
    page.button(containing(&format!("say what {API} does")))
        .shown()
        .await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_repository_that_is_taken_away_stops_the_next_task_and_its_reason_has_a_page() {
    let page = editor().await;
    let panel = images(&page).await;
    let registries = panel.the("region", "Registries");
    registries.says("Presumed").await;
    registries.button(format!("Take away {API}")).click().await;
    registries.says("Missing").await;

    page.the("tab", starting("Task definition")).click().await;
    left(&page).button("Run task").first().click().await;
    run(&page).await;
    let why = inspector(&page).the("region", "Why it stopped");
    why.says("CannotPullContainerError").await;
    why.says("There is no repository").await;
    why.the("link", containing("image-not-found")).shown().await;

    // Made again, it is empty until somebody pushes.
    let panel = images(&page).await;
    let registries = panel.the("region", "Registries");
    registries.button(format!("Make {API}")).click().await;
    registries.says("It is empty").await;
    registries
        .button(format!("Push an image to {API}"))
        .click()
        .await;
    let form = registries.the("form", starting("Push an image: "));
    form.the("textbox", "Tag").set("latest").await;
    form.button("Push").click().await;
    registries.says("linux/amd64 · sha256:").await;
    page.ends_quietly().await;
}
