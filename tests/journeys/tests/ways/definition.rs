//! 2. A task definition is pasted as it stands on a slide, mended fix by fix, registered, edited and registered again.

use crate::steps::{editor, empty_vpc, into_editor, json, left, paste};
use fargate_journeys::{Name, Page, containing, starting, type_in_ten_containers};

/// Slide 33 of the talk, as it stands: typographic quotes, and a line break inside each image name.
const SLIDE: &str = include_str!("../../data/slide-33.txt");

/// A definition that is sound, of a size to be chosen.
fn sized(cpu: &str, memory: &str) -> String {
    format!(
        r#"{{ "family": "sized", "cpu": "{cpu}", "memory": "{memory}", "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "containerDefinitions": [{{ "name": "web", "image": "public.ecr.aws/nginx/nginx:1.27", "portMappings": [{{ "containerPort": 80 }}] }}] }}"#
    )
}

/// The fix buttons of the list of problems, by place; the button that makes all of them is left alone.
async fn fixes(page: &Page) -> Vec<(usize, String)> {
    let names = page
        .the("region", "Problems")
        .the("button", Name::Any)
        .names()
        .await;
    let names = names.into_iter().enumerate();
    names
        .filter(|(_, name)| !name.starts_with("Make ") && !name.contains("Line "))
        .collect()
}

#[tokio::test]
async fn the_slide_is_marked_mended_and_registered_and_revisions_stay() {
    let page = empty_vpc().await;
    paste(&page, SLIDE).await;
    let text = json(&page).await.text().await;
    for kept in [
        "“awsvpc“",
        "“scorekeep-frontend\"",
        "xxx.dkr.ecr.us-east-\n",
    ] {
        assert!(text.contains(kept), "{kept} is changed or lost in {text}");
    }

    // Every bad place is named, with its line; so is the number of them.
    page.the("tab", containing("problems")).shown().await;
    page.the("group", "Error").first().shown().await;
    let count = left(&page).the("button", containing("problem"));
    count.click().await;
    let problems = page.the("region", "Problems");
    for line in [5, 6, 9, 10, 19] {
        let places = problems.the("button", starting(&format!("Error, Line {line}:")));
        assert!(places.count().await > 0, "line {line} is marked");
    }
    let register = left(&page).button("Register");
    assert!(register.is("disabled").await, "it cannot be registered yet");

    // One fix after the other, each by a click, until none is left.
    let mut made = 0;
    loop {
        let before = fixes(&page).await;
        let Some((place, _)) = before.first() else {
            break;
        };
        problems.the("button", Name::Any).nth(*place).click().await;
        page.wait_until("a fix changes what there is to fix", async || {
            fixes(&page).await != before
        })
        .await;
        made += 1;
        assert!(made < 80, "fixing does not end; left are {before:?}");
    }
    assert!(made > 8, "{made} fixes");
    into_editor(&page).await;
    let mended = page.copied().await;
    for whole in [
        "xxx.dkr.ecr.us-east-1.amazonaws.com/fe\"",
        "xxx.dkr.ecr.us-east-1.amazonaws.com/api\"",
        "\"2 gb\"",
    ] {
        assert!(mended.contains(whole), "{whole} is lost in {mended}");
    }

    register.click().await;
    left(&page).says("scorekeep:1 is registered.").await;

    // The same once more with another share: a new revision, and the old one stays as it was.
    paste(&page, &mended.replace("256", "200")).await;
    register.click().await;
    left(&page).says("scorekeep:2 is registered.").await;
    let revisions = page.the("combobox", "Revision");
    for (revision, share) in [("scorekeep:1", "256"), ("scorekeep:2", "200")] {
        revisions.choose(revision).await;
        let shown = page.the("textbox", format!("{revision}, read-only"));
        shown.says(&format!("\"cpu\": {share}")).await;
        left(&page).says("A revision never changes.").await;
    }

    // Deregistered, it stays viewable, and nothing new is started of it.
    left(&page).button("Deregister").click().await;
    left(&page).says("It is INACTIVE").await;
    left(&page).button("Deregister").gone().await;
    left(&page).button("Described").click().await;
    let shown = page.the("textbox", "scorekeep:2, read-only");
    shown.says("\"cpu\": 200").await;
    left(&page).button("Run task").click().await;
    let offered = page.the("combobox", "Task definition");
    assert_eq!(offered.value().await, "scorekeep:1");
    page.ends_quietly().await;
}

#[tokio::test]
async fn sizes_are_understood_as_people_write_them() {
    let page = editor().await;
    for (cpu, memory, understood) in [
        ("1 vCpu", "2 gb", ["1,024 units", "2,048 MiB"]),
        (".25 vCPU", "0.5GB", ["256 units", "512 MiB"]),
        ("0.5 vcpu", "1 GB", ["512 units", "1,024 MiB"]),
    ] {
        paste(&page, &sized(cpu, memory)).await;
        for hint in understood {
            json(&page).await.says(hint).await;
        }
        page.the("tab", "Task definition").shown().await;
    }
    paste(&page, &sized("1024", "2048")).await;
    page.the("tab", "Task definition").shown().await;
    paste(&page, &sized("1024", "1024")).await;
    page.the("tab", containing("1 problem")).shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn what_is_offered_depends_on_the_day() {
    let page = editor().await;
    paste(&page, &sized("8 vCPU", "16 GB")).await;
    json(&page).await.says("8,192 units").await;
    page.the("tab", "Task definition").shown().await;

    page.button("Today").first().click().await;
    let day = page.the("dialog", "The day whose rules apply");
    day.the("group", "Day").button("29 Nov 2017").click().await;
    day.says("5 rows").await;
    page.the("tab", containing("problem")).shown().await;

    day.the("group", "Day").button("Today").click().await;
    day.says_no_more("5 rows").await;
    page.the("tab", "Task definition").shown().await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn findings_are_drawn_in_the_next_frame_after_a_keystroke() {
    let page = editor().await;
    let (drawn, _) = type_in_ten_containers(&page, 12).await;
    let frames: Vec<u64> = drawn.iter().map(|it| it.frames).collect();
    assert_eq!(frames, [1; 12], "{drawn:?}");
    page.ends_quietly().await;
}

/// A template with two definitions, of which the second lacks its image.
const TEMPLATE: &str = r#"{ "Resources": {
  "Web": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Family": "shop-web", "Cpu": "256", "Memory": "512", "NetworkMode": "awsvpc",
    "RequiresCompatibilities": ["FARGATE"], "ContainerDefinitions": [{ "Name": "web", "Image": "nginx:1.27" }] } },
  "Worker": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Family": "shop-worker", "Cpu": "256", "Memory": "512", "NetworkMode": "awsvpc",
    "RequiresCompatibilities": ["FARGATE"], "ContainerDefinitions": [{ "Name": "worker" }] } } } }"#;

#[tokio::test]
async fn a_definition_is_chosen_where_a_template_has_several() {
    let page = empty_vpc().await;
    paste(&page, TEMPLATE).await;
    left(&page).says("The template has 2 definitions").await;
    let choice = left(&page).the("combobox", "Definition of the template");
    page.the("tab", "Task definition").shown().await;
    choice.choose("Worker").await;
    page.the("tab", containing("problem")).shown().await;
    let register = left(&page).button("Register");
    assert!(register.is("disabled").await, "the worker has no image");

    // The choice is kept with the draft.
    page.reload().await;
    page.the("tab", containing("problem")).shown().await;
    choice.choose("Web").await;
    page.the("tab", "Task definition").shown().await;
    register.click().await;
    left(&page).says("shop-web:1 is registered.").await;
    page.ends_quietly().await;
}
