//! Definitions as they are pasted: CloudFormation's form and templates, YAML, a bare list of containers. Each is read as
//! the same definition in the API's form, and its findings stand at their places.

use fargate_core::finding::{Severity, apply};
use fargate_core::task_definition::{
    Context, Reading, TaskDefinition, read, read_all, read_resource,
};
use fargate_core::units::Date;

fn today() -> Context {
    Context::fargate(Date::new(2026, 11, 21))
}

fn definition(text: &str) -> TaskDefinition {
    read(text, &today()).definition
}

/// What is wrong, with the text at its place.
fn errors<'t>(text: &'t str, reading: &Reading) -> Vec<(&'static str, &'t str)> {
    let found = reading.findings.iter();
    let errors = found.filter(|finding| finding.severity == Severity::Error);
    errors
        .map(|finding| (finding.code, &text[finding.span.start..finding.span.end]))
        .collect()
}

const API: &str = r#"{
  "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
  "containerDefinitions": [{
    "name": "web", "image": "nginx:1.27", "essential": true, "cpu": 128, "portMappings": [{ "containerPort": 80 }]
  }, { "name": "log", "image": "busybox:1", "essential": false }]
}"#;

const SAME: [(&str, &str); 5] = [
    (
        "CloudFormation, properties alone",
        r#"{ "Family": "web", "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"], "Cpu": 256, "Memory": 512,
  "ContainerDefinitions": [
    { "Name": "web", "Image": "nginx:1.27", "Essential": "true", "Cpu": "128", "PortMappings": [{ "ContainerPort": "80" }] },
    { "Name": "log", "Image": "busybox:1", "Essential": false }] }"#,
    ),
    (
        "CloudFormation, a template",
        r#"{ "Parameters": {}, "Resources": { "Other": { "Type": "AWS::ECS::Cluster" }, "web": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
  "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"], "Cpu": "256", "Memory": "512",
  "ContainerDefinitions": [
    { "Name": "web", "Image": "nginx:1.27", "Essential": true, "Cpu": 128, "PortMappings": [{ "ContainerPort": 80 }] },
    { "Name": "log", "Image": "busybox:1", "Essential": false }] } } } }"#,
    ),
    (
        "YAML",
        "# a definition\n---\nfamily: web\nnetworkMode: awsvpc\nrequiresCompatibilities:\n- FARGATE\ncpu: \"256\"   # units\nmemory: '512'\ncontainerDefinitions:\n  - name: web\n    image: nginx:1.27\n    essential: true\n    cpu: 128\n    portMappings: [{ containerPort: 80 }]\n  -\n    name: log\n    image: busybox:1\n    essential: false\n",
    ),
    (
        "YAML, a template",
        "AWSTemplateFormatVersion: '2010-09-09'\nDescription: >\n  words: of\n  a kind\nResources:\n  web:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      NetworkMode: awsvpc\n      RequiresCompatibilities: [FARGATE]\n      Cpu: 256\n      Memory: 512\n      Tags: !Ref AWS::NoValue\n      ContainerDefinitions:\n        - Name: web\n          Image: nginx:1.27\n          Essential: true\n          Cpu: 128\n          PortMappings:\n            - ContainerPort: 80\n        - {Name: log, Image: \"busybox:1\", Essential: false}\n",
    ),
    (
        "DescribeTaskDefinition in YAML",
        "taskDefinition:\n  family: web\n  networkMode: awsvpc\n  requiresCompatibilities: [\n    FARGATE ]\n  cpu: '256'\n  memory: '512'\n  containerDefinitions:\n  - name: web\n    image: nginx:1.27\n    essential: true\n    cpu: 128\n    portMappings:\n    - containerPort: 80\n  - name: log\n    image: busybox:1\n    essential: false\n",
    ),
];

#[test]
fn each_form_is_read_as_the_same_definition() {
    let same = definition(API);
    for (form, text) in SAME {
        assert_eq!(definition(text), same, "{form}");
        let wrapped = text.starts_with("taskDefinition");
        assert_eq!(
            read(text, &today()).accepted(),
            !wrapped,
            "{form}: {:?}",
            read(text, &today()).findings
        );
    }
}

