//! The arguments of a command line: options by their names or the beginnings of them, values as many as each takes.

use crate::commands::{Command, CommandOption, Shape, command, names};
use crate::value::Value;
use crate::words::split;
use crate::{Refusal, shape, shorthand, skeleton};
use fargate_core::text;

/// A command line that the CLI turns into a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The command: `run-task`.
    pub command: &'static str,
    /// The operation: `RunTask`.
    pub operation: &'static str,
    /// The members of the request.
    pub input: Vec<(String, Value)>,
    /// Options that were written by their beginnings, as they are meant: `--clusters mycluster`.
    pub meant: Vec<String>,
    /// What of the answer is shown.
    pub query: Option<String>,
    /// How it is shown: `json`, `text`, `table`, `yaml`.
    pub output: Option<String>,
    /// What is printed in the answer's place, where nothing is asked: the request with nothing filled in.
    pub skeleton: Option<Value>,
}

/// Options of every command, and whether they take a value.
const GLOBAL: &[(&str, bool)] = &[
    ("debug", false),
    ("endpoint-url", true),
    ("no-verify-ssl", false),
    ("no-paginate", false),
    ("output", true),
    ("query", true),
    ("profile", true),
    ("region", true),
    ("version", false),
    ("color", true),
    ("no-sign-request", false),
    ("ca-bundle", true),
    ("cli-read-timeout", true),
    ("cli-connect-timeout", true),
    ("cli-binary-format", true),
    ("no-cli-pager", false),
    ("cli-auto-prompt", false),
    ("no-cli-auto-prompt", false),
    ("cli-error-format", true),
    ("cli-input-json", true),
    ("cli-input-yaml", true),
    ("generate-cli-skeleton", true),
];

/// How answers can be shown.
const OUTPUTS: [&str; 6] = ["json", "text", "table", "yaml", "yaml-stream", "off"];

/// Reads a line that begins with `aws ecs`. `None` where it is of another program or service, or of a command that is none of an
/// operation, such as `wait`.
pub fn read(line: &str) -> Option<Result<Invocation, Refusal>> {
    match split(line) {
        Ok(words) => read_words(&words),
        Err(unclosed) => line.trim_start().starts_with("aws ").then(|| {
            Err(Refusal::with(
                &format!("unexpected EOF while looking for matching `{}'", unclosed.0),
                2,
                2,
            ))
        }),
    }
}

/// The same of words.
pub fn read_words(words: &[String]) -> Option<Result<Invocation, Refusal>> {
    let mut words = words.iter().map(String::as_str);
    if words.next() != Some("aws") {
        return None;
    }
    // options may come before the service
    let mut before: Vec<String> = Vec::new();
    let service = loop {
        match words.next() {
            None => {
                return Some(Err(Refusal::usage(
                    "the following arguments are required: command",
                )));
            }
            Some(word) if word.starts_with("--") => {
                before.push(word.to_owned());
                let takes = GLOBAL
                    .iter()
                    .any(|(name, takes)| *takes && word.strip_prefix("--") == Some(*name));
                if takes {
                    before.extend(words.next().map(str::to_owned));
                }
            }
            Some(word) => break word,
        }
    };
    if service != "ecs" {
        return None;
    }
    let Some(named) = words.next() else {
        return Some(Err(Refusal::usage(
            "the following arguments are required: operation",
        )));
    };
    if ["wait", "help", "get-login"].contains(&named) {
        return None;
    }
    let Some(command) = command(named) else {
        let all: Vec<&str> = names().collect();
        return Some(Err(Refusal::usage(&format!(
            "argument operation: Invalid choice, valid choices are:\n\n{}",
            all.join("\n")
        ))));
    };
    let rest = before.into_iter().chain(words.map(str::to_owned)).collect();
    Some(Line::new(&command, rest).and_then(Line::request))
}

