//! The laws of the picture: nothing overlaps, nothing sticks out, every way begins and ends at its places.

mod samples;

use super::*;
use fargate_core::call::CreateSubnet;
use fargate_core::task::TaskState;
use samples::{TaskOf, any_things, first_light, group, subnet, task, things};

const VIEWPORTS: [Viewport; 7] = [
    desk(1000.0, 852.0),
    desk(760.0, 616.0),
    desk(684.0, 560.0),
    desk(584.0, 720.0),
    desk(1240.0, 640.0),
    phone(Some(0)),
    phone(None),
];

const fn desk(width: f64, height: f64) -> Viewport {
    Viewport {
        width,
        height,
        compact: false,
        zone: None,
    }
}

const fn phone(zone: Option<usize>) -> Viewport {
    Viewport {
        width: 390.0,
        height: 420.0,
        compact: true,
        zone,
    }
}

/// Runs a check over the pictures of many scenarios in many viewports.
fn every_picture(check: impl Fn(&Things, &Scene, &str)) {
    for seed in 0..120 {
        let things = if seed == 0 {
            first_light()
        } else {
            any_things(seed)
        };
        for viewport in VIEWPORTS {
            let scene = Scene::draw(&things, viewport);
            let what = format!("seed {seed}, {} x {}", viewport.width, viewport.height);
            check(&things, &scene, &what);
        }
    }
}

#[track_caller]
fn apart(boxes: &[(String, Rect)], what: &str) {
    for (index, (name, rect)) in boxes.iter().enumerate() {
        for (other, against) in &boxes[index + 1..] {
            assert!(
                !rect.overlaps(against),
                "{what}: {name} {rect:?} overlaps {other} {against:?}"
            );
        }
    }
}

#[test]
fn siblings_never_overlap() {
    every_picture(|_, scene, what| {
        let zones = scene
            .zones
            .iter()
            .map(|zone| (zone.name.to_string(), zone.rect));
        apart(&zones.collect::<Vec<_>>(), what);
        let subnets = scene
            .subnets
            .iter()
            .map(|(id, subnet)| (id.to_string(), subnet.rect));
        apart(&subnets.collect::<Vec<_>>(), what);
        let tasks = scene
            .tasks
            .iter()
            .map(|(id, task)| (id.to_string(), task.outer()));
        let tiles = scene.tiles.iter();
        let tiles = tiles.map(|tile| (tile.card.id.to_string(), tile.rect));
        apart(&tasks.chain(tiles).collect::<Vec<_>>(), what);
        for tile in &scene.tiles {
            let at = (tile.card.id.to_string(), tile.rect);
            for frame in &scene.frames {
                let frame = (format!("boundary of {}", frame.group), frame.rect);
                apart(&[at.clone(), frame], what);
            }
        }
        for (id, task) in &scene.tasks {
            let chips = task.chips.iter().enumerate();
            let chips = chips.map(|(index, chip)| (format!("{id} chip {index}"), chip.rect));
            apart(&chips.collect::<Vec<_>>(), what);
        }
    });
}

#[test]
fn everything_lies_within_what_holds_it() {
    every_picture(|things, scene, what| {
        let Some(vpc) = scene.vpc else { return };
        assert!(scene.size.contains(&vpc.rect), "{what}: the VPC sticks out");
        for zone in &scene.zones {
            assert!(
                vpc.rect.contains(&zone.rect),
                "{what}: {} sticks out",
                zone.name
            );
            if let Some(ghost) = zone.ghost {
                assert!(zone.rect.contains(&ghost), "{what}: the ghost sticks out");
            }
        }
        for card in &things.subnets {
            let Some(subnet) = scene.subnets.get(&card.id) else {
                continue;
            };
            let zone = scene
                .zones
                .iter()
                .find(|zone| zone.name == card.zone)
                .unwrap();
            assert!(
                zone.rect.contains(&subnet.rect),
                "{what}: {} sticks out",
                card.name
            );
        }
        for tile in &scene.tiles {
            let subnet = &scene.subnets[&tile.card.subnet];
            let name = &tile.card.name;
            assert!(
                subnet.rect.contains(&tile.rect),
                "{what}: {name} sticks out"
            );
            for words in [tile.name.rect(), tile.note.rect()] {
                assert!(tile.rect.contains(&words), "{what}: words of {name}");
            }
            let place = Place::Tile(tile.card.id.clone());
            let at = scene
                .place(std::slice::from_ref(&place), 0)
                .expect("a tile is a place");
            assert!(
                tile.rect.contains(&Rect::new(at.x, at.y, 0.0, 0.0)),
                "{what}: {name}"
            );
        }
        for card in &things.tasks {
            let Some(task) = scene.tasks.get(&card.id) else {
                continue;
            };
            let subnet = &scene.subnets[&card.subnet];
            assert!(
                subnet.rect.contains(&task.outer()),
                "{what}: {} {:?} sticks out of {:?}",
                card.id,
                task.outer(),
                subnet.rect
            );
            for chip in &task.chips {
                assert!(
                    task.rect.contains(&chip.rect),
                    "{what}: a chip of {} sticks out",
                    card.id
                );
            }
        }
    });
}

