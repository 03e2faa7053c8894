//! AWS's answers, word for word, and which comes first where several things are wrong.
#![allow(clippy::panic)] // a test says so when it fails

use fargate_core::task_definition::{Context, Verdict, read};
use fargate_core::units::Date;

/// A container without flaws, unless the task has no memory.
const WEB: &str = r#"{ "name": "web", "image": "nginx:1.27" }"#;

/// What AWS answers to a definition with these members and containers.
fn answer(members: &str, containers: &str) -> String {
    let family = if members.contains("\"family\"") {
        ""
    } else {
        "\"family\": \"web\","
    };
    let comma = if members.is_empty() { "" } else { "," };
    let text = format!("{{ {family} {members} {comma} \"containerDefinitions\": [{containers}] }}");
    let reading = read(&text, &Context::fargate(Date::new(2026, 11, 21)));
    match reading.verdict {
        Verdict::Accepted => "accepted".to_owned(),
        Verdict::Refused { aws: Some(aws), .. } => format!("{}: {}", aws.code, aws.message),
        Verdict::Refused { aws: None, finding } => {
            panic!("{text}: {:?}", reading.findings[finding])
        }
    }
}

/// Members of a definition that asks for Fargate, with a size.
fn fargate(cpu: &str, memory: &str, more: &str) -> String {
    format!(
        r#""requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "{cpu}", "memory": "{memory}" {more}"#
    )
}

