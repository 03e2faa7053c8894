//! Networks to start from, each a document that a script of the tests makes.

use crate::document::{OpenError, Scenario};
use crate::session::Session;
use fargate_core::units::Date;

/// A network to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in lists and links: `private-nat`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub sentence: &'static str,
    /// Whether tasks run in it, so that time runs when it opens.
    pub runs: bool,
    /// The document.
    document: &'static str,
}

macro_rules! template {
    ($name:literal, $title:literal, $runs:literal, $sentence:literal) => {
        Template {
            name: $name,
            title: $title,
            sentence: $sentence,
            runs: $runs,
            document: include_str!(concat!("../../scenarios/templates/", $name, ".json")),
        }
    };
}

/// The templates, the simplest first.
pub const TEMPLATES: &[Template] = &[
    template!(
        "default-vpc",
        "Default VPC",
        false,
        "What every account begins with: a public subnet in each zone, and nothing in it."
    ),
    template!(
        "wizard",
        "The first-run wizard's VPC",
        true,
        "Two public subnets with a route table of their own, and Apache on port 80."
    ),
    template!(
        "public-tasks",
        "Public tasks",
        true,
        "Two tasks with public addresses: the Internet reaches them, and they reach it."
    ),
    template!(
        "three-subnets",
        "A bigger picture",
        true,
        "Three subnets, three tasks: two have public addresses; the third has none, and no way out."
    ),
    template!(
        "ec2-and-fargate",
        "EC2 and Fargate",
        true,
        "The same service twice in one VPC: on an instance, in mode bridge, and on Fargate, in mode awsvpc."
    ),
    template!(
        "private-nat",
        "Private tasks behind NAT",
        true,
        "The tasks reach the Internet through a NAT gateway, and nothing there reaches them."
    ),
    template!(
        "private-endpoints",
        "Private tasks with endpoints only",
        true,
        "No gateway at all: images and logs go through VPC endpoints."
    ),
];

impl Session {
    /// Opens a template, with the rules of a day.
    pub fn template(template: &Template, as_of: Date) -> Result<Self, OpenError> {
        let mut scenario = Scenario::parse(template.document)?;
        scenario.as_of = as_of;
        Ok(Self::new(scenario))
    }
}
