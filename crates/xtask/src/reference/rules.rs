//! The reference of the rules: `rules.html`.
//!
//! AWS's answers on it are what the rules say to the page's own examples, so the reference cannot say otherwise than they do.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fargate_core::call::LaunchType;
use fargate_core::finding::Moment;
use fargate_core::task_definition::{Context, explain, read, rule_codes};
use fargate_core::units::Date;

use super::markdown::{escaped, is_mark, parts};
use super::{Article, Reference};
use crate::process::Result;

/// The page, which the findings link to.
pub(super) const PAGE: Reference = Reference {
    file: "rules.html",
    lists: ["Rules", "rules"],
    title: "Rules",
    heading: "The rules of task definitions",
    description: "What AWS refuses in a task definition and why: every rule of Fargate Playground, with AWS's answer, examples and sources.",
    about: "What AWS refuses, and what it accepts but will likely not do what was meant: in the order in which AWS checks, as far as it is known. Words of AWS's that nobody has seen are said to be so.",
    other: "<a href=\"./reasons.html\">Stop and failure reasons</a>",
};

/// The day whose rules the examples are judged by, where they name none.
const DAY: Date = Date::new(2026, 11, 21);

/// The rules, in the order in which they are checked.
pub(super) fn articles() -> Result<Vec<Article>> {
    let article = |code: &str| {
        let text = explain(code).ok_or_else(|| format!("the rule {code} has no page"))?;
        Ok(Article {
            id: code.to_owned(),
            said: answers(code, parts(text).1),
            text: text.to_owned(),
        })
    };
    rule_codes().map(article).collect()
}

/// What AWS answers to the wrong examples, each answer once.
fn answers(code: &str, body: &str) -> String {
    let mut said = BTreeSet::new();
    for (info, example) in fenced(body) {
        let (text, context) = prepared(info, example);
        for finding in read(&text, &context).findings {
            if finding.code != code {
                continue;
            }
            if let Some(aws) = finding.aws {
                said.insert((moment(finding.moment), aws.code, aws.message));
            }
        }
    }
    if said.is_empty() {
        return "<p class=\"answer\">AWS says nothing: this is the playground's advice.</p>\n"
            .to_owned();
    }
    let mut out = String::from("<h3>What AWS answers</h3>\n<ul class=\"answers\">\n");
    for (moment, code, message) in said {
        let message = escaped(&message);
        let _ = writeln!(
            out,
            "<li>{moment}: <code>{code}</code> <q>{message}</q></li>"
        );
    }
    out.push_str("</ul>\n");
    out
}

const fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Read => "Before it is sent",
        Moment::Register => "At registration",
        Moment::Run => "When it is to run",
        Moment::Start => "When the task starts",
    }
}

/// The fenced examples of a page: what stands behind the fence, and the text.
fn fenced(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.split("```json").skip(1).filter_map(|block| {
        let (info, rest) = block.split_once('\n')?;
        Some((info, rest.split_once("```")?.0))
    })
}

/// An example without the marks below its lines, and the context that it asks for.
fn prepared(info: &str, example: &str) -> (String, Context) {
    let mut context = Context::fargate(DAY);
    let mut pad = 0;
    for setting in info.split_whitespace() {
        match setting.split_once('=') {
            Some(("as-of", day)) => context.as_of = Date::parse(day).unwrap_or(DAY),
            Some(("launch-type", "EC2")) => context.launch_type = LaunchType::Ec2,
            Some(("launch-type", "EXTERNAL")) => context.launch_type = LaunchType::External,
            Some(("platform-version", name)) => context.platform_version = Some(name.to_owned()),
            Some(("pad", bytes)) => pad = bytes.parse().unwrap_or_default(),
            _ => {}
        }
    }
    let lines = example.lines().filter(|line| !is_mark(line));
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    (text.replace("<pad>", &"x".repeat(pad)), context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_aws_answers_with_its_values() {
        let page = PAGE.html(&articles().unwrap(), "rules-1.css");
        let (_, rule) = page.split_once("<article id=\"fargate-size\"").unwrap();
        let (rule, _) = rule.split_once("</article>").unwrap();
        for words in [
            "At registration: <code>ClientException</code>",
            "No Fargate configuration exists for given values: 256 CPU, 4096 memory.",
            "Judged with <code>as-of=2017-12-01</code>",
            "<strong>            ^^^^^^ fargate-size</strong>",
            "<a href=\"https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html\">",
        ] {
            assert!(rule.contains(words), "{words} is not in\n{rule}");
        }
        let (_, advice) = page.split_once("<article id=\"image-latest\"").unwrap();
        assert!(
            advice
                .split("</article>")
                .next()
                .unwrap()
                .contains("the playground's advice")
        );
    }
}