/// An option as it was found: one of the command's, its negative, or one of every command.
enum Found<'a> {
    Own(&'a CommandOption, bool),
    Global(&'static str, bool),
}

/// The arguments of a command.
struct Line<'a> {
    command: &'a Command,
    values: Vec<(&'a CommandOption, Vec<String>, bool)>,
    globals: Vec<(&'static str, String)>,
    unknown: Vec<String>,
    meant: Vec<String>,
}

impl<'a> Line<'a> {
    fn new(command: &'a Command, words: Vec<String>) -> Result<Self, Refusal> {
        let mut line = Self {
            command,
            values: Vec::new(),
            globals: Vec::new(),
            unknown: Vec::new(),
            meant: Vec::new(),
        };
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            let Some(named) = word.strip_prefix("--").filter(|it| !it.is_empty()) else {
                line.unknown.push(word);
                continue;
            };
            let (named, given) = named
                .split_once('=')
                .map_or((named, None), |(named, value)| {
                    (named, Some(value.to_owned()))
                });
            let Some(found) = line.option(named)? else {
                line.unknown.push(word);
                continue;
            };
            let full = match &found {
                Found::Own(option, true) => option.name,
                Found::Own(option, false) => option.negative.unwrap_or(option.name),
                Found::Global(name, _) => name,
            };
            let (least, most) = match &found {
                Found::Own(
                    CommandOption {
                        shape: Shape::Flag, ..
                    },
                    _,
                )
                | Found::Global(_, false) => (0, 0),
                Found::Own(
                    CommandOption {
                        shape: Shape::List(_),
                        ..
                    },
                    _,
                ) => (0, usize::MAX),
                // which skeleton: the request's where nobody says so
                Found::Global("generate-cli-skeleton", _) => (0, 1),
                _ => (1, 1),
            };
            let mut values: Vec<String> = given.into_iter().collect();
            let alone = !values.is_empty();
            while !alone && values.len() < most {
                match words.next_if(|it| is_value(it)) {
                    Some(value) => values.push(value),
                    None => break,
                }
            }
            if values.len() < least {
                return Err(Refusal::usage(&format!(
                    "argument --{full}: expected one argument"
                )));
            }
            if full != named {
                let values = values.join(" ");
                line.meant
                    .push(format!("--{full} {values}").trim_end().to_owned());
            }
            match found {
                Found::Own(option, yes) => line.values.push((option, values, yes)),
                Found::Global(name, _) => line.globals.push((name, values.join(" "))),
            }
        }
        Ok(line)
    }

    /// The option of a name, or of the beginning of just one.
    fn option(&self, named: &str) -> Result<Option<Found<'a>>, Refusal> {
        let own = self.command.options.iter();
        let own = own.flat_map(|it| {
            [
                Some((it.name, it, true)),
                it.negative.map(|no| (no, it, false)),
            ]
        });
        let own: Vec<(&'static str, &'a CommandOption, bool)> = own.flatten().collect();
        let fits = |whole: bool| {
            let fits = move |name: &str| {
                if whole {
                    name == named
                } else {
                    name.starts_with(named)
                }
            };
            let own = own
                .iter()
                .filter(move |(name, ..)| fits(name))
                .map(|(name, it, yes)| (*name, Found::Own(it, *yes)));
            let global = GLOBAL
                .iter()
                .filter(move |(name, _)| fits(name))
                .map(|(name, takes)| (*name, Found::Global(name, *takes)));
            own.chain(global).collect::<Vec<_>>()
        };
        let mut found = fits(true);
        if found.is_empty() {
            found = fits(false);
        }
        if found.len() > 1 {
            let all: Vec<String> = found.iter().map(|(name, _)| format!("--{name}")).collect();
            return Err(Refusal::usage(&format!(
                "ambiguous option: --{named} could match {}",
                all.join(", ")
            )));
        }
        Ok(found.pop().map(|(_, found)| found))
    }

    /// The request, where nothing is wrong.
    fn request(self) -> Result<Invocation, Refusal> {
        let global = |name: &str| {
            self.globals
                .iter()
                .rfind(|(it, _)| *it == name)
                .map(|(_, value)| value.clone())
        };
        let given =
            |option: &CommandOption| self.values.iter().any(|(it, ..)| it.name == option.name);
        let elsewhere = ["cli-input-json", "cli-input-yaml", "generate-cli-skeleton"]
            .iter()
            .any(|it| global(it).is_some());
        let lacks: Vec<&'static str> = self
            .command
            .options
            .iter()
            .filter(|it| it.required && !given(it))
            .map(|it| it.name)
            .collect();
        if !lacks.is_empty() && !elsewhere {
            let names: Vec<String> = lacks.iter().map(|it| format!("--{it}")).collect();
            let message = format!("the following arguments are required: {}", names.join(", "));
            return Err(Refusal {
                lacks,
                ..Refusal::usage(&message)
            });
        }
        if let Some(output) = global("output")
            && !OUTPUTS.contains(&output.as_str())
        {
            return Err(Refusal::usage(&format!(
                "argument --output: Invalid choice, valid choices are:\n\n{}",
                OUTPUTS.join("\n")
            )));
        }
        if !self.unknown.is_empty() {
            return Err(Refusal::with(
                &format!("Unknown options: {}", self.unknown.join(", ")),
                252,
                255,
            ));
        }
        let skeleton = global("generate-cli-skeleton");
        if let Some(of) = &skeleton
            && !["", "input", "output", "yaml-input"].contains(&of.as_str())
        {
            return Err(Refusal::usage(
                "argument --generate-cli-skeleton: Invalid choice, valid choices are:\n\ninput\noutput\nyaml-input",
            ));
        }
        let skeleton = skeleton.filter(|it| it != "output");
        let mut input: Vec<(String, Value)> = Vec::new();
        if let Some(text) = global("cli-input-json") {
            let name = "--cli-input-json";
            let Value::Map(members) = json(name, &text)? else {
                return Err(Refusal::parameter("Invalid JSON: expected an object"));
            };
            input = members;
        }
        let mut flaws = Vec::new();
        for (option, values, yes) in &self.values {
            let value = value(option, values, *yes)?;
            let Some(member) = option.member else {
                continue;
            };
            shape::flaws(&value, &option.shape, member, &mut flaws);
            input.retain(|(name, _)| name != member);
            input.push((member.to_owned(), value));
        }
        if !flaws.is_empty() && skeleton.is_none() {
            return Err(Refusal::parameter(&format!(
                "Parameter validation failed:\n{}",
                flaws.join("\n")
            )));
        }
        Ok(Invocation {
            command: self.command.name,
            operation: self.command.operation,
            input,
            query: global("query"),
            output: global("output"),
            meant: self.meant,
            skeleton: skeleton.map(|_| skeleton::skeleton(self.command)),
        })
    }
}

