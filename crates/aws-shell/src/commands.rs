//! The commands of `aws ecs` and their options, and the structures that they fill, as data.

/// A command.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    /// `run-task`.
    pub(crate) name: &'static str,
    /// `RunTask`.
    pub(crate) operation: &'static str,
    /// Its options, in the order of its help page.
    pub(crate) options: Vec<CommandOption>,
}

/// An option of a command.
#[derive(Clone, Debug)]
pub(crate) struct CommandOption {
    /// `count`.
    pub(crate) name: &'static str,
    /// The name that says no, of a flag.
    pub(crate) negative: Option<&'static str>,
    /// Whether the command is nothing without it.
    pub(crate) required: bool,
    /// The member of the request that it fills.
    pub(crate) member: Option<&'static str>,
    /// What it holds.
    pub(crate) shape: Shape,
}

/// What a parameter holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A flag.
    Flag,
    /// A list.
    List(Box<Shape>),
    /// A map of any names.
    Map(Box<Shape>),
    /// A structure, by its name.
    Structure(&'static str),
}

/// A member of a structure.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it has to be there.
    pub(crate) required: bool,
    /// What it holds.
    pub(crate) shape: Shape,
}

const TABLE: &str = include_str!("data/ecs.txt");

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE
        .lines()
        .filter(|it| !it.is_empty() && !it.starts_with('#'))
}

/// The command of that name.
pub(crate) fn command(named: &str) -> Option<Command> {
    let mut parts = lines().map(str::split_whitespace).find_map(|mut it| {
        let name = it.next()?;
        (name == named && name.starts_with(|it: char| it.is_ascii_lowercase()))
            .then_some((name, it))
    })?;
    Some(Command {
        name: parts.0,
        operation: parts.1.next()?,
        options: parts.1.filter_map(option).collect(),
    })
}

/// The names of all commands.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let first = lines().filter_map(|it| it.split_whitespace().next());
    first.filter(|it| it.starts_with(|it: char| it.is_ascii_lowercase()))
}

fn option(text: &'static str) -> Option<CommandOption> {
    let (names, fills) = text.split_once('=')?;
    let (member, shape) = fills.split_once(':')?;
    let required = names.starts_with('!');
    let names = names.trim_start_matches('!');
    let (name, negative) = names
        .split_once('|')
        .map_or((names, None), |(name, no)| (name, Some(no)));
    Some(CommandOption {
        name,
        negative,
        required,
        member: Some(member).filter(|it| *it != "-"),
        shape: shape_of(shape),
    })
}

fn shape_of(text: &'static str) -> Shape {
    let within = |open: char, close: char| {
        text.strip_prefix(open)
            .and_then(|it| it.strip_suffix(close))
    };
    match text {
        "s" => Shape::Text,
        "i" => Shape::Integer,
        "d" => Shape::Number,
        "b" => Shape::Flag,
        _ => match (within('[', ']'), within('<', '>')) {
            (Some(item), _) => Shape::List(Box::new(shape_of(item))),
            (_, Some(item)) => Shape::Map(Box::new(shape_of(item))),
            _ => Shape::Structure(text),
        },
    }
}

/// The members of a structure.
pub(crate) fn members(structure: &str) -> Vec<Member> {
    let line = lines()
        .map(str::split_whitespace)
        .find_map(|mut it| (it.next() == Some(structure)).then_some(it));
    let member = |text: &'static str| {
        let (name, shape) = text.split_once(':')?;
        Some(Member {
            name: name.trim_start_matches('!'),
            required: name.starts_with('!'),
            shape: shape_of(shape),
        })
    };
    line.map_or_else(Vec::new, |it| it.filter_map(member).collect())
}
