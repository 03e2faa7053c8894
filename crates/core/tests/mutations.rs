//! No text makes the reader or a rule panic, hang, or point outside the text: definitions of every form, damaged at
//! random from a fixed seed. `FARGATE_MUTATIONS` sets how many are tried; the fuzz target in `fuzz/` goes on from there.

use fargate_core::call::LaunchType;
use fargate_core::finding::apply;
use fargate_core::task_definition::{Context, completions_at, hover_at, read, read_all};
use fargate_core::units::Date;

const ANSWERS: &str = include_str!("data/answers.txt");
const TEN: &str = include_str!("data/ten-containers.json");
const YAML: &str = "Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Cpu: &c 256\n      Memory: !Ref M\n      ContainerDefinitions:\n      - Name: 'web'\n        Image: \"nginx:1\"\n        Command: [\"a\", {b: c}]\n        Environment: |\n          text\n           more\n      -\n        Name: log\n        DependsOn: [{ContainerName: web, Condition: HEALTHY}]\n";

/// What is put in: marks of both languages, names and values that rules look for, characters of several bytes.
const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ",",
    ":",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\t",
    "#",
    "//",
    "/*",
    "\\",
    "\\u12",
    "null",
    "true",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    ".5",
    "${X}",
    "{{x}}",
    "<x>",
    "!Ref ",
    "&a ",
    "*a",
    "|",
    ">",
    "é",
    "\u{201c}",
    "\u{feff}",
    "\u{1f600}",
    "\"dependsOn\": [{}]",
    "\"containerPortRange\": \"1-65535\"",
    "---\n",
];

/// A small generator: the same numbers each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

/// A place between two characters.
fn place(text: &str, chance: &mut Chance) -> usize {
    let mut at = chance.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn damaged(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut text = text.to_owned();
    for _ in 0..=chance.below(4) {
        let (a, b) = (place(&text, chance), place(&text, chance));
        let (a, b) = (a.min(b), a.max(b));
        match chance.below(6) {
            0 => text.insert_str(a, PIECES[chance.below(PIECES.len())]),
            1 => {
                let few = text[a..b].char_indices().nth(8);
                let end = few.map_or(b, |(length, _)| a + length);
                text.replace_range(a..end, "");
            }
            2 => text.truncate(b),
            3 => {
                let copy = text[a..b].to_owned();
                text.insert_str(place(&text, chance), &copy);
            }
            4 => {
                let (from, to) = (place(other, chance), place(other, chance));
                text.insert_str(a, &other[from.min(to)..from.max(to)]);
            }
            _ => {
                let end = text[a..]
                    .char_indices()
                    .nth(1)
                    .map_or(text.len(), |(next, _)| a + next);
                text.replace_range(a..end, PIECES[chance.below(PIECES.len())]);
            }
        }
        // copies of copies would soon be long
        if text.len() > 60_000 {
            text.truncate(place(&text, chance));
        }
    }
    text
}

fn judge(text: &str, context: &Context, chance: &mut Chance) {
    for reading in read_all(text, context) {
        for finding in &reading.findings {
            assert!(
                text.get(finding.span.start..finding.span.end).is_some(),
                "{finding:?} in\n{text}"
            );
            for fix in &finding.fixes {
                assert!(apply(text, fix).is_some(), "{finding:?} in\n{text}");
            }
        }
        // a fix leads to a text that is read as well
        let fixes = reading.findings.iter().flat_map(|finding| &finding.fixes);
        if let Some(fixed) = fixes.last().and_then(|fix| apply(text, fix)) {
            let _read = read(&fixed, context);
        }
    }
    let at = place(text, chance);
    let _hover = hover_at(text, at, context);
    let _completions = completions_at(text, at, context);
}

#[test]
fn no_damage_makes_it_panic() {
    let slow = std::env::var_os("FARGATE_PLAYGROUND_SLOW_TESTS").is_some();
    let usual = if slow { 20_000 } else { 1_500 };
    let rounds = std::env::var("FARGATE_MUTATIONS").map_or(usual, |rounds| rounds.parse().unwrap());
    let rows = ANSWERS
        .split("\n\n")
        .filter_map(|block| block.lines().find(|line| line.starts_with('{')));
    let seeds: Vec<_> = rows.chain([TEN, YAML]).collect();
    let mut chance = Chance(0x5eed_fa26);
    for round in 0..rounds {
        let seed = seeds[chance.below(seeds.len())];
        let other = seeds[chance.below(seeds.len())];
        let text = damaged(seed, other, &mut chance);
        let mut context =
            Context::fargate(Date::new(if round % 5 == 0 { 2018 } else { 2026 }, 7, 1));
        context.launch_type =
            [LaunchType::Fargate, LaunchType::Ec2, LaunchType::External][round % 3];
        judge(&text, &context, &mut chance);
    }
}

/// Much of one thing is read in time that grows with its length: a text of AWS's size many times over.
#[test]
fn much_of_one_thing_is_judged_in_time() {
    let context = Context::fargate(Date::new(2026, 7, 1));
    let many = |item: &str| vec![item; 6_000].join(",");
    let begun = std::time::Instant::now();
    for members in [
        format!(
            r#""portMappings": [{}]"#,
            many(r#"{"containerPort": 80, "name": "a"}"#)
        ),
        format!(
            r#""portMappings": [{}]"#,
            many(r#"{"containerPortRange": "1-65535"}"#)
        ),
        format!(
            r#""secrets": [{}]"#,
            many(r#"{"name": "A", "valueFrom": "b"}"#)
        ),
        format!(
            r#""dependsOn": [{}]"#,
            many(r#"{"containerName": "x", "condition": "START"}"#)
        ),
        format!(
            r#""dependsOn": [{}]"#,
            many(r#"{"containerName": "web", "condition": "HEALTHY"}"#)
        ),
        format!(r#""mountPoints": [{}]"#, many(r#"{"sourceVolume": "x"}"#)),
        format!(
            r#""environmentFiles": [{}]"#,
            many(r#"{"value": "s3://x/y"}"#)
        ),
        format!(
            r#""ulimits": [{}]"#,
            many(r#"{"name": "nofile", "softLimit": 2, "hardLimit": 1}"#)
        ),
    ] {
        let text = format!(
            r#"{{"family": "web", "networkMode": "awsvpc", "containerDefinitions": [{{"name": "web", "image": "a:1", {members}}}]}}"#
        );
        assert!(!read(&text, &context).accepted());
    }
    let containers = many(
        r#"{"name": "a", "image": "b", "dependsOn": [{"containerName": "c"}], "volumesFrom": [{"sourceContainer": "d"}]}"#,
    );
    assert!(
        !read(
            &format!(r#"{{"family": "web", "containerDefinitions": [{containers}]}}"#),
            &context
        )
        .accepted()
    );
    let yaml = "a:\n - b: [c, {d: e}]\n".repeat(6_000);
    assert!(!read(&yaml, &context).accepted());
    let deep = "- ".repeat(20_000);
    assert!(!read(&format!("family: x\nvolumes:\n {deep}"), &context).accepted());
    assert!(!read(&format!("family: {}", "&a ".repeat(20_000)), &context).accepted());
    assert!(!read(&format!("family: {}", "!a ".repeat(20_000)), &context).accepted());
    assert!(!read(&format!("family: [{}", "!a ".repeat(20_000)), &context).accepted());
    assert!(!read(&format!("family: {}", "[".repeat(20_000)), &context).accepted());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
