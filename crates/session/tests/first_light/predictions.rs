//! What a reader expects of shares, against what the simulator then does.

use crate::account::Account;
use fargate_core::ids::TaskId;
use fargate_session::diagrams::prediction::{Outcome, Prediction, Resource, Victim};

/// The containers of the shipped task, by place: frontend has 256 of its 1,024 units, api 768; both reserve 512 of 2,048 MiB.
const NAMES: [&str; 2] = ["scorekeep-frontend", "scorekeep-api"];

/// Sets what a prediction drafts, as the page does, and compares.
fn run(account: &mut Account, task: &TaskId, resource: Resource, it: &Prediction) -> Outcome {
    let before = account.card(task);
    for (place, wants) in it.demands(resource, &before) {
        let (cpu, memory) = match resource {
            Resource::Cpu => (Some(wants), None),
            Resource::Memory => (None, Some(wants)),
        };
        account.demand(task, NAMES[place], cpu, memory);
    }
    it.outcome(resource, &before, &account.card(task))
}

fn prediction(wants: &[(usize, u32)], gets: &[(usize, u32)], victim: Option<Victim>) -> Prediction {
    Prediction {
        wants: wants.iter().copied().collect(),
        gets: gets.iter().copied().collect(),
        victim,
    }
}

/// What is wanted, what is expected, what is said.
type Row = (
    &'static [(usize, u32)],
    &'static [(usize, u32)],
    Option<Victim>,
    &'static [&'static str],
);

fn said(outcome: &Outcome) -> Vec<String> {
    let mut said: Vec<String> = outcome
        .compared
        .iter()
        .map(|it| format!("{} ({})", it.sentence, it.difference()))
        .collect();
    said.extend(outcome.victim.clone());
    said.push(outcome.total.replace('\u{2009}', " "));
    said
}

fn check(resource: Resource, rows: &[Row]) {
    for (wants, gets, victim, words) in rows {
        let mut account = Account::first_light();
        let task = account.task();
        let outcome = run(
            &mut account,
            &task,
            resource,
            &prediction(wants, gets, *victim),
        );
        assert_eq!(said(&outcome), *words, "{wants:?} {gets:?} {victim:?}");
    }
}

#[test]
fn a_share_of_the_cpu_is_compared_with_what_came_and_why() {
    check(
        Resource::Cpu,
        &[
            (
                &[(0, 700), (1, 500)],
                &[(0, 256), (1, 500)],
                None,
                &[
                    "You expected frontend to get 256 units; it got 524, because its share is 256 and api leaves 268 idle. (+268)",
                    "You expected api to get 500 units, and it did, because it wants no more. (0)",
                    "1 of 2 right, within 5 %.",
                ],
            ),
            (
                &[(0, 512), (1, 0)],
                &[(0, 500)],
                None,
                &[
                    "You expected frontend to get 500 units; it got 512, which is close, all that it wants, because its share is 256 and api leaves 256 idle. (+12)",
                    "Right, within 5 %.",
                ],
            ),
            (
                &[(0, 1_200), (1, 1_200)],
                &[(0, 512), (1, 512)],
                None,
                &[
                    "You expected frontend to get 512 units; it got 256, because its share is 256 and nobody leaves any idle. (\u{2212}256)",
                    "You expected api to get 512 units; it got 768, because its share is 768 and nobody leaves any idle. (+256)",
                    "0 of 2 right, within 5 %.",
                ],
            ),
            (
                &[(0, 256), (1, 768)],
                &[(0, 256), (1, 768)],
                None,
                &[
                    "You expected frontend to get 256 units, and it did, because it wants no more. (0)",
                    "You expected api to get 768 units, and it did, because it wants no more. (0)",
                    "Both right, within 5 %.",
                ],
            ),
            (
                &[(0, 0)],
                &[(0, 1)],
                None,
                &[
                    "You expected frontend to get 1 unit; it got 0, because it wants no more. (\u{2212}1)",
                    "Not within 5 %.",
                ],
            ),
        ],
    );
}

#[test]
fn memory_and_who_is_killed_are_compared_with_what_came_and_why() {
    check(
        Resource::Memory,
        &[
            (
                &[(0, 600), (1, 800)],
                &[(0, 600), (1, 512)],
                Some(Victim::Nobody),
                &[
                    "You expected frontend to use 600 MiB, and it did, because it wants no more and that fits. (0)",
                    "You expected api to use 512 MiB; it used 800, because it wants no more and that fits. (+288)",
                    "You expected nobody to be killed, and nobody was.",
                    "2 of 3 right, within 5 %.",
                ],
            ),
            (
                &[(0, 1_000), (1, 1_200)],
                &[],
                Some(Victim::Container(1)),
                &[
                    "You expected api to be killed, and it was, at the task's limit of 2,048 MiB.",
                    "Right, within 5 %.",
                ],
            ),
            (
                &[(0, 1_500), (1, 1_200)],
                &[(0, 1_024)],
                Some(Victim::Container(1)),
                &[
                    "You expected frontend to use 1,024 MiB; it used 0, because it was killed at the task's limit of 2,048 MiB. (\u{2212}1,024)",
                    "You expected api to be killed; frontend was, at the task's limit of 2,048 MiB.",
                    "0 of 2 right, within 5 %.",
                ],
            ),
            (
                &[(0, 700)],
                &[],
                Some(Victim::Container(0)),
                &[
                    "You expected frontend to be killed; nobody was, since all of it fits.",
                    "Not within 5 %.",
                ],
            ),
            (
                &[(0, 2_200)],
                &[],
                Some(Victim::Nobody),
                &[
                    "You expected nobody to be killed; frontend was, at the task's limit of 2,048 MiB.",
                    "Not within 5 %.",
                ],
            ),
        ],
    );
}

#[test]
fn nobody_is_killed_on_the_way_to_demands_that_fit() {
    let mut account = Account::first_light();
    let task = account.task();
    account.demand(&task, NAMES[1], None, Some(1_500));
    let swapped = prediction(&[(0, 1_500), (1, 300)], &[], Some(Victim::Nobody));
    let demands = swapped.demands(Resource::Memory, &account.card(&task));
    assert_eq!(demands, [(1, 300), (0, 1_500)], "less comes before more");
    let outcome = run(&mut account, &task, Resource::Memory, &swapped);
    assert_eq!(
        outcome.victim.as_deref(),
        Some("You expected nobody to be killed, and nobody was.")
    );
}

#[test]
fn what_would_change_nothing_is_not_sent() {
    let mut account = Account::first_light();
    let task = account.task();
    account.demand(&task, NAMES[0], Some(300), None);
    let same = prediction(&[(0, 300), (7, 900)], &[], None);
    assert_eq!(same.demands(Resource::Cpu, &account.card(&task)), []);
}

#[test]
fn nothing_can_be_run_before_something_is_marked_or_when_nothing_runs() {
    let mut account = Account::first_light();
    let task = account.task();
    let marked = prediction(&[], &[(0, 10)], None);
    let card = account.card(&task);
    assert_eq!(
        Prediction::default().blocked(&card),
        Some("Mark what at least one container gets.")
    );
    assert_eq!(marked.blocked(&card), None);
    account.stop(&task);
    account.wait(600);
    assert_eq!(
        marked.blocked(&account.card(&task)),
        Some("No container runs, so there is nothing to run. What is marked stays here.")
    );
}
