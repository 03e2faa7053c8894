//! Stopping the tasks of a service.
//!
//! Source: 'Amazon ECS services' for which tasks go first on Fargate: those of the zone with the most. AWS does not say which of them:
//! those that do not run yet, then the latest.

use super::look::Look;
use crate::engine::step::Step;
use crate::ids::TaskId;
use crate::service::{MemberHealth, words};
use crate::task::{self, Provider, Scheduled, Task};
use crate::units::SimTime;
use litemap::LiteMap;
use std::cmp::Reverse;
use std::sync::Arc;

impl Look<'_> {
    /// Stops so many of some tasks, because of a deployment: those that are no use first, then those of the zone with the most.
    pub(super) fn stop_some(&mut self, from: Vec<(TaskId, MemberHealth)>, count: u32, by: &str) {
        let mut left: Vec<(TaskId, MemberHealth, Arc<Task>)> = from
            .into_iter()
            .filter_map(|(id, health)| {
                let task = self.world.tasks.get(&id)?.clone();
                Some((id, health, task))
            })
            .collect();
        let mut stopped = Vec::new();
        for _ in 0..count {
            let mut zones: LiteMap<Option<String>, usize> = LiteMap::new();
            let mut kinds: LiteMap<Option<Provider>, usize> = LiteMap::new();
            for (_, _, task) in &left {
                *zones.entry(self.zone_of(task)).or_default() += 1;
                *kinds.entry(task.provider).or_default() += 1;
            }
            let rank = |health: MemberHealth| match health {
                MemberHealth::Unhealthy | MemberHealth::UnhealthyTarget(_) => 0,
                MemberHealth::Starting => 1,
                MemberHealth::Waiting => 2,
                MemberHealth::Healthy => 3,
            };
            let surplus = |provider: Option<Provider>| self.surplus(provider, &kinds);
            let order = |(id, health, task): &(TaskId, MemberHealth, Arc<Task>)| {
                let zone = zones.get(&self.zone_of(task)).copied().unwrap_or(0);
                let began = task.stages.first().map(|it| it.from);
                (
                    rank(*health),
                    Reverse(surplus(task.provider)),
                    Reverse(zone),
                    Reverse(began),
                    id.clone(),
                )
            };
            let Some(place) = (0..left.len()).min_by_key(|place| order(&left[*place])) else {
                break;
            };
            stopped.push(left.remove(place).0);
        }
        let reason = format!("Scaling activity initiated by (deployment {by})");
        let retires = |id: &TaskId| {
            let mut members = self.service.members.iter();
            members.any(|it| it.task == *id && it.retiring)
        };
        let stops = stopped.into_iter();
        let stops: Vec<_> = stops
            .map(|id| {
                if retires(&id) {
                    let name = &self.service.wish.service_name;
                    (id, Scheduled::Retired, task::maintenance(Some(name)))
                } else {
                    (id, Scheduled::Scaling, reason.clone())
                }
            })
            .collect();
        self.stop(stops);
    }

    /// How many tasks more than its part a provider runs, in thousandths of the weights; what is within its base is not touched.
    fn surplus(&self, provider: Option<Provider>, kinds: &LiteMap<Option<Provider>, usize>) -> i64 {
        let strategy = &self.service.wish.capacity_provider_strategy;
        let part = |name: &str| strategy.iter().find(|it| it.capacity_provider == name);
        let Some(item) = provider.and_then(|it| part(it.aws())) else {
            return 0;
        };
        let total: i64 = strategy
            .iter()
            .map(|it| i64::from(it.weight.unwrap_or(0)))
            .sum();
        let number = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let runs = number(kinds.get(&provider).copied().unwrap_or(0));
        let base = i64::from(item.base.unwrap_or(0));
        if runs <= base {
            return i64::MIN;
        }
        let bases: i64 = strategy
            .iter()
            .map(|it| i64::from(it.base.unwrap_or(0)))
            .sum();
        let all: i64 = kinds.values().map(|it| number(*it)).sum();
        let share = i64::from(item.weight.unwrap_or(0)) * (all - bases).max(0) * 1_000;
        (runs - base) * 1_000 - share / total.max(1)
    }

    fn zone_of(&self, task: &Task) -> Option<String> {
        let subnet = self.world.network.subnets.get(&task.assignment.subnet)?;
        Some(subnet.zone.to_string())
    }

    /// Stops tasks, each for its reason: what is registered drains first.
    pub(super) fn stop(&mut self, stops: Vec<(TaskId, Scheduled, String)>) {
        if stops.is_empty() {
            return;
        }
        let now = self.world.now;
        let ids: Vec<TaskId> = stops.iter().map(|(id, ..)| id.clone()).collect();
        self.tell(words::stopped(&ids));
        let mut draining = 0;
        for (id, why, reason) in stops {
            self.with_parts(|parts, step| task::deactivate(parts, &id, why, reason, step));
            let Some(place) = self.service.members.iter().position(|it| it.task == id) else {
                continue;
            };
            let delay = self.deregister(place);
            let member = &mut self.service.members[place];
            member.ended = true;
            if let Some(delay) = delay {
                member.drains_until = Some(now + delay);
                self.again(now + delay);
                draining += 1;
            } else {
                self.stop_now(&id);
            }
        }
        if draining > 0 {
            let by = self.service.primary().id.clone();
            self.tell_of(Some(&by), words::draining(draining));
        }
    }

    /// Stops the tasks whose connections have drained.
    pub(super) fn stop_drained(&mut self) {
        let now = self.world.now;
        let mut drained = Vec::new();
        for member in &mut self.service.members {
            if member.drains_until.is_some_and(|it| it <= now) {
                member.drains_until = None;
                drained.push(member.task.clone());
            }
        }
        for id in drained {
            self.stop_now(&id);
        }
        let next: Option<SimTime> = self
            .service
            .members
            .iter()
            .filter_map(|it| it.drains_until)
            .min();
        if let Some(at) = next {
            self.again(at);
        }
    }

    fn stop_now(&mut self, id: &TaskId) {
        self.with_parts(|parts, step| task::stop_now(parts, id, step));
    }

    fn with_parts(&mut self, run: impl FnOnce(&mut task::Parts<'_>, &mut Step<'_>)) {
        let before = self.world.events;
        let later = self.world.with_parts(self.cause, self.log, run);
        self.world.schedule(later, self.cause, before);
    }
}
