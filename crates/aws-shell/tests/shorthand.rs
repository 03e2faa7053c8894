//! What the CLI makes of option values, as it was measured: the request, or its refusal.

use aws_shell::{Value, read_words};

#[test]
fn values_of_options_are_read_as_the_cli_reads_them() {
    let mut wrong = Vec::new();
    for row in include_str!("data/shorthand.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row is JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let mut words: Vec<String> = "aws ecs run-task --cluster c --task-definition w"
            .split(' ')
            .map(str::to_owned)
            .collect();
        words.push(text(&row["option"]));
        match row["arguments"].as_array() {
            Some(several) => words.extend(several.iter().map(text)),
            None => words.push(text(&row["argument"])),
        }
        let seen = read_words(&words).expect("the command is known");
        let code = row["exit_code_v2"].as_u64().unwrap_or_default();
        let differs = match seen {
            Ok(invocation) => {
                let own = invocation
                    .input
                    .into_iter()
                    .filter(|(name, _)| name != "cluster" && name != "taskDefinition");
                let request: serde_json::Value =
                    serde_json::from_str(&Value::Map(own.collect()).json())
                        .expect("a request is JSON");
                (code != 0 || request != row["request_json"]).then(|| request.to_string())
            }
            Err(refusal) => {
                let wanted = text(&row["stderr_v2"]).replace("aws: [ERROR]: ", "");
                // of JSON the place is told in words of our own
                let wanted = wanted
                    .split("Invalid JSON: ")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                let same = u64::from(refusal.exit_v2) == code
                    && Some(u64::from(refusal.exit_v1)) == row["exit_code_v1"].as_u64();
                (!same || wanted.is_empty() || !refusal.stderr.starts_with(&wanted))
                    .then(|| format!("{} {}", refusal.exit_v2, refusal.stderr))
            }
        };
        wrong.extend(differs.map(|seen| format!("{words:?}\n  {seen}\n  not {row}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_that_is_wrong_is_refused_in_the_words_of_the_cli() {
    for (line, v2, v1, words) in [
        (
            "aws ecs run-task",
            252,
            2,
            "the following arguments are required: --task-definition",
        ),
        (
            "aws ecs update-service --service-name web",
            252,
            2,
            "the following arguments are required: --service",
        ),
        (
            "aws ecs run-task --task-definition w --foo bar",
            252,
            255,
            "Unknown options: --foo, bar",
        ),
        (
            "aws ecs run-task --task-definition w bar",
            252,
            255,
            "Unknown options: bar",
        ),
        (
            "aws ecs run-task --task-definition",
            252,
            2,
            "argument --task-definition: expected one argument",
        ),
        ("aws ecs run-task --task-definition w --coun 3", 0, 0, ""),
        (
            "aws ecs run-task --task-definition w --c x",
            252,
            2,
            "ambiguous option: --c could match",
        ),
        (
            "aws ecs run-tasks",
            252,
            2,
            "argument operation: Invalid choice",
        ),
        (
            "aws ecs",
            252,
            2,
            "the following arguments are required: operation",
        ),
        (
            "aws ecs run-task --task-definition w --count x",
            255,
            255,
            "invalid literal for int() with base 10: 'x'",
        ),
        (
            "aws ecs list-tasks --output xml",
            252,
            2,
            "argument --output: Invalid choice",
        ),
        (
            "aws ecs run-task --task-definition w --overrides file://none.json",
            252,
            255,
            "Unable to load paramfile file://none.json",
        ),
    ] {
        let seen = aws_shell::read(line).expect("it is a line of aws ecs");
        let (codes, stderr) = match seen {
            Ok(_) => ((0, 0), String::new()),
            Err(refusal) => ((refusal.exit_v2, refusal.exit_v1), refusal.stderr),
        };
        assert_eq!(codes, (v2, v1), "{line}: {stderr}");
        assert!(stderr.contains(words), "{line}: {stderr}");
    }
    for line in ["aws s3 ls", "ls", "", "aws ecs wait services-stable"] {
        assert_eq!(aws_shell::read(line), None, "{line}");
    }
}

#[test]
fn options_may_be_written_by_their_beginnings() {
    let seen = aws_shell::read("aws ecs describe-clusters --cluster mycluster");
    let Some(Ok(seen)) = seen else {
        panic!("{seen:?}");
    };
    assert_eq!(seen.meant, ["--clusters mycluster"]);
    assert_eq!(
        Value::Map(seen.input).json(),
        r#"{"clusters":["mycluster"]}"#
    );
}
