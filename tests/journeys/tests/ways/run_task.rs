//! 3. A task is run with subnets, group and public address chosen, and passes through its life at AWS's pace.

use crate::steps::{
    drawer, editor, everywhere, fact, inspector, kept_scenario, left, opened, speed,
};
use fargate_journeys::{Key, Name, containing, starting};

#[tokio::test]
async fn a_task_is_run_with_what_was_chosen_and_gets_one_interface() {
    let page = editor().await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").click().await;
    let subnet = form
        .the("group", "Subnets")
        .the("checkbox", starting("Public a"));
    assert!(subnet.is("checked").await, "a public subnet is offered");
    let free = subnet.name().await;
    assert!(free.contains("250 free"), "{free}");

    // Without a subnet AWS refuses, in its words, where it was asked.
    subnet.click().await;
    form.button("Run task").nth(1).click().await;
    form.says("InvalidParameterException").await;
    subnet.click().await;
    let group = form
        .the("group", "Security groups")
        .the("checkbox", starting("web"));
    assert!(group.is("checked").await, "the web group is offered");
    let public = form.the("group", "Public IP");
    public.button("ENABLED").click().await;
    form.says("assignPublicIp=ENABLED").await;

    speed(&page, "10×").await;
    form.button("Run task").nth(1).click().await;
    form.says("scorekeep:1 is starting.").await;
    let inspector = inspector(&page);
    inspector.says("Provisioning").await;
    speed(&page, "100×").await;
    let life = inspector.the("list", "Lifecycle");
    life.says("Running").await;
    let before = life.button(containing("before"));
    if before.count().await > 0 {
        before.click().await;
    }
    let passed = life.text().await;
    let mut total = 0;
    for state in ["Provisioning", "Pending", "Activating"] {
        let lasted = fact(&passed, state).unwrap_or_else(|| panic!("no {state} in {passed}"));
        let seconds: u64 = lasted
            .trim_end_matches(" s")
            .parse()
            .unwrap_or_else(|_| panic!("{state} lasted {lasted}"));
        assert!(seconds <= 60, "{state} lasted {lasted}");
        total += seconds;
    }
    assert!(
        (10..=120).contains(&total),
        "{total} s until it runs: {passed}"
    );

    let network = inspector.the("region", "Network").text().await;
    let found =
        |name: &str| fact(&network, name).unwrap_or_else(|| panic!("no {name} in {network}"));
    assert!(found("Interface").starts_with("eni-"), "{network}");
    let mac: Vec<String> = found("MAC").split(':').map(str::to_owned).collect();
    let byte = |part: &String| part.len() == 2 && u8::from_str_radix(part, 16).is_ok();
    assert!(mac.len() == 6 && mac.iter().all(byte), "{network}");
    assert!(found("Private IP").starts_with("172.31.1."), "{network}");
    let public: Result<std::net::Ipv4Addr, _> = found("Public IP").parse();
    assert!(
        public.is_ok_and(|address| !address.is_private()),
        "{network}"
    );
    assert!(network.contains("localhost"), "{network}");

    // Its address is taken from the subnet, and the canvas names it with both containers.
    page.the("treeitem", containing("249 free")).shown().await;
    let tasks = page.the("treeitem", starting("Task scorekeep"));
    assert_eq!(
        tasks.count().await,
        2,
        "{:?}",
        page.the("treeitem", Name::Any).names().await
    );
    page.ends_quietly().await;
}

#[tokio::test]
async fn without_a_public_address_the_form_says_what_will_happen_and_it_does() {
    let page = editor().await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").click().await;
    form.the("group", "Public IP")
        .button("DISABLED")
        .click()
        .await;
    form.says("Without a public address, a task in a public subnet cannot pull its image")
        .await;
    form.says("assignPublicIp=DISABLED").await;
    form.button("Run task").nth(1).click().await;
    speed(&page, "20×").await;
    let why = inspector(&page).the("region", "Why it stopped");
    why.says("ResourceInitializationError: unable to pull secrets or registry auth")
        .await;
    why.says("TaskFailedToStart").await;
    page.ends_quietly().await;
}

#[tokio::test]
async fn a_task_on_spot_is_asked_for_under_more_interrupted_and_described() {
    let page = editor().await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").click().await;
    let strategy = form.the("group", "Run on").button("Strategy");
    assert_eq!(strategy.count().await, 0, "the rest is folded");
    // by mouse: nothing of the form lies below its button or the next section
    form.button("More").click().await;
    strategy.click().await;
    form.says("--capacity-provider-strategy capacityProvider=FARGATE_SPOT,weight=1")
        .await;
    form.the("textbox", "Started by").click().await;
    page.press("ada").await;
    form.the("textbox", starting("Tags")).set("team=blue").await;
    form.says("--started-by ada").await;

    // what is no JSON is told before anything is sent, and stays
    let overrides = form.the("textbox", starting("Overrides"));
    overrides.click().await;
    page.press("{").await;
    form.says("Overrides, line 1").await;
    page.chord(&[Key::Control], 'a').await;
    page.press(Key::Delete).await;

    speed(&page, "50×").await;
    form.button("Run task").nth(1).click().await;
    form.says("scorekeep:1 is starting.").await;
    let inspector = inspector(&page);
    inspector.says("Fargate Spot").await;
    inspector.the("list", "Lifecycle").says("Running").await;
    inspector.button("Interrupt").click().await;
    let why = inspector.the("region", "Why it stopped");
    why.says("Your Spot Task was interrupted.").await;
    why.says("SpotInterruption").await;

    let described = inspector.the("region", "As DescribeTasks says it");
    described.button("As DescribeTasks says it").click().await;
    for words in [
        "\"capacityProviderName\": \"FARGATE_SPOT\"",
        "\"startedBy\": \"ada\"",
        "\"desiredStatus\": \"STOPPED\"",
        "\"team\"",
    ] {
        described.says(words).await;
    }
    page.ends_quietly().await;
}

/// The shipped scenario with the quotas of a new account: six vCPUs, of which its task has one.
async fn with_quotas() -> String {
    let mut kept = kept_scenario().await;
    let run = &mut kept["runs"][0];
    let limits = serde_json::json!({
        "at": run["end"],
        "call": { "action": "playground:SetLimits", "input": { "quotas": true } },
    });
    if let Some(entries) = run["entries"].as_array_mut() {
        entries.push(limits);
    }
    kept.to_string()
}

#[tokio::test]
async fn what_was_not_placed_of_a_run_is_asked_about_where_it_is_said() {
    let page = opened(&with_quotas().await).await;
    let form = left(&page).the("region", "Run task");
    form.button("Run task").click().await;
    form.the("spinbutton", "Tasks, 1 to 10").set("10").await;
    form.button("Run task").nth(1).click().await;
    form.says("5 tasks of scorekeep:1 are starting. 5 tasks not placed: You've reached the limit on the number of vCPUs").await;
    form.button("Why were they not placed?").click().await;
    let why = drawer(&page).the("region", "Why");
    why.says("AWS accepts ecs:RunTask at").await;
    why.says("and starts 5 of 10.").await;
    everywhere(&page, "what was not placed", async |page| {
        let pages = page.the("navigation", "Pages");
        if pages.count().await > 0 {
            pages.button("Define").click().await;
        }
        form.button("Why were they not placed?").shown().await;
    })
    .await;
    // the next run says what it did, and no more of the last
    form.the("spinbutton", "Tasks, 1 to 10").set("11").await;
    form.button("Run task").nth(1).click().await;
    form.says("InvalidParameterException").await;
    form.button("Why were they not placed?").gone().await;
    page.ends_quietly().await;
}
