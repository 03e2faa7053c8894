//! Rules: from who may come to the group that lets them in.

use crate::account::{Account, run};
use crate::tools::person::{Person, SCREEN};
use fargate_core::ids::SecurityGroupId;
use fargate_session::scene::{Key, Point, Rect, Scene, Things};
use fargate_session::tools::{End, Ground, Hand, Tool, rule_lines, ways};

/// An account with a second group, which one task wears.
fn two_groups() -> Account {
    let mut account = Account::first_light();
    let person = Person::over(Tool::Group, account);
    let mut person = person.doing("key Enter");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Group(hand) = &mut person.hand else {
        panic!("another tool")
    };
    "jobs".clone_into(&mut hand.name);
    let plan = hand.plan(ground);
    account = person.account;
    account.session.gesture(&plan).unwrap();
    let jobs = account
        .view()
        .groups
        .values()
        .find(|group| group.name == "jobs")
        .unwrap()
        .id
        .clone();
    let subnet = account.add_subnet("172.31.9.0/24");
    account.must(run(&subnet, vec![jobs], true, 1));
    account.wait(60);
    account
}

#[test]
fn a_rule_is_drawn_by_dragging_or_by_two_clicks_or_by_keys() {
    for (what, comes, port) in [
        (
            "press jobs, to web, release",
            "says: Let jobs in to web. Port 5000. Enter adds the rule.",
            Some("5000"),
        ),
        (
            "click jobs, click web",
            "says: Let jobs in to web. Port 5000. Enter adds the rule.",
            Some("5000"),
        ),
        (
            "press Internet, to web, release",
            "says: Let Internet in to web. Port 5000. Enter adds the rule.",
            Some("5000"),
        ),
        (
            "press web, to Internet, release",
            "says: Let web out to Internet. Port 443. Enter adds the rule.",
            Some("443"),
        ),
        (
            "click Internet, click Internet",
            "says: The Internet is the source already. Choose the group that lets it in.",
            None,
        ),
        (
            "click jobs, click jobs",
            "says: Let jobs in to jobs. Port 5000. Enter adds the rule.",
            Some("5000"),
        ),
        ("press jobs, to web, key Escape, release", "nothing", None),
        ("press jobs, to nowhere, release", "dropped", None),
        ("press jobs, to nowhere, to jobs, release", "dropped", None),
        (
            "keys",
            "says: From Internet? Arrow keys to choose who may come, Enter to take it.",
            None,
        ),
        (
            "keys, key Right",
            "says: From web? Arrow keys to choose who may come, Enter to take it.",
            None,
        ),
        (
            "keys, key Left",
            "says: From jobs? Arrow keys to choose who may come, Enter to take it.",
            None,
        ),
        (
            "keys, key Left, key Enter, key Left, key Enter",
            "says: Let jobs in to web. Port 5000. Enter adds the rule.",
            Some("5000"),
        ),
        ("keys, key Enter, key Escape, key Escape", "left", None),
    ] {
        let person = Person::over(Tool::Rule, two_groups()).doing(what);
        assert_eq!(person.outcome(), comes, "{what}");
        let Hand::Rule(hand) = &person.hand else {
            panic!("another tool")
        };
        let asked = hand.ask.as_ref().map(|ask| ask.port.as_str());
        assert_eq!(asked, port, "{what}");
    }
}

#[test]
fn a_drawn_rule_lets_its_source_in_and_is_a_line_between_the_groups() {
    let mut person = Person::over(Tool::Rule, two_groups()).doing("press jobs, to web, release");
    let Hand::Rule(hand) = &person.hand else {
        panic!("another tool")
    };
    let ask = hand.ask.clone().unwrap();
    assert_eq!(ask.warning(), None, "a group is not everyone");
    person
        .account
        .session
        .gesture(&ask.plan().unwrap())
        .unwrap();
    let things = Things::from(&person.account.view());
    let lines = rule_lines(&things, &Scene::draw(&things, SCREEN));
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line.label.as_str(), line.name.as_str()))
        .collect();
    assert_eq!(told, [("TCP 5000", "Rule of web: TCP 5000 from jobs")]);
    let line = &lines[0];
    let frame = |id: &SecurityGroupId| {
        let scene = Scene::draw(&things, SCREEN);
        let frame = scene.frames.iter().find(|frame| frame.group == *id);
        frame.unwrap().rect
    };
    let on_edge = |rect: Rect, at: Point| {
        let at = Rect::new(at.x, at.y, 0.0, 0.0);
        rect.contains(&at) && !rect.inset(1.0).contains(&at)
    };
    assert!(on_edge(frame(&line.from), line.points[0]), "{line:?}");
    assert!(
        on_edge(frame(&line.to), *line.points.last().unwrap()),
        "{line:?}"
    );
    assert_eq!(
        person.account.session.undo().as_deref(),
        Some("add rule TCP 5000 to web")
    );
    let things = Things::from(&person.account.view());
    assert_eq!(rule_lines(&things, &Scene::draw(&things, SCREEN)), []);
}

