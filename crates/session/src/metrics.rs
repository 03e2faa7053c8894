//! Metrics as CloudWatch keeps them: a data point a minute for the CPU and memory of each task, in percent of what it is sized, and for
//! the requests of each Application Load Balancer.
//!
//! Source: 'Amazon ECS CloudWatch metrics' of the developer guide: utilization is use divided by reservation. A point is the use at
//! the minute's end; CloudWatch averages over the minute.

use crate::cards::flights::ended;
use crate::session::Session;
use crate::view::FlightEnd;
use fargate_core::event::Fact;
use fargate_core::ids::TaskId;
use fargate_core::network::{LoadBalancerKind, Part, Trace};
use fargate_core::task::TaskState;
use fargate_core::units::SimTime;

/// A minute in ms.
const MINUTE: u64 = 60_000;

/// The use of one task at the end of a minute, in tenths of a percent of its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataPoint {
    /// The task.
    pub task: TaskId,
    /// `scorekeep:1`.
    pub definition: String,
    /// `CPUUtilization`.
    pub cpu: u32,
    /// `MemoryUtilization`.
    pub memory: u32,
}

/// The requests of a minute: all of them, or those to one load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPoint {
    /// The name of the Application Load Balancer; `None` for all requests of the run, which CloudWatch does not count.
    pub balancer: Option<String>,
    /// Each metric by its name, with its sum.
    pub sums: [(&'static str, u32); 3],
}

/// What is counted of all requests.
const ALL: [&str; 3] = ["Requests", "Answered with an error", "Denied or unanswered"];
/// What CloudWatch counts of those to an Application Load Balancer. Source: 'CloudWatch metrics for your Application Load Balancer':
/// a request counts once a target is chosen; an answer of the load balancer's own is apart from one of a target.
const BALANCED: [&str; 3] = [
    "RequestCount",
    "HTTPCode_ELB_5XX_Count",
    "HTTPCode_Target_5XX_Count",
];

impl Session {
    /// The sums of requests in a minute of the run that is shown, counted from 1: of all first, then of each load balancer that had any.
    pub fn request_points(&self, minute: u64) -> Vec<RequestPoint> {
        let (from, to) = (minute.saturating_sub(1), minute);
        let [from, to] = [from, to].map(|it| SimTime(it.saturating_mul(MINUTE)));
        let events = self.events();
        let first = events.partition_point(|event| event.at < from);
        let mut points: Vec<RequestPoint> = Vec::new();
        let mut count = |balancer: Option<String>, names: [&'static str; 3], add: [bool; 3]| {
            let place = points.iter().position(|it| it.balancer == balancer);
            let place = place.unwrap_or_else(|| {
                points.push(RequestPoint {
                    balancer,
                    sums: names.map(|name| (name, 0)),
                });
                points.len() - 1
            });
            for (sum, add) in points[place].sums.iter_mut().zip(add) {
                sum.1 += u32::from(add);
            }
        };
        for (index, event) in events.iter().enumerate().skip(first) {
            if event.at >= to {
                break;
            }
            let Fact::Request { trace, .. } = &event.fact else {
                continue;
            };
            let end = ended(event, trace, &events[index + 1..]);
            let failed = end == FlightEnd::Failed;
            let silent = matches!(end, FlightEnd::Denied | FlightEnd::Refused);
            count(None, ALL, [true, failed, silent]);
            if let Some(name) = self.application(trace) {
                let by_itself = trace.status.is_some();
                let add = [chosen(trace), by_itself, failed && !by_itself];
                count(Some(name), BALANCED, add);
            }
        }
        points.sort_by(|a, b| a.balancer.cmp(&b.balancer));
        points
    }

    /// The Application Load Balancer that a request came to, if it did.
    fn application(&self, trace: &Trace) -> Option<String> {
        let network = self.world().network();
        let balancer = network.load_balancers.get(trace.balancer()?)?;
        (balancer.kind == LoadBalancerKind::Application).then(|| balancer.name().to_owned())
    }

    /// How many whole minutes of the run that is shown are over at the moment shown.
    pub fn minutes(&self) -> u64 {
        self.now().0 / MINUTE
    }

    /// The data points at the end of a minute of the run that is shown, counted from 1: of each task that ran then. What is over does
    /// not change, so a caller may keep it.
    pub fn data_points(&self, minute: u64) -> Vec<DataPoint> {
        let moment = SimTime(minute.saturating_mul(MINUTE));
        let Some(world) = self.world_of(self.scenario().current, moment) else {
            return Vec::new();
        };
        let running = world
            .tasks()
            .values()
            .filter(|task| task.state() == TaskState::Running);
        let points = running.map(|task| {
            let containers = world.shares(task).containers;
            let cpu: u64 = containers.iter().map(|it| u64::from(it.cpu.granted)).sum();
            let memory: u64 = containers.iter().map(|it| u64::from(it.memory)).sum();
            DataPoint {
                task: task.id.clone(),
                definition: task.revision.to_string(),
                cpu: tenths(cpu, task.cpu.0),
                memory: tenths(memory, task.memory.0),
            }
        });
        points.collect()
    }
}

/// Tenths of a percent.
fn tenths(used: u64, of: u32) -> u32 {
    let of = u64::from(of.max(1));
    u32::try_from(used * 1_000 / of).unwrap_or(u32::MAX)
}

/// Whether a load balancer chose a target.
fn chosen(trace: &Trace) -> bool {
    let mut hops = trace.hops.iter();
    hops.any(|hop| hop.passed && matches!(hop.part, Part::TargetGroup(_)))
}
