//! The tool that draws a security group around interfaces. What wears it already runs: that takes a stop and another run.

use super::hit::{far, inside};
use super::{Ground, Sketch, ToolKey, Turn, arrow, round};
use crate::plan::Plan;
use crate::scene::{Key, Point};
use crate::view::TaskCard;
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, CreateSecurityGroup, LaunchType, NetworkConfiguration,
    RunTask, StopTask,
};
use fargate_core::ids::{SecurityGroupId, TaskId};

/// The tool that draws a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupHand {
    /// The tasks whose interfaces are picked, in the order of picking.
    pub picked: Vec<TaskId>,
    /// A group that is there already, in a new one's stead.
    pub existing: Option<SecurityGroupId>,
    /// The name as typed.
    pub name: String,
    /// What the group is for, as typed; AWS demands it.
    pub description: Option<String>,
    /// Whether the picked tasks are left as they are: the group is made for new ones.
    pub only: bool,
    /// Whether the popover is open.
    pub asking: bool,
    /// The task that the keys are at.
    aim: Option<TaskId>,
    from: Option<Point>,
    lasso: Vec<Point>,
}

impl GroupHand {
    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        let tasks = order(ground);
        let focused = match focus {
            Some(Key::Task(id) | Key::Container(id, _)) => tasks.contains(id).then(|| id.clone()),
            Some(
                Key::Internet
                | Key::Gateway
                | Key::Vpc
                | Key::Zone(_)
                | Key::Ghost(_)
                | Key::Tile(_)
                | Key::Exit(_)
                | Key::Subnet(_),
            )
            | None => None,
        };
        self.aim = focused.or_else(|| tasks.first().cloned());
        self.words(ground)
    }

    pub(super) fn down(&mut self, _: Ground<'_>, at: Point) -> Turn {
        self.asking = false;
        (self.from, self.lasso) = (Some(at), Vec::new());
        Turn::Drawn(None)
    }

    pub(super) fn moved(&mut self, _: Ground<'_>, to: Point) -> Turn {
        let Some(from) = self.from else {
            return Turn::Stay;
        };
        if self.lasso.is_empty() && !far(from, to) {
            return Turn::Stay;
        }
        if self.lasso.is_empty() {
            self.lasso.push(from);
        }
        if self
            .lasso
            .last()
            .is_none_or(|last| last.distance(to) >= 3.0)
        {
            self.lasso.push(to);
        }
        Turn::Drawn(None)
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        let lasso = std::mem::take(&mut self.lasso);
        if lasso.is_empty() {
            return match ground.task(at) {
                Some(task) => {
                    let id = task.id.clone();
                    self.toggle(ground, &id)
                }
                None => Turn::Stay,
            };
        }
        for id in order(ground) {
            let caught = ground.plug(&id).is_some_and(|plug| inside(&lasso, plug));
            if caught && !self.picked.contains(&id) {
                self.picked.push(id);
            }
        }
        self.done(ground)
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match (key, arrow(key)) {
            (ToolKey::Escape, _) if self.asking => {
                self.asking = false;
                self.words(ground)
            }
            (ToolKey::Escape, _) if !self.picked.is_empty() || !self.lasso.is_empty() => {
                *self = Self::default();
                Turn::Dropped
            }
            (ToolKey::Escape, _) => Turn::Left,
            (_, Some(on)) => {
                let tasks = order(ground);
                let at = tasks.iter().position(|id| Some(id) == self.aim.as_ref());
                self.aim = round(at, tasks.len(), on).and_then(|at| tasks.get(at).cloned());
                self.words(ground)
            }
            (ToolKey::Space, None) => match self.aim.clone() {
                Some(id) => self.toggle(ground, &id),
                None => Turn::said("No task has an interface. Enter makes an empty group."),
            },
            (ToolKey::Enter, None) => self.done(ground),
            (_, None) => Turn::Stay,
        }
    }

    /// Picks a task's interface, or puts it back.
    pub fn toggle(&mut self, ground: Ground<'_>, id: &TaskId) -> Turn {
        let name = ground.wearers().find(|task| task.id == *id).map(title);
        let name = name.unwrap_or_default();
        let words = if self.picked.contains(id) {
            self.picked.retain(|other| other != id);
            format!("{name} put back. {} picked.", self.picked.len())
        } else {
            self.picked.push(id.clone());
            format!(
                "{name} picked. {} picked. Enter goes on.",
                self.picked.len()
            )
        };
        Turn::said(words)
    }

    /// Nothing more is picked: the name is asked for.
    pub fn done(&mut self, ground: Ground<'_>) -> Turn {
        self.asking = true;
        self.picked
            .retain(|id| ground.wearers().any(|task| task.id == *id));
        Turn::said(match self.picked.len() {
            0 => "An empty group. Give it a name.".to_owned(),
            1 => "A group for 1 interface. Give it a name.".to_owned(),
            count => format!("A group for {count} interfaces. Give it a name."),
        })
    }

    /// The groups that are there and that not all picked tasks wear; none while nothing is picked.
    pub fn choices(&self, ground: Ground<'_>) -> Vec<(SecurityGroupId, String)> {
        let picked: Vec<&TaskCard> = ground
            .wearers()
            .filter(|task| self.picked.contains(&task.id))
            .collect();
        let groups = ground.groups().into_iter();
        groups
            .filter(|group| picked.iter().any(|task| !task.groups.contains(&group.id)))
            .map(|group| (group.id.clone(), group.name.clone()))
            .collect()
    }

    /// What the group is for, as typed or offered.
    pub fn purpose(&self) -> String {
        self.description
            .clone()
            .unwrap_or_else(|| "Drawn on the canvas".to_owned())
    }

    /// What AWS takes to put the picked tasks into the group; `None` where nothing is picked.
    pub fn takes(&self) -> Option<String> {
        let count = self.picked.len();
        Some(match count {
            0 => return None,
            1 => "AWS does not let you change the groups of a running Fargate task's interface. So the task is stopped and run again with the group: it gets another address, and requests to the old one end.".to_owned(),
            _ => format!("AWS does not let you change the groups of running Fargate tasks' interfaces. So {count} tasks are stopped and run again with the group: they get other addresses, and requests to the old ones end."),
        })
    }

    /// The calls: the group and, unless it is for new tasks only, each picked task stopped and run again with it.
    pub fn plan(&self, ground: Ground<'_>) -> Plan {
        let vpc = ground.things.vpc.as_ref();
        let name = match &self.existing {
            Some(id) => ground.group_name(id),
            None => self.name.trim().to_owned(),
        };
        let mut plan = Plan::default();
        if self.existing.is_none() {
            plan = plan.then(CreateSecurityGroup {
                group_name: name.clone(),
                description: self.purpose().trim().to_owned(),
                vpc_id: vpc.map(|vpc| vpc.id.as_str()).unwrap_or_default().into(),
            });
            if self.only {
                return plan;
            }
        }
        for id in &self.picked {
            let Some(task) = ground.wearers().find(|task| task.id == *id) else {
                continue;
            };
            if self
                .existing
                .as_ref()
                .is_some_and(|id| task.groups.contains(id))
            {
                continue;
            }
            let (again, existing) = (again(task), self.existing.clone());
            plan = plan
                .then(StopTask {
                    task: id.clone(),
                    reason: Some(format!("Run again with security group {name}")),
                    ..Default::default()
                })
                .then_with(move |made| {
                    let mut call = again.clone();
                    let made = made.first().map(|id| SecurityGroupId::from(id.as_str()));
                    let group = existing.clone().or(made);
                    if let Some(network) = &mut call.network_configuration {
                        network.awsvpc_configuration.security_groups.extend(group);
                    }
                    call
                });
        }
        plan
    }

    fn words(&self, ground: Ground<'_>) -> Turn {
        let task = self
            .aim
            .as_ref()
            .and_then(|aim| ground.wearers().find(|task| task.id == *aim));
        let Some(task) = task else {
            return Turn::said("No task has an interface. Enter makes an empty group.");
        };
        let picked = if self.picked.contains(&task.id) {
            ", picked"
        } else {
            ""
        };
        Turn::said(format!(
            "{}{picked}. Space picks, Enter goes on.",
            title(task)
        ))
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let rect = |id: &TaskId| ground.task_rect(id);
        Sketch {
            chosen: self.picked.iter().filter_map(rect).collect(),
            aim: self.aim.as_ref().filter(|_| !self.asking).and_then(rect),
            lasso: self.lasso.clone(),
            ..Sketch::default()
        }
    }
}

