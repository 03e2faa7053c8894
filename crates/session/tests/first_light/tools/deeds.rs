//! The menu of a thing: what can be done with it, and the commands that make it.

use crate::tools::person::Person;
use fargate_core::call::{Call, CreateEgressOnlyInternetGateway, CreateVpcEndpoint};
use fargate_core::ids::TaskId;
use fargate_session::scene::{Key, Rect};
use fargate_session::tools::{
    Deed, Ground, Target, Tool, calls_of, calls_of_standing, command_line, deeds, deeds_of_all,
    siblings, touched,
};

fn targets(person: &Person) -> [(&'static str, Target); 5] {
    let things = &person.things;
    [
        ("task", Target::Thing(Key::Task(things.tasks[0].id.clone()))),
        (
            "subnet",
            Target::Thing(Key::Subnet(things.subnets[0].id.clone())),
        ),
        ("group", Target::Group(things.groups[0].id.clone())),
        ("zone", Target::Thing(Key::Zone(1))),
        ("gateway", Target::Thing(Key::Gateway)),
    ]
}

#[test]
fn a_thing_lists_what_can_be_done_with_it() {
    let person = Person::with(Tool::Task);
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let lists = [
        (
            "task",
            "Open, Why?, Trace from here, Move to, Edit groups, Copy as CLI, Copy as JSON, Hide, Stop task",
        ),
        (
            "subnet",
            "Open, Run a task here, Resize, Split, Merge, Place a NAT gateway, Place an ECR endpoint, Place a database, Place a load balancer, Copy as CLI, Copy as JSON, Hide, Delete subnet",
        ),
        ("group", "Open, Copy as CLI, Copy as JSON, Delete group"),
        ("zone", "Draw a subnet here"),
        ("gateway", "Open"),
    ];
    for ((name, target), (of, list)) in targets(&person).into_iter().zip(lists) {
        let found = deeds(ground, &target);
        let words: Vec<_> = found.iter().map(|deed| deed.words(&target, 1)).collect();
        assert_eq!((name, words.join(", ").as_str()), (of, list));
    }
}

#[test]
fn a_thing_in_use_is_not_deleted_and_aws_says_why() {
    let mut person = Person::with(Tool::Task);
    for (name, target) in targets(&person).into_iter().skip(1).take(2) {
        let ground = Ground {
            things: &person.things,
            scene: &person.scene,
        };
        let plan = deeds(ground, &target).pop();
        let Some(Deed::Delete(plan)) = plan else {
            panic!("{name} can be deleted")
        };
        let refused = person.account.session.gesture(&plan).unwrap_err();
        assert_eq!(refused.error.code, "DependencyViolation", "{name}");
    }
}

#[test]
fn a_thing_is_copied_as_the_commands_that_make_it() {
    let person = Person::with(Tool::Task);
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let run = &person.account.session.scenario().runs[0];
    let commands = |target: &Target| {
        let calls = calls_of(ground, target, &run.entries);
        calls.iter().map(command_line).collect::<Vec<_>>()
    };
    let [task, subnet, group, zone, _] = targets(&person).map(|(_, target)| commands(&target));
    assert_eq!(
        subnet,
        [
            r#"aws ec2 create-subnet --cli-input-json '{"VpcId":"vpc-0ae67710d8f49670a","CidrBlock":"172.31.1.0/24","AvailabilityZone":"us-east-1a","TagSpecifications":[{"ResourceType":"subnet","Tags":[{"Key":"Name","Value":"Public a"}]}]}'"#
        ]
    );
    assert_eq!(group.len(), 2);
    assert!(group[0].starts_with(r#"aws ec2 create-security-group --cli-input-json '{"GroupName":"web","Description":"The scorekeep task""#), "{}", group[0]);
    assert!(
        group[1].starts_with("aws ec2 authorize-security-group-ingress "),
        "{}",
        group[1]
    );
    assert!(
        task[0]
            .starts_with(r#"aws ecs run-task --cli-input-json '{"taskDefinition":"scorekeep:1""#),
        "{}",
        task[0]
    );
    assert!(zone.is_empty());
}

#[test]
fn tiles_and_ways_out_are_copied_as_they_stand() {
    let mut account = Person::in_template(Tool::Route, "private-nat").account;
    let vpc = account.view().vpc.unwrap().id.clone();
    for call in [
        CreateEgressOnlyInternetGateway {
            vpc_id: vpc.as_str().into(),
            tag_specifications: Vec::new(),
        }
        .into(),
        Call::from(CreateVpcEndpoint {
            vpc_endpoint_type: Some("Gateway".to_owned()),
            vpc_id: vpc.as_str().into(),
            service_name: "com.amazonaws.us-east-1.s3".to_owned(),
            ..Default::default()
        }),
    ] {
        account.must(call);
    }
    let person = Person::over(Tool::Route, account);
    let network = person.account.session.world().network();
    let copied = |key| {
        let calls = calls_of_standing(network, &Target::Thing(key));
        calls
            .iter()
            .map(command_line)
            .collect::<Vec<_>>()
            .join("; ")
    };
    let nat = person.scene.tiles.iter().find(|it| it.card.name == "nat a");
    let line = copied(Key::Tile(nat.unwrap().card.id.clone()));
    assert!(
        line.starts_with("aws ec2 create-nat-gateway --cli-input-json '{\"SubnetId\":\"subnet-")
            && line.contains("\"AllocationId\":\"eipalloc-")
            && line.contains("\"Value\":\"nat a\""),
        "{line}"
    );
    let exits: Vec<String> = person
        .scene
        .exits
        .iter()
        .map(|exit| copied(Key::Exit(exit.exit.id.clone())))
        .collect();
    let begins = [
        "aws ec2 create-egress-only-internet-gateway ",
        "aws ec2 create-vpc-endpoint --cli-input-json '{\"VpcEndpointType\":\"Gateway\"",
    ];
    assert_eq!(exits.len(), begins.len());
    for (line, begin) in exits.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line}");
    }
}

#[test]
fn a_frame_takes_what_it_touches_and_several_end_as_one_edit() {
    let mut account = crate::account::Account::first_light();
    let subnet = account.subnet();
    account.run_task(&subnet, true, 2);
    account.wait(60);
    let mut person = Person::over(Tool::Task, account);
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let of = |id: &TaskId| person.scene.tasks.get(id).unwrap().rect;
    let cards = person.things.tasks.iter().map(|task| of(&task.id));
    let whole = cards.reduce(|all, card| all.union(&card)).unwrap();
    let touch = |rect: Rect| touched(ground, rect);
    assert_eq!(touch(of(&person.things.tasks[0].id).inset(10.0)).len(), 1);
    let all = touch(whole);
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(siblings(ground, &all[0]), all);
    assert_eq!(touch(Rect::new(2.0, 2.0, 4.0, 4.0)), []);

    let list = deeds_of_all(ground, &all);
    let target = Target::Thing(all[0].clone());
    let words: Vec<_> = list
        .iter()
        .map(|deed| deed.words(&target, all.len()))
        .collect();
    assert_eq!(words, ["Edit groups of 3", "Stop 3 tasks"]);
    let Some(Deed::Delete(plan)) = list.into_iter().last() else {
        panic!("tasks can be stopped")
    };
    person.account.session.gesture(&plan).unwrap();
    let stopping = |person: &mut Person| {
        let view = person.account.view();
        view.tasks
            .values()
            .filter(|task| task.stop.is_some())
            .count()
    };
    assert_eq!(stopping(&mut person), 3);
    person.account.session.undo().unwrap();
    assert_eq!(stopping(&mut person), 0);
}
