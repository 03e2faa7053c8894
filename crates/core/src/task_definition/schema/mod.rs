//! The members of a task definition as data: names, types, closed sets of values, one line of documentation each.
//!
//! Findings about unknown members and wrong types, completion and hover all read this one table.

mod container;
mod task;
mod walk;
mod words;

pub(crate) use walk::{Flaw, Problem, Step, path_text, walk};
pub(crate) use words::{HEADING, client_line, client_words};

/// The type of a member's value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Text of a closed set, which the service checks, not the client.
    Enum(&'static [&'static str]),
    /// A list of values of one type.
    List(&'static Kind),
    /// An object with any names and texts as values.
    Map,
    /// An object of the given shape.
    Struct(&'static Shape),
}

/// An object type of the API.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the API reference.
    pub name: &'static str,
    /// Its members, in the API model's order.
    pub members: &'static [Member],
}

/// One member of an object type.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub kind: Kind,
    /// Whether the API model demands it where the object is given. What the service itself demands is a rule's matter.
    pub required: bool,
    /// The fewest characters that the API model allows in a text.
    pub least: usize,
    /// What it is, in a line; empty where the name says it.
    pub doc: &'static str,
}

/// Members that only responses have; sending them is refused by the clients.
pub(crate) const READ_ONLY: [&str; 9] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "deleteRequestedAt",
];

/// The outermost object type.
pub const fn root() -> &'static Shape {
    &task::REGISTER_TASK_DEFINITION
}

impl Shape {
    /// The named member.
    pub(crate) fn member(&self, name: &str) -> Option<&'static Member> {
        // the table is static, but `self` may be borrowed for less
        let members: &'static [Member] = self.members;
        members.iter().find(|member| member.name == name)
    }

    /// The page of the API reference that describes a member.
    pub(crate) fn page(&self, member: &str) -> String {
        const REFERENCE: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_";
        let name = self.name;
        if name == root().name {
            format!("{REFERENCE}{name}.html#ECS-{name}-request-{member}")
        } else {
            format!("{REFERENCE}{name}.html#ECS-Type-{name}-{member}")
        }
    }
}

const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Member {
    Member {
        name,
        kind,
        required: false,
        least: 0,
        doc,
    }
}

/// A text that is not empty where it is given.
const fn filled(name: &'static str, doc: &'static str) -> Member {
    Member {
        least: 1,
        ..optional(name, Kind::String, doc)
    }
}

const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Member {
    Member {
        name,
        kind,
        required: true,
        least: 0,
        doc,
    }
}