/// Whether a word is a value, and not an option: what has a blank, a minus sign of a number, or none.
fn is_value(word: &str) -> bool {
    let number = word
        .strip_prefix('-')
        .is_some_and(|it| it.parse::<f64>().is_ok());
    !word.starts_with('-') || word.len() == 1 || word.contains(' ') || number
}

fn json(option: &str, text: &str) -> Result<Value, Refusal> {
    let read = text::read(text);
    match read.findings.first() {
        None => Ok(Value::of(&read.root)),
        Some(finding) => Err(Refusal::parameter(&format!(
            "Error parsing parameter '{option}': Invalid JSON: {}\nJSON received: {text}",
            finding.message
        ))),
    }
}

/// The value of an option.
fn value(option: &CommandOption, values: &[String], yes: bool) -> Result<Value, Refusal> {
    let name = format!("--{}", option.name);
    if let Some(file) = values
        .iter()
        .find(|it| it.starts_with("file://") || it.starts_with("fileb://"))
    {
        let path = file.split_once("://").map_or("", |(_, path)| path);
        return Err(Refusal::parameter(&format!(
            "Error parsing parameter '{name}': Unable to load paramfile {file}: [Errno 2] No such file or directory: '{path}'"
        )));
    }
    let of_shorthand = |text: &str| {
        shorthand::read(text).map_err(|error| {
            Refusal::parameter(&format!("Error parsing parameter '{name}': {error}"))
        })
    };
    let one = || values.first().map(String::as_str).unwrap_or_default();
    let is_json = |text: &str| text.trim_start().starts_with(['{', '[']);
    let found = match &option.shape {
        Shape::Flag => return Ok(Value::Bool(yes)),
        Shape::List(_) if values.len() == 1 && is_json(one()) => json(&name, one())?,
        Shape::List(item) if matches!(**item, Shape::Structure(_) | Shape::Map(_)) => Value::List(
            values
                .iter()
                .map(|it| of_shorthand(it))
                .collect::<Result<_, _>>()?,
        ),
        Shape::List(_) => Value::List(values.iter().cloned().map(Value::Text).collect()),
        Shape::Structure(_) | Shape::Map(_) if is_json(one()) => json(&name, one())?,
        Shape::Structure(_) | Shape::Map(_) => of_shorthand(one())?,
        _ => Value::Text(one().to_owned()),
    };
    shape::fitted(found, &option.shape)
}
