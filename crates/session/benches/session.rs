//! How long the page waits for the simulator. Compare within one run: `cargo xtask bench` prints ratios.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use fargate_cases::runs::{AS_OF, crowd};
use fargate_core::task_definition::{self, Context};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::Budget;
use fargate_session::Session;
use std::hint::black_box;

const TEN: &str = include_str!("../../core/tests/data/ten-containers.json");
const NETWORK: &str = include_str!("../tests/data/network.json");
const DEFINITION: &str = include_str!("../tests/data/scorekeep.json");

fn reading(criterion: &mut Criterion) {
    let context = Context::fargate(AS_OF);
    criterion.bench_function("read a definition with all rules", |bench| {
        bench.iter(|| task_definition::read(black_box(DEFINITION), &context));
    });
    criterion.bench_function("parse it with serde_json to compare", |bench| {
        bench.iter(|| serde_json::from_str::<serde_json::Value>(black_box(DEFINITION)));
    });
    // the first may take at most six times the second
    criterion.bench_function("read ten containers with all rules", |bench| {
        bench.iter(|| task_definition::read(black_box(TEN), &context));
    });
    criterion.bench_function("parse ten containers with serde_json", |bench| {
        bench.iter(|| serde_json::from_str::<serde_json::Value>(black_box(TEN)));
    });
}

/// A thousand interfaces in the truth tables' first topology, and the walk of its refused connection among them.
fn deciding(criterion: &mut Criterion) {
    let rows = fargate_session::vectors::read(NETWORK).unwrap_or_default();
    let Some(row) = rows.get(1) else { return };
    let mut network = row.network.clone();
    let first = network.interfaces.values().next().cloned();
    for number in 0..1_000_u32 {
        let Some(like) = &first else { return };
        let mut more = fargate_core::network::Interface::clone(like);
        more.id = format!("eni-{number:04}").into();
        more.private_ip = std::net::Ipv4Addr::from(0x0a63_0000 + number);
        network.interfaces.insert(more.id.clone(), more);
    }
    // a verdict with its explanation may take a millisecond
    criterion.bench_function("walk a connection among 1,000 interfaces", |bench| {
        bench.iter(|| network.walk(black_box(&row.flow)));
    });
}

fn running(criterion: &mut Criterion) {
    criterion.bench_function("advance first light by an hour", |bench| {
        let start = || Session::first_light(AS_OF);
        let hour = |mut session: Session| session.advance(SimSpan::secs(3_600), Budget(u32::MAX));
        bench.iter_batched(start, hour, BatchSize::LargeInput);
    });
    let mut crowd = crowd();
    criterion.bench_function("view 201 tasks, nothing changed", |bench| {
        bench.iter(|| crowd.view(SimSpan::secs(3)));
    });
    crowd.advance(SimSpan::secs(3_000), Budget(u32::MAX));
    let end = crowd.end().0;
    criterion.bench_function("seek to any moment of an hour", |bench| {
        let mut at = 0;
        bench.iter(|| {
            at = (at + end / 7 + 13) % end;
            crowd.seek(SimTime(at));
        });
    });
}

criterion_group!(benches, reading, deciding, running);
criterion_main!(benches);