#[test]
fn a_boundary_encloses_all_that_wear_the_group_and_no_others() {
    every_picture(|things, scene, what| {
        for frame in &scene.frames {
            for card in &things.tasks {
                let Some(task) = scene.tasks.get(&card.id) else {
                    continue;
                };
                let worn = card.groups.contains(&frame.group);
                if !worn || card.state == TaskState::Stopped {
                    assert!(
                        !frame.rect.overlaps(&task.rect),
                        "{what}: {} is in the boundary of {}, which it does not wear",
                        card.id,
                        frame.group
                    );
                }
            }
        }
        for card in things
            .tasks
            .iter()
            .filter(|card| card.state != TaskState::Stopped)
        {
            let Some(task) = scene.tasks.get(&card.id) else {
                continue;
            };
            for group in &card.groups {
                let mut parts = scene.frames.iter().filter(|frame| frame.group == *group);
                assert!(
                    parts.any(|frame| frame.rect.contains(&task.outer())),
                    "{what}: {} wears {group} but is outside of its boundary",
                    card.id
                );
            }
        }
    });
}

#[test]
fn words_have_room_and_do_not_run_into_each_other() {
    every_picture(|things, scene, what| {
        for card in &things.subnets {
            let Some(subnet) = scene.subnets.get(&card.id) else {
                continue;
            };
            let words = [
                ("name", subnet.name),
                ("free", subnet.free),
                ("cidr", subnet.cidr),
                ("route", subnet.route),
            ];
            let words = words.map(|(name, slot)| (format!("{} {name}", card.name), slot.rect()));
            apart(&words, what);
            for (name, rect) in &words {
                assert!(subnet.rect.contains(rect), "{what}: {name} sticks out");
            }
        }
        for (id, task) in &scene.tasks {
            if task.density == Density::Mini {
                continue;
            }
            let mut words = vec![
                ("icon".to_owned(), task.icon),
                ("title".to_owned(), task.title.rect()),
                ("note".to_owned(), task.note.rect()),
            ];
            for (index, chip) in task.chips.iter().enumerate() {
                let mut inside = vec![(format!("name {index}"), chip.name.rect())];
                inside.extend(
                    chip.ports
                        .map(|slot| (format!("ports {index}"), slot.rect())),
                );
                for meter in [chip.cpu, chip.memory].into_iter().flatten() {
                    inside.push((format!("label {index}"), meter.label.rect()));
                    inside.push((format!("value {index}"), meter.value.rect()));
                    inside.push((format!("bar {index}"), meter.track));
                }
                for (name, rect) in &inside {
                    assert!(
                        chip.rect.contains(rect),
                        "{what}: {name} of {id} sticks out of its chip"
                    );
                }
                words.extend(inside);
            }
            apart(&words, what);
            for (name, rect) in &words {
                assert!(
                    task.rect.contains(rect),
                    "{what}: {name} of {id} sticks out"
                );
            }
        }
        for frame in &scene.frames {
            let mut edge = vec![("tab".to_owned(), frame.tab)];
            let chips = frame.chips.iter().enumerate();
            edge.extend(chips.map(|(index, chip)| (format!("rule {index}"), chip.rect)));
            apart(&edge, what);
        }
    });
}

