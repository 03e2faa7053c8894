//! A policy as it was read: statements with the places of their parts in the text.

use super::operator::Operator;
use crate::text::Span;

/// What a policy is for, which decides what it must and must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It says what its principal may do: an identity policy, a boundary, a session policy, a service control policy.
    Identity,
    /// It says who may assume the role that it belongs to.
    Trust,
    /// It stands at a resource and says who may do what with it.
    Resource,
}

/// A policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether its Version is 2012-10-17, since which variables have their values; 2008-10-17 is meant where none stands.
    pub variables: bool,
    /// Its statements, in order.
    pub statements: Vec<Statement>,
}

/// What a statement does with what it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It allows it.
    Allow,
    /// It denies it, whatever allows it.
    Deny,
}

impl Effect {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `Sid`.
    pub sid: Option<String>,
    /// `Effect`.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub actions: List,
    /// `Resource` or `NotResource`; `None` in a trust policy, whose resource is the role.
    pub resources: Option<List>,
    /// `Principal` or `NotPrincipal`, where the policy has them.
    pub principals: Option<Principals>,
    /// `Condition`: all of them have to hold.
    pub conditions: Vec<Condition>,
    /// Where it stands.
    pub span: Span,
}

/// One text and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where it stands, quotation marks included.
    pub span: Span,
}

/// `Action`, `Resource` and their opposites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Whether it is `NotAction` or `NotResource`: what none of them fits.
    pub not: bool,
    /// The patterns.
    pub values: Vec<Text>,
    /// Where the value stands.
    pub span: Span,
}

/// `Principal` and `NotPrincipal`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principals {
    /// Whether it is `NotPrincipal`.
    pub not: bool,
    /// Each kind (`AWS`, `Service`, `Federated`, `CanonicalUser`, or `*`) with one name.
    pub named: Vec<(String, Text)>,
    /// Where the value stands.
    pub span: Span,
}

/// One operator of `Condition` with what it tests: all tests have to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// Its tests, in order.
    pub tests: Vec<Test>,
    /// Where its name stands, quotation marks included.
    pub span: Span,
}

/// One key of an operator: any of the values will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The condition key.
    pub key: Text,
    /// The values.
    pub values: Vec<Text>,
}
