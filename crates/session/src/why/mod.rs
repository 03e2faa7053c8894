//! Why a task is PENDING, stopped or unreachable, why a request did not arrive, and why a call was refused: a chain of causes from
//! symptom to root, what was looked at and is fine, and cures, each simulated on a branch before it is told.
//!
//! How to add a cause: give it a variant of [`trouble::Trouble`], and tell when it is met (`trouble.rs`), how it reads as steps of the
//! chain (`story/`), and what may cure it (`cures/`). A refused call has its causes in `refused/`, a load balancer and its health
//! checks in `balance/`, a rule of EventBridge in `rule.rs`, a service in `service/`. A cure needs no proof of its own: [`branch`]
//! tries whatever is proposed, goes
//! on from the next trouble that it meets, and drops what does not end well. What shall be named where it is fine is a line in
//! `checks.rs`. Then give `tests/data/faults/faults.txt` rows that inject it.

mod asks;
mod balance;
mod branch;
mod checks;
mod cures;
mod definition;
mod event;
mod flow;
mod ground;
mod logs;
mod needs;
mod refused;
mod rule;
mod service;
mod story;
mod task;
mod text;
mod trouble;

pub use branch::{Fix, Proofs};
pub use text::{fix_lines, lines};

use crate::reach::Ask;
use crate::session::Session;
use crate::view::Place;
use cures::Cure;
use fargate_core::call::{Call, ExecuteCommand};
use fargate_core::ids::{NetworkInterfaceId, TargetGroupId, TaskId};
use fargate_core::network::Question;
use fargate_core::text::Span;
use fargate_core::units::SimTime;

/// What is asked about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A task.
    Task(TaskId),
    /// A request, by the number of its event.
    Request(u64),
    /// Whether one reaches another.
    Reach(Ask),
    /// A call of the run, by its number.
    Sent(u32),
    /// A call that is refused at the moment shown.
    Call(Call),
    /// A rule of EventBridge, by its name.
    Rule(String),
    /// A service, by its name or ARN.
    Service(String),
    /// Whatever an event of the log is about, by its number.
    Event(u64),
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is wrong.
    Fine,
    /// Something is wrong.
    Wrong,
}

/// An explanation, as plain data.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What it is about: 'scorekeep:1 a3f2'.
    pub subject: String,
    /// How it stands.
    pub state: State,
    /// The symptom in a sentence: 'scorekeep:1 a3f2 stopped at 10:02:11.'
    pub title: String,
    /// AWS's code and words, where it says something.
    pub said: Option<Said>,
    /// What is at the root, as a stable name such as `no-route`; nothing where all is fine.
    pub cause: &'static str,
    /// The chain from symptom to root: the last link is the root.
    pub chain: Vec<Link>,
    /// What was looked at and is fine.
    pub checked: Vec<String>,
    /// What helps, in words, also where no call does; empty where the chain says it.
    pub help: String,
    goal: Option<Goal>,
    cures: Vec<Cure>,
}

/// AWS's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `stopCode`, an error code, or the code that Reachability Analyzer uses.
    pub code: String,
    /// The message; empty where AWS says no more than the code.
    pub message: String,
}

/// A step of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// When it was so.
    pub at: SimTime,
    /// What was so, in a sentence.
    pub sentence: String,
    /// The part: 'sg-web'; empty where the sentence is about the subject itself.
    pub part: String,
    /// The rule that decided; empty where none did.
    pub rule: String,
    /// The call that made it so, where one did.
    pub by: Option<Deed>,
    /// Where it can be seen.
    pub places: Vec<Reference>,
}

/// A call that led to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Its number in the run.
    pub call: u32,
    /// When it was sent.
    pub at: SimTime,
    /// What it does, in words.
    pub what: String,
}

/// Where a step of the chain can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// On the canvas.
    Canvas(Place),
    /// On the timeline.
    Moment(SimTime),
    /// In the text of a task definition.
    Line(Line),
    /// The page of a rule, by its code.
    Rule(&'static str),
    /// The page of a stop reason, by its id.
    Reason(String),
}

/// A place in the text of a registered task definition, as it is shown with two spaces of indent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `scorekeep:1`.
    pub revision: String,
    /// The member: `containerDefinitions[0].memory`.
    pub member: String,
    /// Whether the definition sets it; where not, the line is that of what would hold it.
    pub set: bool,
    /// The line, from 1.
    pub line: usize,
    /// The bytes.
    pub span: Span,
}