#[test]
fn everyone_is_let_in_with_a_warning_but_for_the_ports_of_web_servers() {
    for (protocol, port, warned) in [
        ("tcp", "80", None),
        ("tcp", "443", None),
        (
            "tcp",
            "22",
            Some("Everyone on the Internet may use port 22. Usual are only 80 and 443."),
        ),
        (
            "udp",
            "443",
            Some("Everyone on the Internet may use port 443. Usual are only 80 and 443."),
        ),
        (
            "tcp",
            "80-90",
            Some("Everyone on the Internet may use ports 80 to 90. Usual are only 80 and 443."),
        ),
        (
            "-1",
            "",
            Some("Everyone on the Internet may use every port."),
        ),
    ] {
        let person = Person::with(Tool::Rule).doing("press Internet, to web, release");
        let Hand::Rule(hand) = person.hand else {
            panic!("another tool")
        };
        let mut ask = hand.ask.unwrap();
        assert_eq!(ask.source, End::Internet);
        (ask.protocol, ask.port) = (protocol.to_owned(), port.to_owned());
        assert_eq!(ask.warning().as_deref(), warned, "{protocol} {port}");
        assert!(ask.plan().is_ok(), "{protocol} {port}");
        ask.protocol = "tcp".to_owned();
        ask.port = "http".to_owned();
        assert!(ask.plan().is_err());
    }
}

#[test]
fn the_lines_of_a_thing_lead_to_its_other_ends() {
    let person = Person::over(Tool::Rule, two_groups()).doing("press jobs, to web, release");
    let Hand::Rule(hand) = &person.hand else {
        panic!("another tool")
    };
    let plan = hand.ask.clone().unwrap().plan().unwrap();
    let mut account = person.account;
    account.session.gesture(&plan).unwrap();
    let person = Person::over(Tool::Rule, account);
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let wears = |name: &str| {
        let group = person.things.groups.iter().find(|group| group.name == name);
        let group = &group.unwrap().id;
        let tasks = person.things.tasks.iter();
        let task = tasks.clone().find(|task| task.groups.contains(group));
        Key::Task(task.unwrap().id.clone())
    };
    let (web, jobs) = (wears("web"), wears("jobs"));
    let subnet = Key::Subnet(person.things.subnets[0].id.clone());
    for (from, lines) in [
        (
            Key::Internet,
            vec![
                ("The VPC's internet gateway", Key::Gateway),
                ("Rule of web: TCP 8080 from anywhere", web.clone()),
            ],
        ),
        (
            web.clone(),
            vec![
                ("Rule of web: TCP 8080 from anywhere", Key::Internet),
                ("Rule of web: TCP 5000 from jobs", jobs.clone()),
            ],
        ),
        (jobs, vec![("Rule of web: TCP 5000 from jobs", web)]),
        (Key::Vpc, vec![]),
    ] {
        let found = ways(ground, &from);
        let found: Vec<_> = found
            .iter()
            .map(|way| (way.words.as_str(), way.to.clone()))
            .collect();
        assert_eq!(found, lines, "{from}");
    }
    let routes = ways(ground, &subnet);
    assert_eq!(
        routes.iter().map(|way| &way.to).collect::<Vec<_>>(),
        [&Key::Gateway]
    );
    let back = ways(ground, &Key::Gateway);
    assert!(back.iter().any(|way| way.to == subnet));
}

#[test]
fn a_line_to_the_internet_lets_the_group_out_and_says_where_it_is_let_out_already() {
    let person = Person::with(Tool::Rule).doing("press web, to Internet, release");
    let ground = Ground {
        things: &person.things,
        scene: &person.scene,
    };
    let Hand::Rule(hand) = &person.hand else {
        panic!("another tool")
    };
    let mut ask = hand.ask.clone().unwrap();
    assert_eq!(
        ask.already_out(ground).as_deref(),
        Some("web lets all traffic out to anywhere already, as every new group does.")
    );
    assert_eq!(ask.warning(), None, "nobody is let in");
    let told = |plan: &fargate_session::Plan| plan.calls(&[])[0].action();
    assert_eq!(
        told(&ask.plan().unwrap()),
        "ec2:AuthorizeSecurityGroupEgress"
    );
    ask.out = false;
    assert_eq!(ask.already_out(ground), None);
    assert_eq!(
        told(&ask.plan().unwrap()),
        "ec2:AuthorizeSecurityGroupIngress"
    );
}

#[test]
fn the_line_of_a_rule_crosses_no_words_of_boundaries() {
    let person = Person::over(Tool::Rule, two_groups()).doing("press jobs, to web, release");
    let Hand::Rule(hand) = &person.hand else {
        panic!("another tool")
    };
    let plan = hand.ask.clone().unwrap().plan().unwrap();
    let mut account = person.account;
    account.session.gesture(&plan).unwrap();
    let same_subnet = account.subnet();
    let jobs = account.view();
    let jobs = jobs.groups.values().find(|group| group.name == "jobs");
    let jobs = jobs.unwrap().id.clone();
    for below in [false, true] {
        if below {
            // In one subnet the boundaries lie below each other, with chips and tabs between.
            account.must(run(&same_subnet, vec![jobs.clone()], true, 1));
            account.wait(60);
        }
        let things = Things::from(&account.view());
        for width in [620.0, 760.0, 1000.0, 1240.0] {
            let scene = Scene::draw(
                &things,
                fargate_session::scene::Viewport { width, ..SCREEN },
            );
            let words: Vec<Rect> = scene
                .frames
                .iter()
                .flat_map(|frame| frame.chips.iter().map(|chip| chip.rect).chain([frame.tab]))
                .collect();
            let lines = rule_lines(&things, &scene);
            assert_eq!(lines.len(), 1, "{width} {below}");
            for pair in lines[0].points.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                let corner = Rect::new(from.x.min(to.x), from.y.min(to.y), 0.0, 0.0);
                let (w, h) = ((from.x - to.x).abs(), (from.y - to.y).abs());
                let part = Rect { w, h, ..corner }.inset(-1.0);
                let crossed = words.iter().find(|word| word.overlaps(&part));
                assert_eq!(crossed, None, "{width} {below} {:?}", lines[0]);
            }
        }
    }
}