#[test]
fn every_flight_begins_and_ends_at_its_places() {
    every_picture(|things, scene, what| {
        for card in things.tasks.iter().filter(|card| card.interface.is_some()) {
            if !scene.tasks.contains_key(&card.id) {
                continue;
            }
            let mut places = vec![
                Place::Internet,
                Place::Gateway,
                Place::Route(card.subnet.clone()),
                Place::Subnet(card.subnet.clone()),
            ];
            places.extend(card.groups.iter().cloned().map(Place::Group));
            places.push(Place::Interface(card.id.clone()));
            places.push(Place::Container(card.id.clone(), 0));
            for end in 1..=places.len() {
                let part = &places[..end];
                let track = scene.track(part).unwrap();
                assert_eq!(
                    track.stops().len(),
                    part.len(),
                    "{what}: a place is missing"
                );
                let (first, _) = track.at(0.0);
                assert_eq!(first, scene.internet.center(), "{what}");
                let (last, _) = track.at(1.0);
                let place = scene.place(part, end - 1).unwrap();
                assert!(
                    last.distance(place) < 0.1,
                    "{what}: {last:?} is not {place:?}"
                );
                for pair in track.points().windows(2) {
                    let straight = (pair[0].x - pair[1].x).abs() < 0.01
                        || (pair[0].y - pair[1].y).abs() < 0.01;
                    assert!(straight, "{what}: a line goes askew: {pair:?}");
                }
            }
            for (order, group) in card.groups.iter().enumerate() {
                let at = scene.place(&places, 4 + order).unwrap();
                let mut parts = scene.frames.iter().filter(|frame| frame.group == *group);
                assert!(
                    parts.any(|frame| (frame.rect.y - at.y).abs() < 0.1
                        && at.x > frame.rect.x
                        && at.x < frame.rect.right()),
                    "{what}: {group} decides off its edge"
                );
            }
        }
    });
}

#[test]
fn a_request_between_tasks_goes_over_what_both_lie_in() {
    let (a, b) = (subnet(1, 0, true), subnet(2, 1, true));
    let mut all = things(vec![a.clone(), b.clone()]);
    all.groups = vec![group("sg-web", 0, &[])];
    let of = |number, subnet: &SubnetCard| {
        task(&TaskOf {
            number,
            subnet,
            groups: &["sg-web"],
            state: TaskState::Running,
            public_ip: false,
            containers: &["api"],
        })
    };
    all.tasks = vec![of(1, &a), of(2, &b)];
    let scene = Scene::draw(&all, VIEWPORTS[1]);
    let places = [
        Place::Interface(all.tasks[0].id.clone()),
        Place::Interface(all.tasks[1].id.clone()),
    ];
    let [from, to] = &places;
    let group = || Place::Group("sg-web".into());
    let met = [
        from.clone(),
        group(),
        Place::Subnet(a.id.clone()),
        Place::Route(a.id.clone()),
        Place::Subnet(b.id.clone()),
        group(),
        to.clone(),
    ];
    let track = scene.track(&places).unwrap();
    assert_eq!(
        scene.track(&met).unwrap().points(),
        track.points(),
        "the group lets out at the one end and in at the other"
    );
    let gateway = scene.internet.center().x;
    assert!(
        track.points().iter().all(|at| (at.x - gateway).abs() > 0.1),
        "it does not go by the gateway: {:?}",
        track.points()
    );
    for (progress, card) in [(0.0, &all.tasks[0]), (1.0, &all.tasks[1])] {
        let (at, _) = track.at(progress);
        assert!(at.distance(scene.tasks[&card.id].plug) < 0.1);
    }
    let frames: Vec<_> = scene.frames.iter().map(|frame| frame.rect).collect();
    assert_eq!(frames.len(), 1, "one boundary goes over both zones");
}

#[test]
fn no_way_between_tasks_goes_askew_or_turns_back() {
    every_picture(|things, scene, what| {
        let drawn = things.tasks.iter();
        let drawn: Vec<_> = drawn
            .filter(|card| card.interface.is_some() && scene.tasks.contains_key(&card.id))
            .collect();
        for pair in drawn.windows(2) {
            let places = [0, 1].map(|end| Place::Interface(pair[end].id.clone()));
            let track = scene.track(&places).unwrap();
            for three in track.points().windows(3) {
                let (before, at, after) = (three[0], three[1], three[2]);
                let straight =
                    |a: &Point, b: &Point| (a.x - b.x).abs() < 0.01 || (a.y - b.y).abs() < 0.01;
                assert!(
                    straight(&before, &at) && straight(&at, &after),
                    "{what}: askew at {at:?}"
                );
                let (on, back) = (before.distance(at), at.distance(after));
                assert!(
                    (before.distance(after) - (on - back).abs()).abs() > 1e-6,
                    "{what}: it turns back at {at:?}"
                );
            }
        }
    });
}

