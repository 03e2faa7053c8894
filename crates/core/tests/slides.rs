//! The task definitions of the talks, as they stand on the slides.
#![allow(clippy::expect_used, clippy::panic)] // a test says so when it fails

use fargate_core::finding::{Severity, apply};
use fargate_core::task_definition::{Context, Reading, Verdict, read};
use fargate_core::units::{CpuUnits, Date, MiB};

fn today() -> Context {
    Context::fargate(Date::new(2026, 11, 21))
}

/// Presses the first fix of the gravest finding until nothing can be fixed; the text and how many it took.
fn fix_all(mut text: String, context: &Context, least: Severity) -> (String, Reading, usize) {
    for step in 0..300 {
        let reading = read(&text, context);
        let worst = reading
            .findings
            .iter()
            .filter(|finding| !finding.fixes.is_empty());
        let worst = worst.max_by_key(|finding| finding.severity);
        match worst {
            Some(finding) if finding.severity >= least => {
                text =
                    apply(&text, &finding.fixes[0]).expect("the fix fits the text it was made for");
            }
            _ => return (text, reading, step),
        }
    }
    panic!("fixing does not end:\n{text}");
}

/// Slide 33 comes three times: as transcribed, in lines as a page shows it, and with the prose around it.
const SLIDES: [(&str, &str); 7] = [
    ("12", include_str!("data/slides/12.txt")),
    ("15", include_str!("data/slides/15.txt")),
    ("27", include_str!("data/slides/27.txt")),
    ("33", include_str!("data/slides/33.txt")),
    ("33, in lines", include_str!("data/slides/33-lines.txt")),
    (
        "33, prose and all",
        include_str!("data/slides/33-whole.txt"),
    ),
    ("35", include_str!("data/slides/35.txt")),
];

#[test]
fn each_slide_registers_once_its_errors_are_fixed() {
    for (slide, text) in SLIDES {
        let before = read(text, &today());
        assert!(!before.accepted(), "slide {slide} is no JSON as it stands");
        let (fixed, reading, _) = fix_all(text.to_owned(), &today(), Severity::Error);
        assert_eq!(
            reading.verdict,
            Verdict::Accepted,
            "slide {slide}:\n{fixed}"
        );
        serde_json::from_str::<serde_json::Value>(&fixed).expect("the fixed text is JSON");
        let definition = reading.definition;
        assert_eq!(definition.family, "scorekeep", "slide {slide}");
        let images: Vec<_> = definition
            .containers
            .iter()
            .map(|c| c.image.as_str())
            .collect();
        assert_eq!(
            images,
            [
                "xxx.dkr.ecr.us-east-1.amazonaws.com/fe",
                "xxx.dkr.ecr.us-east-1.amazonaws.com/api"
            ],
            "slide {slide}"
        );
    }
}

#[test]
fn each_slide_runs_on_fargate_once_every_fix_is_pressed() {
    for (slide, text) in SLIDES {
        let (fixed, reading, _) = fix_all(text.to_owned(), &today(), Severity::Hint);
        assert!(reading.accepted(), "slide {slide}:\n{fixed}");
        assert!(
            reading.compatibilities.contains(&"FARGATE"),
            "slide {slide}:\n{fixed}"
        );
        let left: Vec<_> = reading
            .findings
            .iter()
            .filter(|finding| !finding.fixes.is_empty())
            .collect();
        assert!(left.is_empty(), "slide {slide}: {left:?}");
    }
}

#[test]
fn slide_33_is_understood_before_anything_is_fixed() {
    let reading = read(SLIDES[3].1, &today());
    let definition = reading.definition;
    assert_eq!(definition.cpu, Some(CpuUnits(1024)), "\"1 vCpu\"");
    assert_eq!(definition.memory, Some(MiB(2048)), "\"2 gb\"");
    assert_eq!(definition.network_mode.as_deref(), Some("awsvpc"));
    let shares: Vec<_> = definition
        .containers
        .iter()
        .map(|c| {
            (
                c.name.as_str(),
                c.cpu,
                c.memory_reservation,
                c.port_mappings[0].container_port,
            )
        })
        .collect();
    assert_eq!(
        shares,
        [
            (
                "scorekeep-frontend",
                Some(CpuUnits(256)),
                Some(MiB(512)),
                8080
            ),
            ("scorekeep-api", Some(CpuUnits(768)), Some(MiB(512)), 5000),
        ]
    );
}

#[test]
fn one_fix_straightens_every_mark_of_slide_33() {
    let text = SLIDES[3].1;
    let reading = read(text, &today());
    let quotes = reading
        .findings
        .iter()
        .find(|finding| finding.code == "json-quotes");
    let quotes = quotes.expect("slide 33 has typographic marks");
    assert_eq!(
        quotes.fixes[1].title,
        "Straighten the marks of all 5 strings"
    );
    let fixed = apply(text, &quotes.fixes[1]).expect("the fix fits");
    let left = read(&fixed, &today()).findings;
    assert!(
        left.iter()
            .all(|finding| !finding.code.starts_with("json-")),
        "{left:?}"
    );
    serde_json::from_str::<serde_json::Value>(&fixed).expect("it is JSON now");
}

#[test]
fn the_slide_with_swapped_sizes_is_refused_first_by_the_client_and_then_for_its_cpu() {
    let text = r#"{
        "family": "web", "memory": "1 vCPU", "cpu": "3GB", "networkMode": "AWSVPC", "compatibilities": ["FARGATE", "EC2"],
        "placementConstraints": [], "containerDefinitions": [{ "name": "web", "image": "nginx:1.27" }]
    }"#;
    let words = |reading: &Reading| match &reading.verdict {
        Verdict::Refused { aws: Some(aws), .. } => format!("{}: {}", aws.code, aws.message),
        other => panic!("{other:?}"),
    };
    let reading = read(text, &today());
    assert!(
        words(&reading).starts_with(
            "ParamValidationError: Parameter validation failed:\n\
             Unknown parameter in input: \"compatibilities\", must be one of: family, taskRoleArn, executionRoleArn, \
             networkMode, containerDefinitions, volumes, placementConstraints, requiresCompatibilities, cpu, memory, \
             tags, pidMode, ipcMode, proxyConfiguration, inferenceAccelerators, ephemeralStorage, runtimePlatform, \
             enableFaultInjection, trustedExecutionConfiguration"
        ),
        "{}",
        words(&reading)
    );
    let renamed = text.replace("\"compatibilities\"", "\"requiresCompatibilities\"");
    let reading = read(&renamed, &today());
    assert_eq!(
        words(&reading),
        "InvalidParameterException: Invalid 'cpu' setting for task."
    );
    let (_, reading, _) = fix_all(text.to_owned(), &today(), Severity::Error);
    assert!(reading.accepted());
    assert_eq!(reading.definition.cpu, Some(CpuUnits(1024)));
    assert_eq!(reading.definition.memory, Some(MiB(3072)));
    assert!(reading.compatibilities.contains(&"FARGATE"));
}