#[test]
fn findings_stand_at_their_places_in_each_form() {
    for (text, expected) in [
        (
            "family: web\ncpu: 3GB\nmemory: '512'\ncontainerDefinitions:\n- name: web\n  image: a b\n",
            vec![("task-size-syntax", "3GB"), ("container-image", "a b")],
        ),
        (
            "family: web\nmemory: 512\ncontainerDefinitions:\n- name: web\n  image: nginx:1\n",
            vec![("wrong-type", "512")],
        ),
        (
            "Type: AWS::ECS::TaskDefinition\nProperties:\n  Family: a b\n  Memory: '512'\n  ContainerDefinitions:\n    - Name: web\n      Image: !Sub '${X}:1'\n      DependsOn:\n        - {ContainerName: db, Condition: START}\n",
            vec![("family-name", "a b"), ("depends-on", "db")],
        ),
        (
            r#"{ "Family": "web", "Memory": 512, "ContainerDefinitions": [{ "Name": "web", "Image": "nginx:1", "Portmapping": [] }] }"#,
            vec![("unknown-member", "\"Portmapping\"")],
        ),
        ("family: web\n\tcpu: 1\n", vec![]),
    ] {
        let found = errors(text, &read(text, &today()));
        let known: Vec<_> = found
            .into_iter()
            .filter(|(code, _)| !code.starts_with("missing") && !code.starts_with("yaml"))
            .collect();
        assert_eq!(known, expected, "{text}");
    }
}

