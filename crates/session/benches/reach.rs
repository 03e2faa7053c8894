//! How long questions about the network take: one verdict with its cures, and all pairs of 1,000 interfaces on 2 ports. Compare
//! within one run: `cargo xtask bench` prints ratios.

use criterion::{Criterion, criterion_group, criterion_main};
use fargate_cases::network::{flow, large};
use fargate_core::network::{ProtocolPort, Question};
use std::hint::black_box;

fn asking(criterion: &mut Criterion) {
    let network = large(false);
    let open = flow(5_432);
    criterion.bench_function("a verdict among 1,000 interfaces", |bench| {
        bench.iter(|| network.walk(black_box(&open)));
    });
    let refused = Question::of(flow(8_080));
    assert!(!network.fixes(&refused).is_empty());
    criterion.bench_function(
        "a refusal with its proven cures among 1,000 interfaces",
        |bench| {
            bench.iter(|| {
                (
                    network.walk(black_box(&refused.flow)),
                    network.fixes(&refused),
                )
            });
        },
    );
    let ports = [ProtocolPort::tcp(443), ProtocolPort::tcp(5_432)];
    criterion.bench_function("all pairs of 1,000 interfaces on 2 ports", |bench| {
        bench.iter(|| network.all_pairs(black_box(&ports)));
    });
    let distinct = large(true);
    criterion.bench_function(
        "all pairs of 1,000 interfaces, no two alike, on 2 ports",
        |bench| {
            bench.iter(|| distinct.all_pairs(black_box(&ports)));
        },
    );
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = asking
}
criterion_main!(benches);