#[test]
fn the_first_visit_looks_as_designed() {
    let scene = Scene::draw(&first_light(), VIEWPORTS[0]);
    assert_eq!(scene.density, Density::Large);
    let card = scene.tasks.values().next().unwrap();
    assert!(card.bands.is_some() && card.public.is_some());
    let gateway = scene.gateway.unwrap();
    let track = scene.track(&[
        Place::Internet,
        Place::Interface(first_light().tasks[0].id.clone()),
    ]);
    assert!((gateway.x - card.plug.x).abs() < 0.01);
    assert_eq!(track.unwrap().points().len(), 2, "the way down is straight");
    let empty = scene
        .zones
        .iter()
        .filter(|zone| zone.ghost.is_some())
        .count();
    assert_eq!(empty, 2);
}

#[test]
fn more_tasks_are_drawn_with_less_detail() {
    let public = subnet(1, 0, true);
    let cases = [
        (1, Density::Large),
        (3, Density::Medium),
        (41, Density::Mini),
    ];
    for (count, density) in cases {
        let mut all = first_light();
        all.tasks = (0..count)
            .map(|number| {
                task(&TaskOf {
                    number,
                    subnet: &public,
                    groups: &["sg-web"],
                    state: TaskState::Running,
                    public_ip: false,
                    containers: &["frontend", "api"],
                })
            })
            .collect();
        assert_eq!(
            Scene::draw(&all, VIEWPORTS[0]).density,
            density,
            "{count} tasks"
        );
    }
}

#[test]
fn the_next_subnet_is_the_first_free_block() {
    let cases: [(&[u8], Option<&str>); 4] = [
        (&[], Some("172.31.1.0/24")),
        (&[1], Some("172.31.2.0/24")),
        (&[1, 3], Some("172.31.2.0/24")),
        (&[2], Some("172.31.1.0/24")),
    ];
    for (taken, expected) in cases {
        let all = things(
            taken
                .iter()
                .map(|&number| subnet(number, 0, true))
                .collect(),
        );
        let call = next_subnet(&all, "us-east-1b").expect("there is room");
        let call: &CreateSubnet = call.input().expect("a subnet is made");
        assert_eq!(Some(call.cidr_block.as_str()), expected);
        assert_eq!(call.availability_zone.as_deref(), Some("us-east-1b"));
    }
    let mut full = things(vec![]);
    full.vpc = None;
    assert_eq!(next_subnet(&full, "us-east-1a"), None);
}

#[test]
fn the_outline_names_what_the_picture_shows() {
    let all = first_light();
    let scene = Scene::draw(&all, VIEWPORTS[0]);
    let lines: Vec<String> = scene
        .outline
        .iter()
        .map(|item| format!("{} {:?}", item.level, item.key))
        .collect();
    assert_eq!(lines.len(), 12, "{lines:#?}");
    for item in &scene.outline {
        assert_eq!(Key::read(&item.key.to_string()).as_ref(), Some(&item.key));
    }
    assert_eq!(
        task_name(&all.tasks[0], "Public a", &["sg-web".into()]),
        "Task scorekeep 7, 1eef, running, 172.31.101.11, public 203.0.113.11, in Public a, groups sg-web."
    );
}

#[test]
fn keys_move_to_the_nearest_thing_in_their_direction() {
    let all = first_light();
    let scene = Scene::draw(&all, VIEWPORTS[0]);
    let items = &scene.outline;
    let of = |key: &Key| items.iter().find(|item| item.key == *key).unwrap();
    let cases = [
        (Key::Zone(0), Direction::Right, Some(Key::Zone(1))),
        (Key::Zone(1), Direction::Right, Some(Key::Zone(2))),
        (Key::Zone(2), Direction::Right, None),
        (Key::Zone(2), Direction::Left, Some(Key::Zone(1))),
        (Key::Internet, Direction::Down, Some(Key::Gateway)),
    ];
    for (from, direction, to) in cases {
        let found = of(&from)
            .beside(items, direction)
            .map(|item| item.key.clone());
        assert_eq!(found, to, "{from:?} {direction:?}");
    }
}