#[test]
fn fixes_speak_the_form_they_stand_in() {
    let text = r#"{ "Family": "web", "NetworkMode": "bridge", "RequiresCompatibilities": ["FARGATE"], "Cpu": 256, "Memory": 512, "ContainerDefinitions": [{ "Name": "web", "Image": "nginx:1", "Portmapping": [] }] }"#;
    let fixed = |code: &str| {
        let reading = read(text, &today());
        let finding = reading
            .findings
            .iter()
            .find(|finding| finding.code == code)
            .unwrap();
        apply(text, &finding.fixes[0]).unwrap()
    };
    assert!(fixed("unknown-member").contains(r#""PortMappings": []"#));
    assert!(fixed("fargate-network-mode").contains(r#""NetworkMode": "awsvpc""#));
    let logs = fixed("no-log-configuration");
    assert!(logs.contains(r#""LogConfiguration": { "LogDriver": "awslogs", "Options": { "awslogs-group": "/ecs/web""#), "{logs}");
    assert!(logs.contains(r#""ExecutionRoleArn": "arn:"#), "{logs}");
}

#[test]
fn another_form_can_be_written_as_the_api_takes_it() {
    for (form, text) in [SAME[0], SAME[2]] {
        let reading = read(text, &today());
        let finding = reading
            .findings
            .iter()
            .find(|finding| finding.code == "template-form")
            .unwrap();
        let json = apply(text, &finding.fixes[0]).unwrap();
        let again = read(&json, &today());
        assert_eq!(again.definition, reading.definition, "{form}");
        assert!(
            again
                .findings
                .iter()
                .all(|finding| finding.code != "template-form"),
            "{form}"
        );
    }
}

#[test]
fn each_definition_of_a_template_is_judged() {
    let text = r#"{ "Resources": {
        "Good": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Memory": "512", "ContainerDefinitions": [{ "Name": "web", "Image": "nginx:1" }] } },
        "Bad": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Memory": "512", "ContainerDefinitions": [] } } } }"#;
    let readings = read_all(text, &today());
    let verdicts: Vec<_> = readings
        .iter()
        .map(|reading| (&*reading.resource, reading.accepted()))
        .collect();
    assert_eq!(verdicts, [("Good", true), ("Bad", false)]);
    for (wanted, found, accepted) in [
        ("Good", "Good", true),
        ("Bad", "Bad", false),
        ("Gone", "Good", true),
    ] {
        let reading = read_resource(text, wanted, &today());
        assert_eq!((&*reading.resource, reading.accepted()), (found, accepted));
        let names: Vec<&str> = reading.resources.iter().map(|name| &**name).collect();
        assert_eq!(names, ["Good", "Bad"], "all are named whichever is read");
    }
    assert!(read(API, &today()).resources.is_empty());
}

#[test]
fn a_list_of_containers_can_be_made_a_definition() {
    let text = r#"[{ "name": "web", "image": "nginx:1", "memory": 512 }]"#;
    let reading = read(text, &today());
    assert!(!reading.accepted());
    let fixed = apply(text, &reading.findings[0].fixes[0]).unwrap();
    assert!(read(&fixed, &today()).accepted(), "{fixed}");
}

#[test]
fn comments_and_commas_are_findings_with_fixes() {
    let text = "{ // why\n  \"family\": \"web\", \"memory\": \"512\",\n  \"containerDefinitions\": [{ \"name\": \"web\", \"image\": \"nginx:1\" },],\n}";
    let reading = read(text, &today());
    let codes: Vec<_> = reading
        .findings
        .iter()
        .filter(|finding| finding.code.starts_with("json"))
        .map(|finding| (finding.code, finding.fixes.len()))
        .collect();
    assert_eq!(
        codes,
        [("json-comment", 1), ("json-comma", 1), ("json-comma", 1)]
    );
}

/// What YAML's values become, as JSON.
#[test]
fn yaml_is_read_as_json() {
    use fargate_core::text::{Json, read_yaml};
    for (yaml, json) in [
        (
            "a: 1\nb: -2.5\nc: true\nd: ~\ne: yes\nf:\n",
            r#"{"a":1,"b":-2.5,"c":true,"d":null,"e":"yes","f":null}"#,
        ),
        (
            "a: 'it''s'\nb: \"x\\n\\\"y\\\"\"\nc: x # y\nd: x#y\n",
            r#"{"a":"it's","b":"x\n\"y\"","c":"x","d":"x#y"}"#,
        ),
        (
            "a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n",
            r#"{"a":"one\n two\n\nthree","b":"one two"}"#,
        ),
        (
            "a:\n- 1\n-\n  - 2\n  - 3\n- b: 4\n  c: 5\n- - 6\n",
            r#"{"a":[1,[2,3],{"b":4,"c":5},[6]]}"#,
        ),
        ("a: one\n  two\n  three\n", r#"{"a":"one two three"}"#),
        (
            "a: {b: 1, 'c': [x, \"y\", {}], d}\n",
            r#"{"a":{"b":1,"c":["x","y",{}],"d":null}}"#,
        ),
        ("a: [1,\n  2, # two\n  3]\nb: 4\n", r#"{"a":[1,2,3],"b":4}"#),
        (
            "a: &x 1\nb: *x\nc: !Ref y\nd: !If\n- p\n- q\ne: {f: !Sub \"${z}\", g: 1}\n",
            r#"{"a":1,"b":null,"c":null,"d":null,"e":{"f":null,"g":1}}"#,
        ),
        (
            "--- # first\na: http://x:80/\n---\nb: 2\n",
            r#"{"a":"http://x:80/"}"#,
        ),
        ("\"a b\" : 1\r\n'c': 2\r\n", r#"{"a b":1,"c":2}"#),
    ] {
        let document = read_yaml(yaml);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(Json::of(&document.root).as_str())
                .unwrap()
                .to_string(),
            json,
            "{yaml}"
        );
        assert_eq!(document.findings, [], "{yaml}");
    }
}

#[test]
fn what_is_no_yaml_is_said_at_its_place() {
    use fargate_core::text::read_yaml;
    for (yaml, code, place) in [
        ("a: 1\n  b: 2\n c: 3\n", "yaml-indent", "c: 3"),
        ("a:\n\tb: 1\n", "yaml-tab", "\t"),
        ("a: [1, 2\nb: 3\n", "yaml-bracket", "["),
        ("a: \"x\nb: 3\n", "yaml-string-open", "\""),
        ("a: 1\nnothing\n", "yaml-key-missing", "nothing"),
        ("a: [1] 2\n", "yaml-unexpected", " 2"),
    ] {
        let findings = read_yaml(yaml).findings;
        let found = findings
            .iter()
            .map(|finding| (finding.code, &yaml[finding.span.start..finding.span.end]));
        let found: Vec<_> = found.collect();
        assert!(found.contains(&(code, place)), "{yaml}: {found:?}");
    }
}

#[test]
fn a_template_without_a_definition_says_so() {
    let reading = read("Resources:\n  A:\n    Type: AWS::ECS::Cluster\n", &today());
    assert!(!reading.accepted());
    assert_eq!(
        reading.findings[0].message,
        "The template has no resource of the type AWS::ECS::TaskDefinition"
    );
}

#[test]
fn json_is_told_from_yaml() {
    use fargate_core::text::is_yaml;
    for (text, yaml) in [
        ("family: web\n", true),
        ("# a comment\n\n---\n\"family\": web\n", true),
        ("- name: web\n", true),
        ("Description : \"a template\"\nResources:\n", true),
        (API, false),
        ("\"family\": \"web\",\n\"cpu\": \"256\"", false),
        ("Note: paste this\n{ \"family\": \"web\" }", false),
        ("https://example.com/\n", false),
        ("", false),
        ("[{ \"name\": \"web\" }]", false),
    ] {
        assert_eq!(is_yaml(text), yaml, "{text}");
    }
}