/// A container with further members.
fn web(members: &str) -> String {
    format!(r#"{{ "name": "web", "image": "nginx:1.27", {members} }}"#)
}

/// The service's answers stand in `data/answers.txt`; these are the clients', in several lines each.
#[test]
fn clients_refuse_in_their_own_words() {
    let memory = "\"memory\": \"512\"";
    for (members, containers, expected) in [
        (
            "\"cpu\": 256",
            WEB.to_owned(),
            "Invalid type for parameter cpu, value: 256, type: <class 'int'>, valid types: <class 'str'>",
        ),
        (
            memory,
            web("\"cpu\": \"256\""),
            "Invalid type for parameter containerDefinitions[0].cpu, value: 256, type: <class 'str'>, valid types: <class 'int'>",
        ),
        (
            memory,
            web("\"secrets\": [{ \"name\": \"A\" }]"),
            "Missing required parameter in containerDefinitions[0].secrets[0]: \"valueFrom\"",
        ),
    ] {
        assert_eq!(
            answer(members, &containers),
            format!("ParamValidationError: Parameter validation failed:\n{expected}"),
            "{members} {containers}"
        );
    }
}

#[test]
fn what_looks_wrong_but_is_not_is_accepted() {
    let small = fargate("256", "512", "");
    for (members, containers) in [
        (small.clone(), web("\"stopTimeout\": 120")),
        (small.clone(), web("\"startTimeout\": 121")),
        (
            small.clone(),
            web("\"cpu\": 256, \"memory\": 512, \"memoryReservation\": 512"),
        ),
        (small.clone(), web("\"privileged\": false")),
        (
            small.clone(),
            web(
                "\"portMappings\": [{ \"containerPort\": 53, \"protocol\": \"tcp\" }, { \"containerPort\": 53, \"protocol\": \"udp\" }]",
            ),
        ),
        (
            small.clone(),
            web("\"portMappings\": [{ \"containerPort\": 80, \"protocol\": \"TCP\" }]"),
        ),
        (
            small.clone(),
            web("\"memory\": 512") + ", { \"name\": \"b\", \"image\": \"b:1\", \"memory\": 512 }",
        ),
        (
            small,
            web("\"healthCheck\": { \"command\": [\"/healthcheck\"] }"),
        ),
        (
            fargate(
                "1024",
                "2048",
                ", \"runtimePlatform\": { \"operatingSystemFamily\": \"WINDOWS_SERVER_2022_CORE\", \"cpuArchitecture\": \"ARM64\" }",
            ),
            WEB.to_owned(),
        ),
        (
            "\"memory\": \"999\", \"cpu\": \"130\"".to_owned(),
            WEB.to_owned(),
        ),
        (
            "\"volumes\": [{ \"name\": \"unused\" }]".to_owned(),
            web("\"memory\": 6"),
        ),
    ] {
        assert_eq!(
            answer(&members, &containers),
            "accepted",
            "{members} {containers}"
        );
    }
}

#[test]
fn the_first_of_several_refusals_is_the_one_that_aws_gives() {
    for (members, containers, expected) in [
        // observed: the client before the service, types before values
        (
            "\"cpu\": \"bad\", \"cpuu\": \"1\"",
            WEB,
            "ParamValidationError",
        ),
        // observed: an unparseable cpu before network mode, essential and size
        (
            "\"cpu\": \"bad\", \"memory\": \"1\", \"networkMode\": \"bridge\", \"requiresCompatibilities\": [\"FARGATE\"]",
            "{ \"name\": \"a\", \"image\": \"a:1\", \"essential\": false }",
            "InvalidParameterException: Invalid 'cpu'",
        ),
        // observed: a container without memory before Fargate's missing size
        (
            "\"requiresCompatibilities\": [\"FARGATE\"]",
            WEB,
            "ClientException: Invalid setting for container 'web'. At least one",
        ),
        // chosen
        (
            "\"cpu\": \"bad\", \"memory\": \"bad\"",
            WEB,
            "InvalidParameterException: Invalid 'cpu'",
        ),
        (
            "\"family\": \"a b\", \"memory\": \"1\"",
            "{ \"name\": \"a b\", \"image\": \"a:1\" }",
            "ClientException: Family",
        ),
        (
            "\"requiresCompatibilities\": [\"FARGATE\"], \"cpu\": \"256\", \"memory\": \"9999\"",
            WEB,
            "ClientException: Fargate only supports network mode",
        ),
    ] {
        let answer = answer(members, containers);
        assert!(
            answer.starts_with(expected),
            "{members} {containers}: {answer}"
        );
    }
}

#[test]
fn without_asking_for_fargate_its_rules_decide_only_where_it_can_run() {
    let big = Context::fargate(Date::new(2026, 11, 21));
    for (members, containers, runs_on) in [
        (
            "\"networkMode\": \"awsvpc\", \"cpu\": \"256\", \"memory\": \"512\"",
            WEB.to_owned(),
            vec!["EC2", "FARGATE", "MANAGED_INSTANCES"],
        ),
        (
            "\"networkMode\": \"awsvpc\", \"cpu\": \"300\", \"memory\": \"512\"",
            WEB.to_owned(),
            vec!["EC2", "MANAGED_INSTANCES"],
        ),
        (
            "\"networkMode\": \"awsvpc\", \"cpu\": \"256\", \"memory\": \"512\"",
            web("\"stopTimeout\": 121"),
            vec!["EC2", "MANAGED_INSTANCES"],
        ),
        (
            "\"networkMode\": \"bridge\", \"cpu\": \"256\", \"memory\": \"512\"",
            WEB.to_owned(),
            vec!["EXTERNAL", "EC2"],
        ),
        (
            "\"memory\": \"512\"",
            WEB.to_owned(),
            vec!["EXTERNAL", "EC2"],
        ),
    ] {
        let text = format!(
            "{{ \"family\": \"web\", {members}, \"containerDefinitions\": [{containers}] }}"
        );
        let reading = read(&text, &big);
        assert!(reading.accepted(), "{text}");
        assert_eq!(reading.compatibilities, runs_on, "{text}");
        let told = reading.findings.iter().any(|finding| {
            finding.aws.as_ref().is_some_and(|aws| {
                aws.message == "Task definition does not support launch_type FARGATE."
            })
        });
        assert_eq!(told, !runs_on.contains(&"FARGATE"), "{text}");
    }
}