/// What a cure has to bring about.
#[derive(Clone, Debug, PartialEq)]
enum Goal {
    /// A task of the same kind runs, and goes on for so long, in ms.
    Runs {
        /// The task.
        task: TaskId,
        /// For how long.
        holds: u64,
    },
    /// A connection comes about. The task is the one that is asked for, where one is.
    Arrives {
        /// The connection.
        question: Box<Question>,
        /// The task.
        task: Option<TaskId>,
    },
    /// The calls are accepted.
    Accepted,
    /// ECS Exec is let into a task of the same kind.
    Executes {
        /// The call that is refused.
        call: Box<ExecuteCommand>,
        /// The task.
        task: TaskId,
    },
    /// A task's containers get what they ask of AWS.
    Asks {
        /// The task.
        task: TaskId,
    },
    /// What a task's containers write can be read.
    Logs {
        /// The task.
        task: TaskId,
    },
    /// Another task like one that was a load balancer's target runs, goes on for so long, in ms, and answers once it is registered.
    Replaced {
        /// The task that is gone.
        task: TaskId,
        /// The target group.
        group: TargetGroupId,
        /// The request to the load balancer.
        question: Box<Question>,
        /// For how long.
        holds: u64,
    },
    /// A load balancer finds a target healthy.
    Healthy {
        /// The target group.
        group: TargetGroupId,
        /// The target's interface.
        target: NetworkInterfaceId,
    },
    /// AWS accepts what a rule starts.
    Fires {
        /// The rule's name.
        rule: String,
    },
    /// A service comes to a steady state, and stays in it for so long, in ms.
    Steady {
        /// The service's name.
        service: String,
        /// The task of it that was in trouble, where one was.
        task: Option<TaskId>,
        /// For how long.
        holds: u64,
    },
}

impl Explanation {
    /// A chain of nothing yet.
    fn of(subject: String, title: String) -> Self {
        Self {
            subject,
            state: State::Fine,
            title,
            said: None,
            cause: "",
            chain: Vec::new(),
            checked: Vec::new(),
            help: String::new(),
            goal: None,
            cures: Vec::new(),
        }
    }

    /// The root: the last link of the chain, where something is wrong.
    pub fn root(&self) -> Option<&Link> {
        self.chain.last().filter(|_| self.state == State::Wrong)
    }

    /// The steps to be shown: the first one is left out where it is the title in the same words, and nothing more.
    pub fn steps(&self) -> &[Link] {
        match self.chain.split_first() {
            Some((first, rest))
                if first.sentence == self.title && first.by.is_none() && !rest.is_empty() =>
            {
                rest
            }
            _ => &self.chain,
        }
    }

    /// Whether there are cures to be tried.
    pub fn has_proposals(&self) -> bool {
        !self.cures.is_empty()
    }
}

impl Link {
    /// A step at a moment.
    fn new(at: SimTime, sentence: impl Into<String>) -> Self {
        Self {
            at,
            sentence: sentence.into(),
            part: String::new(),
            rule: String::new(),
            by: None,
            places: vec![Reference::Moment(at)],
        }
    }

    #[must_use]
    fn decided(mut self, part: impl Into<String>, rule: impl Into<String>) -> Self {
        self.part = part.into();
        self.rule = rule.into();
        self
    }

    #[must_use]
    fn by(mut self, deed: Option<Deed>) -> Self {
        self.by = deed;
        self
    }

    #[must_use]
    fn seen(mut self, place: impl IntoIterator<Item = Reference>) -> Self {
        self.places.extend(place);
        self
    }
}

impl Session {
    /// Why something is as it is at the moment shown. The error is a sentence that says what is not known, and what there is.
    pub fn why(&self, subject: &Subject) -> Result<Explanation, String> {
        match subject {
            Subject::Task(id) => task::of(self, id),
            Subject::Request(event) => flow::of_request(self, *event),
            Subject::Reach(ask) => flow::of_question(self, ask),
            Subject::Sent(number) => refused::of_number(self, *number),
            Subject::Call(call) => Ok(refused::of_call(self, call)),
            Subject::Rule(name) => rule::of(self, name),
            Subject::Service(name) => service::of(self, name),
            Subject::Event(number) => event::of(self, *number),
        }
    }

    /// The task that a text names at the moment shown: its id, the first digits of it, its family, or its revision. The error says
    /// which tasks there are.
    pub fn task_called(&self, text: &str) -> Result<TaskId, String> {
        ground::task_called(self.world(), text)
    }

    /// The tries of an explanation's cures at the moment shown: see [`Proofs::step`].
    pub fn proofs(&self, explanation: &Explanation) -> Proofs {
        Proofs::new(
            self.world().clone(),
            self.next_call(),
            explanation.goal.clone(),
            &explanation.cures,
        )
    }
}
