//! A person with a tool in the hand.

use crate::account::Account;
use fargate_core::call::Call;
use fargate_core::units::Date;
use fargate_session::Session;
use fargate_session::scenarios::TEMPLATES;
use fargate_session::scene::{Point, Rect, Scene, Things, Viewport};
use fargate_session::tools::{Ground, Hand, Tool, ToolKey, Turn};
use serde_json::Value;

/// A person with a tool in the hand, and what came of the last thing they did.
pub(crate) struct Person {
    pub(crate) account: Account,
    pub(crate) things: Things,
    pub(crate) scene: Scene,
    pub(crate) hand: Hand,
    pub(crate) turn: Turn,
}

pub(crate) const SCREEN: Viewport = Viewport {
    width: 1000.0,
    height: 800.0,
    compact: false,
    zone: None,
};

impl Person {
    pub(crate) fn with(tool: Tool) -> Self {
        Self::over(tool, Account::first_light())
    }

    pub(crate) fn over(tool: Tool, mut account: Account) -> Self {
        let mut things = Things::from(&account.view());
        let vpc = things.vpc.as_ref().map(|vpc| vpc.id.as_str().into());
        let details = account.session.details(&vpc.unwrap_or_default());
        let mut scene = Scene::draw(&things, SCREEN);
        scene.furnish(&details);
        things.details = Some(details.into());
        Self {
            scene,
            things,
            account,
            hand: Hand::with(tool).unwrap(),
            turn: Turn::Stay,
        }
    }

    /// The tool over a template's network.
    pub(crate) fn in_template(tool: Tool, name: &str) -> Self {
        let template = TEMPLATES.iter().find(|it| it.name == name).unwrap();
        let session = Session::template(template, Date::new(2026, 6, 1)).unwrap();
        Self::over(tool, Account { session })
    }

    /// A point of the picture by name: `Internet`, `gateway`, `zone b`, `task`, `edge of Public a`, or the name of a group, a
    /// subnet, a tile or a way out; `nowhere`.
    fn point(&self, name: &str) -> Point {
        let rect = match name {
            "nowhere" => return Point::new(3.0, 3.0),
            "Internet" => self.scene.internet,
            "gateway" => return self.scene.gateway.unwrap(),
            "task" => self.scene.tasks.values().next().unwrap().rect,
            "zone a" | "zone b" | "zone c" => {
                let place = ["zone a", "zone b", "zone c"]
                    .iter()
                    .position(|zone| *zone == name);
                let rect = self.scene.zones[place.unwrap()].rect;
                Rect { h: 80.0, ..rect }
            }
            edge if edge.starts_with("edge of ") => {
                let name = edge.trim_start_matches("edge of ");
                let mut cards = self.things.subnets.iter();
                let card = cards.find(|card| card.name == name).unwrap();
                let rect = self.scene.subnets.get(&card.id).unwrap().rect;
                return Point::new(rect.center().x, rect.bottom() - 1.0);
            }
            name => {
                let tile = self.scene.tiles.iter().find(|it| it.card.name == name);
                let exit = self.scene.exits.iter().find(|it| it.exit.name == name);
                if let Some(rect) = tile.map(|it| it.rect).or(exit.map(|it| it.rect)) {
                    return rect.center();
                }
                let subnets = self.things.subnets.iter().find(|card| card.name == name);
                let groups = self.things.groups.iter().find(|card| card.name == name);
                match (subnets, groups) {
                    (Some(card), _) => Rect {
                        h: 30.0,
                        ..self.scene.subnets.get(&card.id).unwrap().rect
                    },
                    (None, Some(card)) => {
                        self.scene
                            .frames
                            .iter()
                            .find(|frame| frame.group == card.id)
                            .unwrap()
                            .tab
                    }
                    (None, None) => panic!("nothing is called {name}"),
                }
            }
        };
        rect.center()
    }

    /// Does one thing: `press web`, `to Internet`, `down 200` (from where it is), `release`, `click task`, `key Enter`, `keys` (begin by keys).
    fn does(&mut self, what: &str, at: &mut Point) {
        let ground = Ground {
            things: &self.things,
            scene: &self.scene,
        };
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        self.turn = match verb {
            "keys" => self.hand.begin(ground, None),
            "key" => self.hand.key(ground, key(rest)),
            "press" => {
                *at = self.point(rest);
                self.hand.down(ground, *at)
            }
            "to" => {
                *at = self.point(rest);
                self.hand.moved(ground, *at)
            }
            "down" => {
                at.y += rest.parse::<f64>().unwrap();
                self.hand.moved(ground, *at)
            }
            "release" => self.hand.up(ground, *at),
            "click" => {
                *at = self.point(rest);
                self.hand.moved(ground, *at);
                self.hand.down(ground, *at);
                self.hand.up(ground, *at)
            }
            _ => panic!("{what}?"),
        };
    }

    pub(crate) fn doing(mut self, all: &str) -> Self {
        let mut at = Point::default();
        for what in all.split(", ") {
            self.does(what, &mut at);
        }
        self
    }

    /// What came of the last thing, in words.
    pub(crate) fn outcome(&self) -> String {
        match &self.turn {
            Turn::Stay => "nothing".to_owned(),
            Turn::Drawn(None) => "drawn".to_owned(),
            Turn::Drawn(Some(words)) => format!("says: {words}"),
            Turn::Do(plan) => plan
                .calls(&["made".to_owned()])
                .iter()
                .map(told)
                .collect::<Vec<_>>()
                .join("; "),
            Turn::Run(subnet) => {
                let card = self.things.subnets.iter().find(|card| card.id == *subnet);
                format!("run in {}", card.unwrap().name)
            }
            Turn::Dropped => "dropped".to_owned(),
            Turn::Left => "left".to_owned(),
        }
    }
}

fn key(name: &str) -> ToolKey {
    match name {
        "Left" => ToolKey::Left,
        "Right" => ToolKey::Right,
        "Up" => ToolKey::Up,
        "Down" => ToolKey::Down,
        "Enter" => ToolKey::Enter,
        "Space" => ToolKey::Space,
        "Escape" => ToolKey::Escape,
        _ => panic!("no key is called {name}"),
    }
}

/// A call in short: its action, and the members that a drawing decides.
fn told(call: &Call) -> String {
    let input: Value = serde_json::from_str(&fargate_core::wire::print(call)).unwrap();
    let input = &input["input"];
    let words = [
        "CidrBlock",
        "AvailabilityZone",
        "DestinationCidrBlock",
        "GroupName",
    ];
    let mut parts = vec![call.action().to_owned()];
    parts.extend(
        words
            .iter()
            .filter_map(|name| input[name].as_str().map(str::to_owned)),
    );
    let name = input["TagSpecifications"][0]["Tags"][0]["Value"].as_str();
    parts.extend(name.map(|name| format!("'{name}'")));
    parts.join(" ")
}
