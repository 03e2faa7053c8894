//! What cannot be read: every command says the same of it, once, and ends with 2.

use crate::playground::playground;

/// Every command, with what it needs beside the file.
const COMMANDS: [&str; 5] = [
    "validate FILE",
    "run FILE",
    "reach FILE --from internet --to web --port 80",
    "why FILE --task web",
    "vectors FILE",
];

/// The file, standard input, and the complaint.
#[test]
fn a_file_that_cannot_be_read_is_named_with_the_cure() {
    let table: [(&str, &[u8], &str); 5] = [
        (
            "no/such/file.json",
            b"",
            "no/such/file.json cannot be read: No such file or directory (os error 2). Name a file, or - for standard input.\n",
        ),
        (
            "crates",
            b"",
            "crates cannot be read: Is a directory (os error 21). Name a file, or - for standard input.\n",
        ),
        (
            "-",
            b"",
            "standard input is empty. Name a file that holds something, or - for standard input.\n",
        ),
        (
            "-",
            b" \n\t\n",
            "standard input is empty. Name a file that holds something, or - for standard input.\n",
        ),
        (
            "-",
            &[b'{', 0xff, 0xfe, 0, 1],
            "standard input is not UTF-8 text (byte 1). Save it as UTF-8.\n",
        ),
    ];
    for command in COMMANDS {
        for (file, stdin, complaint) in table {
            let ran = playground(&command.replace("FILE", file), stdin);
            let all = (ran.code, &*ran.stdout, &*ran.stderr);
            assert_eq!(all, (2, "", complaint), "{command} with {file}");
        }
    }
}

/// The command, standard input, and what of the complaint depends on what was to be read.
#[test]
fn text_that_is_something_else_is_told_by_place_or_by_what_it_is() {
    let newer = r#"{"format":"fargate-playground/scenario","version":99}"#;
    let flat = r#"{"format":"fargate-playground/scenario","version":1,"runs":7}"#;
    let [validate, scenarios @ .., vectors] = COMMANDS;
    let of_scenarios = [
        ("not json at all", "damaged at line 1, column 1"),
        ("{}", "This is no scenario"),
        (r#"{"format":"a song"}"#, "This is no scenario but 'a song'"),
        (newer, "Get the newest version"),
        (flat, "damaged at line 1"),
    ];
    let table = scenarios
        .into_iter()
        .flat_map(|command| of_scenarios.map(|(stdin, said)| (command, stdin, said)))
        .chain([
            (
                validate,
                "not json at all",
                "this is no JSON or YAML object",
            ),
            (vectors, "not json at all", "line 1, column 1"),
            (vectors, "{}", "scenarios"),
        ]);
    for (command, stdin, expected) in table {
        let ran = playground(&command.replace("FILE", "-"), stdin);
        ran.says(2, expected);
        let names = ran.stderr.matches("standard input").count();
        assert_eq!(names, 1, "the input is named once: {}", ran.stderr);
    }
}

/// What `--at` takes, and what is said of it.
#[test]
fn what_is_no_moment_is_told_with_one_that_is() {
    let written = "as 10:04:31, or in seconds as 271.";
    let table = [
        ("noon", written),
        ("10:04", written),
        ("10:60:00", written),
        ("10:00:60", written),
        ("09:59:59", written),
        ("1e3", written),
        ("1.5", written),
        ("10:00:-1", written),
        ("99999999999999999999", written),
        ("604801", "a week at most"),
        ("5124095576030441:59:59", "a week at most"),
        ("18446744073709551615:59:59", "a week at most"),
    ];
    for command in [COMMANDS[2], COMMANDS[3]] {
        let command = command.replace("FILE", crate::playground::FIRST_LIGHT);
        for (at, expected) in table {
            playground(&format!("{command} --at {at}"), "").says(2, expected);
        }
    }
}
