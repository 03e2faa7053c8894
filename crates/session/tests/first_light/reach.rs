//! Questions about the network: by any name, with the same explanation as a request's, with cures that work, and what changed.

use crate::account::Account;
use fargate_core::call::{DeleteRoute, RevokeSecurityGroupIngress, StopTask};
use fargate_core::network::IpProtocol;
use fargate_core::units::SimTime;
use fargate_session::reach::{Answer, Ask};

fn ask(account: &Account, from: &str, to: &str, port: u16) -> Result<Answer, String> {
    account.session.reach(&Ask {
        from: from.to_owned(),
        to: to.to_owned(),
        protocol: IpProtocol::TCP,
        port,
    })
}

#[test]
fn an_end_goes_by_any_of_its_names() {
    let mut account = Account::first_light();
    let task = account.task();
    let interface = account.card(&task).interface.unwrap();
    let arn = format!("arn:aws:ecs:us-east-1:123456789012:task/default/{task}");
    let names = [
        "scorekeep".to_owned(),
        "scorekeep:1".to_owned(),
        task.to_string(),
        task.short().to_owned(),
        arn,
        interface.id.to_string(),
        format!("scorekeep {}", task.short()),
    ];
    for name in &names {
        let answer = ask(&account, "internet", name, 8080).unwrap();
        assert!(answer.reachable, "{name}: {:?}", answer.card);
        assert_eq!(answer.to, format!("scorekeep {}", task.short()));
        let out = ask(&account, name, "example.com", 443).unwrap();
        assert!(out.reachable, "{name}: {:?}", out.card);
    }
    for unknown in ["", "nobody", "sg-1", "my task"] {
        let error = ask(&account, "internet", unknown, 8080).unwrap_err();
        assert!(error.contains("There is: internet, scorekeep"), "{error}");
    }
    let error = ask(&account, "10.9.9.9", "scorekeep", 8080).unwrap_err();
    assert!(error.contains("No interface has 10.9.9.9"), "{error}");
    // a private address is asked as it is
    let answer = ask(
        &account,
        "internet",
        &interface.private_ip.to_string(),
        8080,
    )
    .unwrap();
    assert_eq!(answer.code, Some("X_UNROUTABLE_PRIVATE_DESTINATION"));
    let none = ask(&account, "scorekeep", "no.such.name", 443).unwrap();
    assert_eq!(none.code, Some("X_NXDOMAIN"));
}

#[test]
fn two_of_a_family_are_told_apart() {
    let mut account = Account::first_light();
    let subnet = account.subnet();
    account.run_task(&subnet, true, 1);
    account.wait(60);
    let error = ask(&account, "internet", "scorekeep", 8080).unwrap_err();
    assert!(
        error.starts_with("scorekeep may be any of 2: eni-") && error.ends_with("by its id."),
        "{error}"
    );
}

#[test]
fn a_refusal_is_explained_with_cures_that_the_account_accepts_and_that_work() {
    let mut account = Account::first_light();
    account.remove_rule(8080, "0.0.0.0/0");
    let vpc = account.view().vpc.unwrap();
    account.must(DeleteRoute {
        route_table_id: vpc.main_route_table.as_str().into(),
        destination_cidr_block: Some("0.0.0.0/0".to_owned()),
        ..Default::default()
    });
    let answer = ask(&account, "internet", "scorekeep", 8080).unwrap();
    assert_eq!(answer.code, Some("SG_HAS_NO_RULES"));
    assert!(!answer.reachable && answer.hops.last().is_some_and(|hop| !hop.passed));
    let card = &answer.card;
    assert!(
        card.cure.starts_with("Add an inbound rule"),
        "{}",
        card.cure
    );
    assert!(card.log[0].ends_with("REJECT OK"), "{:?}", card.log);
    let fix = &card.fixes[0];
    assert_eq!(
        fix.calls.len(),
        2,
        "the rule, and the route that the answer needs: {fix:?}"
    );
    for call in fix.calls.clone() {
        account.must(call);
    }
    assert!(
        ask(&account, "internet", "scorekeep", 8080)
            .unwrap()
            .reachable
    );
}

#[test]
fn where_nothing_listens_it_says_what_does() {
    let account = Account::first_light();
    let answer = ask(&account, "internet", "scorekeep", 22).unwrap();
    assert!(answer.card.fixes.is_empty());
    assert!(
        answer
            .card
            .cure
            .contains("Nothing listens there on TCP 22 either; what listens is"),
        "{}",
        answer.card.cure
    );
}

