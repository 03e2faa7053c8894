//! What would be if a container wanted more or less, while a person drags its slider. Nothing is sent until they let go.

use crate::cards::sentences::{cpu_sentence, limit};
use crate::view::{ContainerCard, ContainerState, CpuCard, TaskCard};
use crate::words::number;
use fargate_core::compute::cpu::{Claim, quotas, share};
use fargate_core::compute::memory::{Hold, Kill, Limit, first_kill};

/// What a container would want, by its place in the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// CPU units.
    Cpu(usize, u32),
    /// MiB.
    Memory(usize, u32),
}

/// The task as it would be with that demand: shares, uses and sentences.
pub fn with_demand(task: &TaskCard, demand: Demand) -> TaskCard {
    let mut task = task.clone();
    match demand {
        Demand::Cpu(place, wants) => {
            if let Some(container) = task.containers.get_mut(place) {
                container.cpu.wants = wants;
            }
            share_cpu(&mut task);
            task.cpu_sentence = cpu_sentence(task.cpu.0, task.platform.windows, &task.containers);
        }
        Demand::Memory(place, wants) => {
            if let Some(container) = task.containers.get_mut(place) {
                container.memory.wants = wants;
                container.memory.uses = wants;
            }
            task.memory_sentence = match kill(&task) {
                Some(kill) => would_be_killed(&task, kill),
                None => "All of it fits, so nobody is killed.".to_owned(),
            };
        }
    }
    task
}

fn share_cpu(task: &mut TaskCard) {
    let claim = |container: &ContainerCard| Claim {
        cpu: container.cpu.share,
        wants: container.cpu.wants,
    };
    let claims: Vec<Claim> = task.containers.iter().map(claim).collect();
    let grants = if task.platform.windows {
        quotas(&claims)
    } else {
        share(task.cpu.0, &claims)
    };
    for (container, grant) in task.containers.iter_mut().zip(grants) {
        container.cpu = CpuCard {
            entitled: grant.entitled,
            granted: grant.granted,
            borrowed: grant.borrowed,
            lent: grant.lent,
            ..container.cpu
        };
    }
}

/// Who is killed first if the containers hold what they want.
fn kill(task: &TaskCard) -> Option<Kill> {
    let hold = |container: &ContainerCard| Hold {
        wants: match container.state {
            ContainerState::Running => container.memory.wants,
            ContainerState::Pending | ContainerState::Stopped => 0,
        },
        cache: 0,
        reservation: container.memory.reservation,
        limit: container.memory.limit,
    };
    let holds: Vec<Hold> = task.containers.iter().map(hold).collect();
    let whole = if task.platform.windows {
        u32::MAX
    } else {
        task.memory.0
    };
    first_kill(whole, &holds)
}

fn would_be_killed(task: &TaskCard, kill: Kill) -> String {
    let name = task
        .containers
        .get(kill.victim)
        .map_or("A container", |container| container.short_name.as_str());
    match kill.limit {
        Limit::Container(_) => format!("{name} is killed at {}.", limit(kill.limit)),
        Limit::Task(whole) => format!(
            "{name} is killed: together the containers want more than the task's {} MiB.",
            number(whole.into())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Session;
    use fargate_core::units::Date;
    use fargate_core::units::SimSpan;

    fn running() -> TaskCard {
        let view = Session::first_light(Date::new(2026, 1, 1)).view(SimSpan(0));
        let task = view.tasks.values().next().unwrap().clone();
        (*task).clone()
    }

    #[test]
    fn a_demand_is_shared_as_the_simulator_shares_it() {
        let task = running();
        let wants_all = with_demand(&task, Demand::Cpu(0, 2_000));
        let frontend = wants_all.containers[0].cpu;
        let granted: u32 = wants_all.containers.iter().map(|c| c.cpu.granted).sum();
        assert_eq!(granted, task.cpu.0, "the cap is reached and not passed");
        assert_eq!(frontend.borrowed, wants_all.containers[1].cpu.lent);
        assert!(wants_all.cpu_sentence.starts_with("frontend borrows"));
        assert_eq!(task.containers[1].memory, wants_all.containers[1].memory);
    }

    #[test]
    fn a_kill_is_foretold_with_the_limit_that_decides() {
        let mut task = running();
        for (limit, wants, sentence) in [
            (None, 1_000, "All of it fits, so nobody is killed."),
            (
                None,
                2_000,
                "api is killed: together the containers want more than the task's 2,048 MiB.",
            ),
            (Some(1_024), 1_024, "All of it fits, so nobody is killed."),
            (
                Some(1_024),
                1_025,
                "api is killed at its own limit of 1,024 MiB.",
            ),
        ] {
            task.containers[1].memory.limit = limit;
            let shown = with_demand(&task, Demand::Memory(1, wants));
            assert_eq!(shown.memory_sentence, sentence);
            assert_eq!(shown.containers[1].memory.uses, wants);
        }
    }
}
