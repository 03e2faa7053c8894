//! Fargate's sizes and the texts that people write them in, against the tables of what AWS documents.

use fargate_core::compute::sizes::{
    cpu_text, memory_text, nearest, offers, parse_cpu, parse_memory, rows,
};
use fargate_core::units::{CpuUnits, Date, MiB};
use serde_json::Value;
use std::collections::BTreeSet;

const TODAY: Date = Date::new(2026, 11, 21);
const IN_2017: Date = Date::new(2017, 12, 1);
const IN_2022: Date = Date::new(2022, 9, 16);

#[test]
fn every_way_to_write_a_size_is_read_as_documented() {
    let table = include_str!("data/size-parse-vectors.json");
    let table: Value = serde_json::from_str(table).expect("the table is JSON");
    // what is not established, and what the playground makes of it
    let chosen = [
        ("0.25 vCPU", Some(256)),
        ("0.5 vCPU", Some(512)),
        (".25", None),
        ("1024.0", None),
        ("512MB", None),
        ("512MiB", None),
        ("1G", None),
    ];
    let mut seen = 0;
    for vector in table["vectors"].as_array().expect("vectors") {
        let input = vector["input"].as_str().expect("input");
        let is_cpu = vector["field"] == "cpu";
        let read = if is_cpu {
            parse_cpu(input).map(|cpu| cpu.0)
        } else {
            parse_memory(input).map(|memory| memory.0)
        };
        let expected = match vector["accepted"].as_bool() {
            // these parse; that they are too small is another rule's matter
            Some(false) if matches!(input, "0" | "100") => input.parse().ok(),
            Some(false) => None,
            Some(true) => vector["normalised"]
                .as_str()
                .and_then(|size| size.parse().ok()),
            None => {
                chosen
                    .iter()
                    .find(|(text, _)| *text == input)
                    .expect("a choice is noted")
                    .1
            }
        };
        assert_eq!(read, expected, "{} {input:?}", vector["field"]);
        seen += 1;
    }
    assert_eq!(seen, 37);
}

#[test]
fn sizes_are_those_of_the_day() {
    let table = include_str!("data/fargate-sizes.json");
    let table: Value = serde_json::from_str(table).expect("the table is JSON");
    let documented = |wanted: fn(&Value) -> bool| -> BTreeSet<(u64, u64)> {
        let pairs = table["pairs"].as_array().expect("pairs").iter();
        let pairs = pairs.filter(|pair| wanted(pair));
        pairs
            .map(|pair| {
                (
                    pair["cpu"].as_u64().expect("cpu"),
                    pair["memory_mib"].as_u64().expect("memory"),
                )
            })
            .collect()
    };
    let offered = |as_of, windows| -> BTreeSet<(u64, u64)> {
        rows(as_of, windows)
            .flat_map(|row| {
                row.memories()
                    .map(move |memory| (row.cpu.0.into(), memory.0.into()))
            })
            .collect()
    };
    for (day, windows, count, expected) in [
        (TODAY, false, 77, documented(|_| true)),
        (IN_2022, false, 74, documented(|pair| pair["cpu"] != 32_768)),
        (
            IN_2017,
            false,
            50,
            documented(|pair| pair["in_2017_table"] == true),
        ),
        (TODAY, true, 43, documented(|pair| pair["windows"] == true)),
        (Date::new(2017, 11, 28), false, 0, BTreeSet::new()),
    ] {
        assert_eq!(offered(day, windows), expected, "{day}");
        assert_eq!(expected.len(), count, "{day}");
    }
}

#[test]
fn the_nearest_sizes_are_offered_and_near() {
    // (asked, answers: same CPU, same memory, holds both)
    for (asked, answers) in [
        ((256, 4_096), vec![(256, 2_048), (512, 4_096)]),
        ((1_024, 1_024), vec![(1_024, 2_048), (512, 1_024)]),
        ((300, 700), vec![(512, 1_024)]),
        ((1_024, 2_500), vec![(1_024, 2_048), (1_024, 3_072)]),
        ((0, 0), vec![(256, 512)]),
        ((99_999, 999_999), vec![(32_768, 249_856)]),
    ] {
        let found = nearest(CpuUnits(asked.0), MiB(asked.1), TODAY, false);
        for &(cpu, memory) in &found {
            assert!(
                offers(cpu, memory, TODAY, false),
                "{asked:?}: {cpu} {memory}"
            );
        }
        let found: Vec<_> = found
            .into_iter()
            .map(|(cpu, memory)| (cpu.0, memory.0))
            .collect();
        assert_eq!(found, answers, "{asked:?}");
    }
}

#[test]
fn sizes_are_said_as_people_say_them() {
    assert_eq!(cpu_text(CpuUnits(256)), "0.25 vCPU");
    assert_eq!(cpu_text(CpuUnits(1_024)), "1 vCPU");
    assert_eq!(memory_text(MiB(512)), "512 MB");
    assert_eq!(memory_text(MiB(30_720)), "30 GB");
    for row in rows(TODAY, false) {
        assert_eq!(parse_cpu(&cpu_text(row.cpu)), Some(row.cpu));
        for memory in row.memories().filter(|memory| memory.0 >= 1_024) {
            assert_eq!(parse_memory(&memory_text(memory)), Some(memory));
        }
    }
}