/// 'Task scorekeep:1, 9f2c, 172.31.1.164'.
fn title(task: &TaskCard) -> String {
    let address = task
        .interface
        .as_ref()
        .map(|interface| format!(", {}", interface.private_ip));
    format!(
        "Task {}, {}{}",
        task.definition,
        task.short_id,
        address.unwrap_or_default()
    )
}

/// The tasks that can be picked, as they lie on the picture: from top to bottom, left to right.
fn order(ground: Ground<'_>) -> Vec<TaskId> {
    let drawn = ground
        .wearers()
        .filter_map(|task| Some((task.id.clone(), ground.task_rect(&task.id)?)));
    let mut drawn: Vec<_> = drawn.collect();
    drawn.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    drawn.into_iter().map(|(id, _)| id).collect()
}

/// The call that runs such a task again, where it ran and with the groups that it wears.
pub(super) fn again(task: &TaskCard) -> RunTask {
    let public = task
        .interface
        .as_ref()
        .is_some_and(|interface| interface.public_ip.is_some());
    RunTask {
        task_definition: task.definition.clone(),
        count: None,
        launch_type: task.provider.is_none().then_some(LaunchType::Fargate),
        platform_version: Some(task.platform.version.to_owned()),
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: vec![task.subnet.clone()],
                security_groups: task.groups.clone(),
                assign_public_ip: Some(if public {
                    AssignPublicIp::Enabled
                } else {
                    AssignPublicIp::Disabled
                }),
            },
        }),
        options: task.options.again(),
    }
}