#[test]
fn changes_between_two_moments_are_counted_and_named() {
    let mut account = Account::first_light();
    let before = account.session.world().clone();
    assert_eq!(
        account.session.changes_since(&before).sentence,
        "This change opened and closed nothing."
    );
    let matrix = account.session.matrix();
    let port = matrix.ports.iter().position(|on| on.port == 8080).unwrap();
    assert_eq!(matrix.exposed(port).len(), 1);
    assert!(matrix.is_exposed(port, 0) && matrix.goes_out(port, 0));
    let group = account.view().groups.keys().next().unwrap().clone();
    let rules = account
        .session
        .world()
        .network()
        .security_groups
        .get(&group)
        .unwrap();
    let permissions: Vec<_> = rules
        .ingress
        .iter()
        .map(fargate_core::network::Rule::permission)
        .collect();
    account.must(RevokeSecurityGroupIngress {
        group_id: group,
        ip_permissions: permissions,
    });
    let changes = account.session.changes_since(&before);
    assert_eq!(changes.sentence, "This change closed 1 flow.");
    assert_eq!(
        (
            changes.closed[0].from.as_str(),
            changes.closed[0].on.as_str()
        ),
        ("the Internet", "TCP 8080")
    );
    assert!(changes.opened.is_empty());
}

#[test]
fn another_moment_and_another_run_can_be_compared_with() {
    let mut account = Account::first_light();
    account.wait(30);
    assert_eq!(account.session.last_edit_at(), None);
    account.remove_rule(8080, "0.0.0.0/0");
    let edited = account.session.now();
    assert_eq!(account.session.last_edit_at(), Some(edited));
    account.wait(30);
    let closed = |account: &Account, run: usize, moment: SimTime| -> Vec<String> {
        let before = account.session.world_of(run, moment).unwrap();
        let closed = account.session.changes_since(&before).closed;
        closed.iter().map(|flow| flow.on.clone()).collect()
    };
    assert_eq!(closed(&account, 0, SimTime(edited.0 - 1)), ["TCP 8080"]);
    assert!(closed(&account, 0, SimTime(u64::MAX)).is_empty());

    // from before the edit, another run goes on with the rule
    account.session.seek(SimTime(edited.0 - 1));
    assert_eq!(account.session.last_edit_at(), None);
    let task = account.task();
    account.must(StopTask {
        task,
        ..Default::default()
    });
    assert!(closed(&account, 0, SimTime(edited.0 - 1)).is_empty());
    let first = account.session.world_of(0, SimTime(u64::MAX)).unwrap();
    let opened = account.session.changes_since(&first).opened;
    assert_eq!(opened.len(), 1, "{opened:?}");
    assert_eq!(opened[0].from, "the Internet");
    assert!(account.session.world_of(2, SimTime::default()).is_none());
}

#[test]
fn an_interface_leads_to_its_task_after_it_is_gone() {
    let mut account = Account::first_light();
    let task = account.task();
    let interface = account.card(&task).interface.unwrap().id;
    let found = |account: &Account| account.session.task_of_interface(&interface);
    assert_eq!(found(&account), Some(task.clone()));
    account.must(StopTask {
        task: task.clone(),
        ..Default::default()
    });
    account.wait(120);
    assert!(account.card(&task).interface.is_none());
    assert_eq!(found(&account), Some(task));
    assert_eq!(account.session.task_of_interface(&"eni-0".into()), None);
}

#[test]
fn flow_logs_add_up_requests_of_a_minute() {
    let mut account = Account::first_light();
    let task = account.task();
    let interface = account.card(&task).interface.unwrap();
    account.wait(180);
    account.remove_rule(8080, "0.0.0.0/0");
    account.wait(120);
    let lines = account.session.flow_logs();
    let fields: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
    for line in &fields {
        assert_eq!(line.len(), 14, "{line:?}");
        assert_eq!(
            (line[0], line[1], line[2]),
            ("2", "123456789012", interface.id.as_str())
        );
        let (start, end): (u64, u64) = (line[10].parse().unwrap(), line[11].parse().unwrap());
        assert!(
            start % 60 == 0 && (start + 1..=start + 60).contains(&end),
            "{line:?}"
        );
        assert_eq!(line[12] == "-", line[13] == "NODATA", "{line:?}");
    }
    // the scenario begins at 10:00 of the first of June 2026
    let starts: Vec<u64> = fields
        .iter()
        .map(|line| line[10].parse().unwrap())
        .collect();
    assert!(
        starts.is_sorted() && starts[0] >= 1_780_308_000,
        "{starts:?}"
    );
    let with = |action: &str, to: &str| {
        let all = fields.iter();
        let found = all.filter(|line| line[12] == action && line[4] == to);
        found
            .map(|line| line[8].parse::<u64>().unwrap())
            .sum::<u64>()
    };
    let private = interface.private_ip.to_string();
    let (private, client) = (private.as_str(), "203.0.113.9");
    assert!(with("ACCEPT", private) > 0 && with("ACCEPT", client) > 0);
    assert!(with("REJECT", private) > 0, "{lines:?}");
    assert_eq!(
        with("REJECT", client),
        0,
        "a request that is refused has no answer"
    );
}
