//! What images do: listed, edited, undone, saved.

use crate::account::Account;
use fargate_core::call::PutImage;
use fargate_core::task::TaskState;
use fargate_session::Session;

const API: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/api";

#[test]
fn the_catalogue_is_listed_and_what_a_person_says_comes_first() {
    let mut account = Account::first_light();
    let before = account.session.images();
    assert!(before.len() > 12 && before.iter().all(|it| !it.own && !it.about.is_empty()));
    let (call, findings) = account.session.say_image("nginx", "{ \"idleCpu\": 9 }");
    assert_eq!(findings, []);
    account.must(call.unwrap());
    let after = account.session.images();
    assert_eq!((after[0].name.as_str(), after[0].own), ("nginx", true));
    assert_eq!(after[0].text, "{\n  \"idleCpu\": 9\n}");
    assert_eq!(after.len(), before.len(), "it takes the catalogue's place");
    assert_eq!(account.session.image("nginx:1.27"), after[0].text);
    account.must(account.session.take_image_back("nginx"));
    assert_eq!(account.session.images(), before);
}

#[test]
fn images_of_registered_definitions_are_named_until_the_scenario_says_what_they_do() {
    let mut account = Account::first_light();
    let named = account.session.named_images();
    let about = |name: &str| named.iter().find(|it| it.name == name).map(|it| &it.about);
    assert!(about(API).unwrap().contains("API of the scorekeep example"));
    assert_eq!(account.session.own_images(), []);
    let (call, _) = account.session.say_image(API, "{}");
    account.must(call.unwrap());
    let left = account.session.named_images();
    assert_eq!(left.len() + 1, named.len());
    assert!(left.iter().all(|it| it.name != API));
    assert_eq!(account.session.own_images()[0].name, API);
}

#[test]
fn what_is_said_can_be_undone_and_is_saved() {
    let mut account = Account::first_light();
    let usual = account.session.image(API);
    let (call, _) = account.session.say_image(API, "{ \"idleMemory\": 33 }");
    account.must(call.unwrap());
    let said = account.session.image(API);
    assert_ne!(said, usual);
    let saved = account.session.save();
    let label = account.session.undo().unwrap();
    assert_eq!(label, format!("say what {API} does"));
    assert_eq!(account.session.image(API), usual);
    account.session.redo();
    assert_eq!(account.session.image(API), said);
    let opened = Session::open(&saved).unwrap();
    assert_eq!(opened.image(API), said);
    assert_eq!(
        opened.event_lines().last(),
        Session::open(&opened.save()).unwrap().event_lines().last()
    );
}

#[test]
fn tasks_that_run_keep_the_image_they_were_run_with() {
    let mut account = Account::first_light();
    let (task, subnet) = (account.task(), account.subnet());
    let before = account.card(&task).containers[1].memory.wants;
    let (call, _) = account.session.say_image(API, "{ \"idleMemory\": 33 }");
    account.must(call.unwrap());
    assert_eq!(account.card(&task).containers[1].memory.wants, before);
    let later = account.run_task(&subnet, true, 1).remove(0);
    account.wait_for(&later, TaskState::Running);
    assert_eq!(account.card(&later).containers[1].memory.wants, 33);
}

#[test]
fn bad_input_is_found_as_it_is_typed_and_refused_as_a_call() {
    let mut account = Account::first_light();
    let text = "{ \"exitCode\": 999, \"speed\": 3 }";
    let (call, findings) = account.session.say_image("web", text);
    assert_eq!(call, None);
    let found: Vec<&str> = findings
        .iter()
        .map(|it| &text[it.span.start..it.span.end])
        .collect();
    assert_eq!(found, ["999", "\"speed\""]);
    let hash = account.session.event_hash();
    let too_much = fargate_core::workload::Workload {
        exit_code: 999,
        ..Default::default()
    };
    for (image, behaviour, words) in [
        ("", None, "image must have 1 to 255 characters."),
        ("web", None, "Nothing was said about image 'web'."),
        (
            "web",
            Some(too_much),
            "exitCode is a whole number from 0 to 255",
        ),
    ] {
        let call = PutImage {
            image: image.to_owned(),
            behaviour: behaviour.map(Box::new),
        };
        let error = account.send(call).unwrap_err();
        assert_eq!(
            (error.code, error.message.as_str()),
            ("InvalidParameterException", words)
        );
    }
    assert_eq!(account.session.event_hash(), hash);
}

#[test]
fn a_document_that_says_more_than_anyone_could_is_not_opened() {
    let mut scenario = Account::first_light().session.scenario().clone();
    let text = fargate_session::Scenario::print;
    let mut endless = fargate_core::workload::Workload::default();
    scenario.images.insert("web".to_owned(), endless.clone());
    assert!(Session::open(&text(&scenario)).is_ok());
    endless.start_ms = u64::MAX;
    scenario.images.insert("web".to_owned(), endless);
    assert!(Session::open(&text(&scenario)).is_err());
}
