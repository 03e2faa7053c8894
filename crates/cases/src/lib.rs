//! What benches ask of the simulator: the same questions natively and, as wasm, in a browser.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a bench whose ground is missing says so and ends"
)]

#[cfg(target_arch = "wasm32")]
mod exports;
pub mod network;
pub mod runs;

use fargate_core::network::{Network, ProtocolPort, Question};
use fargate_core::units::{SimSpan, SimTime};
use std::hint::black_box;

/// A question, with all that it needs made before.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// How many times it is asked for one measure, so that a coarse clock tells it.
    pub times: u32,
    ask: Box<dyn FnMut(u32)>,
}

impl Case {
    fn new(name: &'static str, times: u32, ask: impl FnMut(u32) + 'static) -> Self {
        let ask = Box::new(ask);
        Self { name, times, ask }
    }

    /// Asks once; `turn` counts, where each turn asks something else.
    pub fn ask(&mut self, turn: u32) {
        (self.ask)(turn);
    }
}

/// The cases in order.
pub fn cases() -> Vec<Case> {
    let alike = network::large(false);
    let verdict = alike.clone();
    let open = network::flow(5_432);
    let refusal = alike.clone();
    let refused = Question::of(network::flow(8_080));
    let mut cases = vec![
        Case::new("a verdict among 1,000 interfaces", 1_000, move |_| {
            black_box(verdict.walk(black_box(&open)));
        }),
        Case::new(
            "a refusal with its proven cures among 1,000 interfaces",
            50,
            move |_| {
                black_box((
                    refusal.walk(black_box(&refused.flow)),
                    refusal.fixes(&refused),
                ));
            },
        ),
        pairs("all pairs of 1,000 interfaces on 2 ports", 5, alike),
        pairs(
            "all pairs of 1,000 interfaces, no two alike, on 2 ports",
            1,
            network::large(true),
        ),
    ];
    let mut session = runs::ten_thousand();
    let end = session.end().0;
    let seek = move |turn: u32| {
        // Every moment in time, in no order: 7,919 is prime.
        let place = u64::from(turn) * 7_919 % runs::EVENTS;
        session.seek(SimTime(end * place / runs::EVENTS));
        black_box(session.view(SimSpan::secs(3)));
    };
    cases.push(Case::new(SEEK, 1, seek));
    cases
}

/// The case whose longest turn counts.
pub const SEEK: &str = "seek to any of 10,000 events among 201 tasks and view it";

fn pairs(name: &'static str, times: u32, network: Network) -> Case {
    let ports = [ProtocolPort::tcp(443), ProtocolPort::tcp(5_432)];
    Case::new(name, times, move |_| {
        black_box(network.all_pairs(black_box(&ports)));
    })
}
