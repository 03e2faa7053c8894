//! AWS's answers, word for word, and which comes first where several things are wrong.
#![allow(clippy::panic, clippy::too_many_lines)] // a test says so when it fails; a table is as long as it is

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

#[test]
fn each_refusal_has_its_words() {
    let small = fargate("256", "512", "");
    let memory = "\"memory\": \"512\"";
    for (members, containers, expected) in [
        (
            "\"cpu\": \"\"",
            WEB.to_owned(),
            "InvalidParameterException: Invalid 'cpu' setting for task.",
        ),
        (
            "\"cpu\": \"bad\"",
            WEB.to_owned(),
            "InvalidParameterException: Invalid 'cpu' setting for task.",
        ),
        (
            "\"cpu\": \"64\", \"memory\": \"512\"",
            WEB.to_owned(),
            "ClientException: Invalid 'cpu' setting for task.",
        ),
        (
            "\"memory\": \"512MB\"",
            WEB.to_owned(),
            "InvalidParameterException: Invalid 'memory' setting for task.",
        ),
        (
            "\"family\": \"\", \"memory\": \"512\"",
            WEB.to_owned(),
            "ClientException: Family should not be null or empty.",
        ),
        (
            "\"family\": \"a b\", \"memory\": \"512\"",
            WEB.to_owned(),
            "ClientException: Family contains invalid characters.",
        ),
        (
            memory,
            String::new(),
            "ClientException: Container list cannot be empty.",
        ),
        (
            memory,
            [WEB; 11].join(","),
            "ClientException: Too many containers.",
        ),
        (
            memory,
            "{ \"image\": \"a:1\" }".to_owned(),
            "ClientException: Container.name should not be null or empty.",
        ),
        (
            memory,
            "{ \"name\": \"a b\", \"image\": \"a:1\" }".to_owned(),
            "ClientException: Container.name contains invalid characters.",
        ),
        (
            memory,
            format!("{WEB}, {WEB}"),
            "ClientException: Container names must be unique within a task definition.",
        ),
        (
            memory,
            "{ \"name\": \"a\" }".to_owned(),
            "ClientException: Container.image should not be null or empty.",
        ),
        (
            memory,
            "{ \"name\": \"a\", \"image\": \"$A\" }".to_owned(),
            "ClientException: Container.image contains invalid characters.",
        ),
        (
            memory,
            "{ \"name\": \"a\", \"image\": \":1\" }".to_owned(),
            "ClientException: Container.image repository should not be null or empty.",
        ),
        (
            memory,
            format!("{{ \"name\": \"a\", \"image\": \"{}\" }}", "x".repeat(256)),
            "ClientException: Container.image repository should be 255 characters or less.",
        ),
        (
            "",
            WEB.to_owned(),
            "ClientException: Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified.",
        ),
        (
            "",
            web("\"memory\": 64, \"memoryReservation\": 65"),
            "ClientException: Invalid setting for container 'web'. 'memory' must be greater than or equal to 'memoryReservation'.",
        ),
        (
            memory,
            web("\"portMappings\": [{}]"),
            "ClientException: Invalid 'containerPort' setting for container 'web'.",
        ),
        (
            memory,
            web("\"startTimeout\": -1"),
            "ClientException: Granular start timeout on container 'web' must be at least 2 seconds.",
        ),
        (
            memory,
            web("\"stopTimeout\": 1"),
            "ClientException: Granular stop timeout on container 'web' must be at least 2 seconds.",
        ),
        (
            memory,
            web("\"essential\": false"),
            "ClientException: Task definition doesn't have any essential container.",
        ),
        (
            &small,
            web("\"portMappings\": [{ \"containerPort\": 80, \"hostPort\": 0 }]"),
            "ClientException: When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
        ),
        (
            "\"memory\": \"512\", \"networkMode\": \"host\"",
            web("\"portMappings\": [{ \"containerPort\": 80, \"hostPort\": 81 }]"),
            "ClientException: When networkMode=host, the host ports and container ports in port mappings must match.",
        ),
        (
            &small,
            web("\"portMappings\": [{ \"containerPort\": 80 }, { \"containerPort\": 80 }]"),
            "ClientException: TCP container port '80' is used multiple times in task when networkMode=awsvpc.",
        ),
        (
            memory,
            web(
                "\"portMappings\": [{ \"containerPort\": 53, \"hostPort\": 53, \"protocol\": \"udp\" }, { \"containerPort\": 54, \"hostPort\": 53, \"protocol\": \"udp\" }]",
            ),
            "ClientException: UDP host port '53' is mapped multiple times in task.",
        ),
        (
            "\"requiresCompatibilities\": [\"FARGATE\"], \"networkMode\": \"awsvpc\", \"memory\": \"512\"",
            WEB.to_owned(),
            "ClientException: Fargate requires that 'cpu' be defined at the task level.",
        ),
        (
            "\"requiresCompatibilities\": [\"FARGATE\"], \"networkMode\": \"awsvpc\", \"cpu\": \"256\"",
            web("\"memory\": 64"),
            "ClientException: Fargate requires that 'memory' be defined at the task level.",
        ),
        (
            "\"requiresCompatibilities\": [\"FARGATE\"], \"cpu\": \"256\", \"memory\": \"512\"",
            WEB.to_owned(),
            "ClientException: Fargate only supports network mode ‘awsvpc’.",
        ),
        (
            &fargate(".25 vCPU", "4 GB", ""),
            WEB.to_owned(),
            "ClientException: No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.",
        ),
        (
            &fargate(
                "512",
                "2048",
                ", \"runtimePlatform\": { \"operatingSystemFamily\": \"WINDOWS_SERVER_2022_CORE\" }",
            ),
            WEB.to_owned(),
            "ClientException: No Fargate configuration exists for given values: 512 CPU, 2048 memory. See the Amazon ECS documentation for the valid values.",
        ),
        (
            &small,
            web("\"cpu\": 257"),
            "ClientException: The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
        ),
        (
            &small,
            web("\"memory\": 513"),
            "ClientException: The 'memory' setting for container 'web' is greater than for the task.",
        ),
        (
            &small,
            web("\"memoryReservation\": 513"),
            "ClientException: The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.",
        ),
        (
            &small,
            web("\"stopTimeout\": 121"),
            "ClientException: Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
        ),
        (
            &small,
            web("\"logConfiguration\": { \"logDriver\": \"fluentd\" }"),
            "ClientException: fluentd is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
        ),
        (
            &small,
            web("\"logConfiguration\": { \"logDriver\": \"awslogs\" }"),
            "ClientException: Log driver awslogs requires options: awslogs-region, awslogs-group",
        ),
        (
            &small,
            web(
                "\"logConfiguration\": { \"logDriver\": \"awslogs\", \"options\": { \"awslogs-region\": \"us-east-1\", \"awslogs-group\": \"a\" } }",
            ),
            "ClientException: Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
        ),
        (
            &small,
            web(
                "\"logConfiguration\": { \"logDriver\": \"awslogs\", \"options\": { \"awslogs-region\": \"us-east-1\", \"awslogs-group\": \"a\", \"awslogs-stream-prefix\": \"b\" } }",
            ),
            "ClientException: Fargate requires task definition to have execution role ARN to support log driver awslogs.",
        ),
        (
            &small,
            "{ \"name\": \"a\", \"image\": \"123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1\" }"
                .to_owned(),
            "ClientException: Fargate requires task definition to have execution role ARN to support ECR images.",
        ),
        (
            &fargate("256", "512", ", \"taskRoleArn\": \"arn:aws:iam::1:role/a\""),
            WEB.to_owned(),
            "ClientException: Role is not valid",
        ),
        (
            "\"cpu\": 256",
            WEB.to_owned(),
            "ParamValidationError: Parameter validation failed:\nInvalid type for parameter cpu, value: 256, type: <class 'int'>, valid types: <class 'str'>",
        ),
        (
            memory,
            web("\"cpu\": \"256\""),
            "ParamValidationError: Parameter validation failed:\nInvalid type for parameter containerDefinitions[0].cpu, value: 256, type: <class 'str'>, valid types: <class 'int'>",
        ),
        (
            memory,
            web("\"secrets\": [{ \"name\": \"A\" }]"),
            "ParamValidationError: Parameter validation failed:\nMissing required parameter in containerDefinitions[0].secrets[0]: \"valueFrom\"",
        ),
    ] {
        assert_eq!(
            answer(members, &containers),
            expected,
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
