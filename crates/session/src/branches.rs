//! Two runs of a scenario side by side: where they parted, what each task went through in the other, and what came of it.

use crate::cards::tasks::stages;
use crate::diagrams::figures::money;
use crate::session::Session;
use crate::view::Stage;
use fargate_core::ids::TaskId;
use fargate_core::task::{Task, TaskState};
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// Another run beside the one that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherRun {
    /// Its place among the runs.
    pub number: usize,
    /// The moment up to which both are the same.
    pub parted: SimTime,
    /// Its tasks that AWS would still describe at its end.
    pub lanes: Vec<OtherLane>,
    /// What came out differently, a sentence each; empty where nothing did.
    pub differences: Vec<String>,
}

/// A task as it went in the other run.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherLane {
    /// The task.
    pub id: TaskId,
    /// `scorekeep:1`.
    pub definition: String,
    /// Its states.
    pub stages: Vec<Stage>,
    /// Whether it failed.
    pub failed: bool,
}

impl Session {
    /// Another run beside the one that is shown, each at its end; `other` is [`Session::world_of`] the other, which a caller keeps that
    /// asks often. `None` where there is no such run, or it is the one that is shown.
    pub fn beside(&self, number: usize, other: &World) -> Option<OtherRun> {
        let (here, there) = (self.scenario().current, number);
        if here == there || self.scenario().runs.len() <= there {
            return None;
        }
        let own = self.world_of(here, self.end())?;
        let lanes = other.tasks().values().map(|task| OtherLane {
            id: task.id.clone(),
            definition: task.revision.to_string(),
            stages: stages(task),
            failed: task
                .stop
                .as_ref()
                .is_some_and(|stop| !stop.code.is_wanted()),
        });
        let names = [format!("Run {}", here + 1), format!("Run {}", there + 1)];
        Some(OtherRun {
            number,
            parted: self.parted(there),
            lanes: lanes.collect(),
            differences: differences(&names, &own, other),
        })
    }

    /// The moment up to which a run did the same as the one that is shown: that of the first entry that differs.
    fn parted(&self, other: usize) -> SimTime {
        let runs = &self.scenario().runs;
        let (Some(here), Some(there)) = (runs.get(self.scenario().current), runs.get(other)) else {
            return SimTime::default();
        };
        let both = here.entries.iter().zip(&there.entries);
        let same = both.take_while(|(one, other)| one == other).count();
        let next = [here, there].map(|run| run.entries.get(same).map_or(run.end, |entry| entry.at));
        next[0].min(next[1])
    }
}

/// What came out differently, a sentence each.
fn differences(names: &[String; 2], own: &World, other: &World) -> Vec<String> {
    let mut found = Vec::new();
    let worlds = [own, other];
    let mut ids: Vec<&TaskId> = worlds
        .iter()
        .flat_map(|world| world.tasks().values().map(|task| &task.id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        match worlds.map(|world| world.tasks().get(id)) {
            [Some(one), Some(other)] => {
                let ends = [fate(one), fate(other)];
                if ends[0] != ends[1] {
                    let name = name(one);
                    found.push(format!(
                        "{name}: {} in {}, {} in {}.",
                        ends[0], names[0], ends[1], names[1]
                    ));
                }
            }
            [Some(task), None] => found.push(only(task, &names[0])),
            [None, Some(task)] => found.push(only(task, &names[1])),
            [None, None] => {}
        }
    }
    let requests = worlds.map(|world| {
        let all = world.traffic();
        (all.delivered, all.failed, all.denied)
    });
    if requests[0] != requests[1] {
        let counts = |(answered, failed, refused): (u64, u64, u64)| match failed {
            0 => format!("{answered} answered and {refused} not"),
            _ => format!("{answered} answered, {failed} with an error and {refused} not"),
        };
        found.push(format!(
            "Requests: {} in {}, {} in {}.",
            counts(requests[0]),
            names[0],
            counts(requests[1]),
            names[1]
        ));
    }
    let costs = worlds.map(|world| world.total_bill().so_far);
    if costs[0] != costs[1] {
        found.push(format!(
            "Tasks cost {} in {}, {} in {}.",
            money(costs[0]),
            names[0],
            money(costs[1]),
            names[1]
        ));
    }
    found
}

fn name(task: &Task) -> String {
    format!("{} {}", task.revision, task.id.short())
}

fn only(task: &Task, run: &str) -> String {
    format!("{} is in {run} only: {}.", name(task), fate(task))
}

/// What became of a task: 'RUNNING since 10:00:34', 'STOPPED at 10:02:10, Essential container in task exited'.
fn fate(task: &Task) -> String {
    let since = task
        .stages
        .last()
        .map(|stage| stage.from)
        .unwrap_or_default();
    match (task.state(), &task.stop) {
        (TaskState::Stopped, Some(stop)) => format!("STOPPED at {since}, {}", stop.reason),
        (state, _) => format!("{} since {since}", state.aws()),
    }
}
