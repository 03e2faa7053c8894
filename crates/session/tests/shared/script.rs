//! How the shipped documents are made: a script sends calls as a person would and uses the ids that come back, so that the files hold
//! no id that was made up.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a script that cannot go on says so by panicking"
)]

use fargate_core::call::Call;
use fargate_core::error::Reply;
use fargate_core::text;
use fargate_core::units::{Date, SimTime};
use fargate_core::world::{Budget, Settings, World};
use fargate_session::Scenario;
use std::path::PathBuf;

/// Sends calls one after another and keeps what was sent.
pub(crate) struct Script {
    pub(crate) seed: u64,
    pub(crate) world: World,
    sent: Vec<(SimTime, Call)>,
}

pub(crate) const AS_OF: Date = Date::new(2026, 6, 1);

impl Script {
    pub(crate) fn new(seed: u64) -> Self {
        let settings = Settings {
            authority: fargate_core::world::Authority::whole(),
            seed,
            as_of: AS_OF,
            images: litemap::LiteMap::default(),
        };
        Self {
            seed,
            world: World::new(settings),
            sent: Vec::new(),
        }
    }

    pub(crate) fn send(&mut self, call: impl Into<Call>) -> Reply {
        let call = call.into();
        let number = self.sent.len() as u32;
        let reply = self
            .world
            .apply(number, &call, &mut Vec::new())
            .unwrap_or_else(|error| panic!("{call:?}: {error}"));
        self.sent.push((self.world.now(), call));
        reply
    }

    pub(crate) fn make(&mut self, call: impl Into<Call>) -> String {
        match self.send(call) {
            Reply::Made(id) => id,
            other => panic!("nothing was made: {other:?}"),
        }
    }

    pub(crate) fn wait_until(&mut self, ms: u64) {
        self.world
            .advance(SimTime(ms), Budget(u32::MAX), &mut Vec::new());
    }

    pub(crate) fn document(&self, title: &str, opens_at: SimTime) -> String {
        let scenario = Scenario::new(title, self.seed, AS_OF, opens_at, self.sent.clone());
        let mut text = text::print(&text::read(&scenario.print()).root);
        text.push('\n');
        text
    }
}

/// Writes a document anew where that is asked for, and holds it to its file.
pub(crate) fn check(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        found, text,
        "{name} is not what its script makes; UPDATE_EXPECT=1 writes it anew"
    );
}
