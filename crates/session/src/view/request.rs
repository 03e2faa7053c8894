//! Cards of requests: how many there were, where those under way are, and what each met.

use super::Shared;
use fargate_core::call::Call;
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use fargate_core::units::{SimSpan, SimTime};

/// Counts of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestsCard {
    /// Answered as they should be.
    pub delivered: u64,
    /// Answered with an error.
    pub failed: u64,
    /// Refused or never answered.
    pub denied: u64,
    /// Background requests a second, in tenths.
    pub rate_tenths: u32,
    /// What of them the Internet sends.
    pub internet_tenths: u32,
}

/// When requests were sent: how many in each stretch of the run, from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTimes {
    /// The length of a stretch.
    pub stretch: SimSpan,
    /// How many in each, delivered or not.
    pub counts: Vec<u32>,
}

/// A place that a request passes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The Internet.
    Internet,
    /// The internet gateway of the VPC.
    Gateway,
    /// The route table of a subnet: its port on the top edge.
    Route(SubnetId),
    /// A subnet.
    Subnet(SubnetId),
    /// A security group's edge.
    Group(SecurityGroupId),
    /// A task's interface.
    Interface(TaskId),
    /// A container, by its place in the definition.
    Container(TaskId, usize),
    /// A tile, by its interface.
    Tile(NetworkInterfaceId),
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlightEnd {
    /// It arrived and was answered.
    Delivered,
    /// The last place refused it; the sender sees only silence.
    Denied,
    /// It arrived where nothing listens: the sender is told so at once.
    Refused,
    /// It was answered with an error: 500 by a container, 502 to 504 by a load balancer in the place of a target.
    Failed,
}

/// A request to draw: where it passes and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// The request's number, unique in the run.
    pub id: u64,
    /// When it was sent.
    pub sent: SimTime,
    /// The places it passes, in order; the last is where it ends.
    pub places: Shared<Vec<Place>>,
    /// How it ended.
    pub end: FlightEnd,
    /// How far along it is: 0 at the sender, 1 at the end.
    pub progress: f64,
    /// `GET /` for a request that a person sent; empty for background traffic, which is drawn as a dot.
    pub label: &'static str,
}

/// The steps of a request, for the popover.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceCard {
    /// 'Denied at sg-web' or 'Delivered'.
    pub title: String,
    /// '203.0.113.9 → 172.31.1.164'.
    pub route: String,
    /// 'TCP 8080 at 10:04:31'.
    pub what: String,
    /// How it ended.
    pub end: FlightEnd,
    /// The steps in the order the request met them.
    pub steps: Vec<StepCard>,
    /// The code that Reachability Analyzer would use, where it was refused.
    pub code: Option<&'static str>,
    /// The sentence that says why.
    pub sentence: String,
    /// What nearly let it pass where it was refused: 'web: TCP 443 0.0.0.0/0: would match if the port were 443'.
    pub near: Vec<String>,
    /// What helps, in words; nothing where it arrived.
    pub cure: String,
    /// Cures, the narrowest first, each proven by trying it.
    pub fixes: Vec<FixCard>,
    /// What VPC Flow Logs would record of it, a line for each interface and direction.
    pub log: Vec<String>,
    /// The call that sends one such request again; `None` where the task is gone.
    pub again: Option<Call>,
}

/// One step of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepCard {
    /// The part: 'sg-web, in'.
    pub part: String,
    /// The rule that decided: 'TCP 8080 from 0.0.0.0/0', 'no match'.
    pub rule: String,
    /// Whether it let the request pass.
    pub passed: bool,
    /// Where it is on the canvas.
    pub place: Place,
}

/// A cure, as calls.
#[derive(Clone, Debug, PartialEq)]
pub struct FixCard {
    /// The button: 'Allow TCP 8080 from anywhere'.
    pub title: String,
    /// The calls it sends.
    pub calls: Vec<Call>,
}
