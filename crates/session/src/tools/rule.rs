//! The tool that draws a rule: from who may come to the group that lets them in.

use super::hit::{End, far};
use super::{Ground, Sketch, ToolKey, Turn, arrow, round};
use crate::plan::Plan;
use crate::scene::{Key, Point};
use fargate_core::call::{
    AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress, IpPermission, IpRange,
    UserIdGroupPair,
};
use fargate_core::ids::SecurityGroupId;
use std::collections::BTreeSet;

/// The ports that are usually open to everyone: HTTP and HTTPS.
const USUAL: [u16; 2] = [80, 443];

/// The tool that draws a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleHand {
    /// Who may come, once chosen.
    pub source: Option<End>,
    /// What the popover asks, while it is open.
    pub ask: Option<RuleAsk>,
    /// What the keys or the pointer are at.
    aim: Option<End>,
    from: Option<Point>,
    to: Option<Point>,
}

/// What is asked before a rule is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleAsk {
    /// Who may come.
    pub source: End,
    /// The group that lets them in.
    pub target: SecurityGroupId,
    /// `tcp`, `udp`, or `-1` for all.
    pub protocol: String,
    /// The port, or a range such as `8000-8010`, as typed.
    pub port: String,
    /// Whether the group is let out to the Internet, where that is the other end; else the Internet is let in.
    pub out: bool,
}

impl RuleAsk {
    /// The question for two ends: with the likeliest port, where one is likely.
    fn of(ground: Ground<'_>, source: End, target: SecurityGroupId) -> Self {
        let port = likely(ground, &source, &target).first().map(u16::to_string);
        Self {
            source,
            target,
            protocol: "tcp".to_owned(),
            port: port.unwrap_or_default(),
            out: false,
        }
    }

    /// Whether the rule is an outbound one.
    fn goes_out(&self) -> bool {
        self.out && self.source == End::Internet
    }

    /// What is to be known of an outbound rule: that the group lets all out already, where it does.
    pub fn already_out(&self, ground: Ground<'_>) -> Option<String> {
        let mut groups = ground.things.groups.iter();
        let group = groups.find(|group| group.id == self.target)?;
        let all = group
            .egress
            .iter()
            .any(|rule| rule.label == "all traffic to anywhere");
        (self.goes_out() && all).then(|| {
            format!(
                "{} lets all traffic out to anywhere already, as every new group does.",
                group.name
            )
        })
    }

    /// 'Let Internet in to web', 'Let web out to Internet'.
    pub fn title(&self, ground: Ground<'_>) -> String {
        let target = ground.group_name(&self.target);
        if self.goes_out() {
            return format!("Let {target} out to Internet");
        }
        format!("Let {} in to {target}", ground.end_name(&self.source))
    }

    /// The ports that the target's tasks listen on and the source may not come to yet, the likeliest first.
    pub fn ports(&self, ground: Ground<'_>) -> Vec<u16> {
        likely(ground, &self.source, &self.target)
    }

    /// Everything that a rule can come from, with its name.
    pub fn sources(&self, ground: Ground<'_>) -> Vec<(End, String)> {
        let named = |end: End| (end.clone(), ground.end_name(&end));
        ground.ends().into_iter().map(named).collect()
    }

    /// The groups that can let someone in, with their names.
    pub fn targets(&self, ground: Ground<'_>) -> Vec<(SecurityGroupId, String)> {
        let groups = ground.groups().into_iter();
        groups
            .map(|group| (group.id.clone(), group.name.clone()))
            .collect()
    }

    /// The first and the last port; `None` where what is typed is none.
    fn range(&self) -> Option<(u16, u16)> {
        let port = |text: &str| text.trim().parse::<u16>().ok();
        match self.port.split_once(['-', '–']) {
            Some((from, to)) => Some((port(from)?, port(to)?)),
            None => port(&self.port).map(|port| (port, port)),
        }
    }

    /// What is to be thought of before everyone is let in, where the ports are not those of web servers.
    pub fn warning(&self) -> Option<String> {
        if self.source != End::Internet || self.goes_out() {
            return None;
        }
        if self.protocol == "-1" {
            return Some("Everyone on the Internet may use every port.".to_owned());
        }
        let (from, to) = self.range()?;
        let usual = from == to && USUAL.contains(&from) && self.protocol == "tcp";
        let ports = if from == to {
            format!("port {from}")
        } else {
            format!("ports {from} to {to}")
        };
        (!usual).then(|| {
            format!("Everyone on the Internet may use {ports}. Usual are only 80 and 443.")
        })
    }

    /// The call that adds the rule; `Err` says what is wrong with the port.
    pub fn plan(&self) -> Result<Plan, &'static str> {
        const PORTS: &str = "A port is a number from 0 to 65,535. Write a range as 8000-8010.";
        let ports = match self.protocol.as_str() {
            "-1" => None,
            _ => Some(self.range().ok_or(PORTS)?),
        };
        let (mut ip_ranges, mut user_id_group_pairs) = (Vec::new(), Vec::new());
        match &self.source {
            End::Internet => ip_ranges.push(IpRange {
                cidr_ip: "0.0.0.0/0".to_owned(),
            }),
            End::Group(group) => user_id_group_pairs.push(UserIdGroupPair {
                group_id: group.clone(),
            }),
        }
        let group_id = self.target.clone();
        let ip_permissions = vec![IpPermission {
            ip_protocol: self.protocol.clone(),
            from_port: ports.map(|(from, _)| from.into()),
            to_port: ports.map(|(_, to)| to.into()),
            ip_ranges,
            user_id_group_pairs,
            ..IpPermission::default()
        }];
        Ok(if self.goes_out() {
            Plan::of(AuthorizeSecurityGroupEgress {
                group_id,
                ip_permissions,
            })
        } else {
            Plan::of(AuthorizeSecurityGroupIngress {
                group_id,
                ip_permissions,
            })
        })
    }
}

/// The ports of the tasks that wear a group, without those that its rules let the source come to already; all, where no other is left.
fn likely(ground: Ground<'_>, source: &End, target: &SecurityGroupId) -> Vec<u16> {
    let wearers = ground.wearers().filter(|task| task.groups.contains(target));
    let ports: BTreeSet<u16> = wearers
        .flat_map(|task| {
            task.containers
                .iter()
                .flat_map(|container| container.ports.iter().copied())
        })
        .collect();
    let mut groups = ground.things.groups.iter();
    let rules = groups.find(|group| group.id == *target);
    let open = |port: &u16| {
        let mut rules = rules.iter().flat_map(|group| &group.ingress);
        rules.any(|rule| super::lines::allows(rule, source, *port))
    };
    let (open, shut): (Vec<u16>, Vec<u16>) = ports.into_iter().partition(open);
    if shut.is_empty() { open } else { shut }
}

impl RuleHand {
    pub(super) fn begin(&mut self, ground: Ground<'_>, _: Option<&Key>) -> Turn {
        self.aim = ground.ends().into_iter().next();
        self.words(ground)
    }

    pub(super) fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        if ground.end(at).is_none() {
            let drawn = self.source.is_some() || self.ask.is_some();
            *self = Self::default();
            return if drawn { Turn::Dropped } else { Turn::Stay };
        }
        if self.ask.take().is_some() {
            self.source = None;
        }
        (self.from, self.to) = (Some(at), None);
        Turn::Stay
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        if self.ask.is_some() {
            return Turn::Stay;
        }
        let aim = ground.end(to);
        let changed = aim != self.aim;
        self.aim = aim;
        match self.from {
            Some(from) if self.to.is_some() || far(from, to) => {
                if self.to.is_none() {
                    self.source = ground.end(from);
                }
                self.to = Some(to);
                if changed {
                    self.words(ground)
                } else {
                    Turn::Drawn(None)
                }
            }
            Some(_) | None if changed => Turn::Drawn(None),
            Some(_) | None => Turn::Stay,
        }
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        let dragged = self.to.take().is_some();
        let Some(end) = ground.end(at) else {
            self.source = None;
            return Turn::Dropped;
        };
        if dragged && self.source.as_ref() == Some(&end) {
            self.source = None;
            return Turn::Dropped;
        }
        self.choose(ground, end)
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match (key, arrow(key)) {
            (ToolKey::Escape, _) if self.from.is_some() => {
                *self = Self::default();
                Turn::Dropped
            }
            (ToolKey::Escape, _) if self.ask.take().is_some() => self.words(ground),
            (ToolKey::Escape, _) if self.source.take().is_some() => self.words(ground),
            (ToolKey::Escape, _) => Turn::Left,
            (_, Some(on)) => {
                let ends = ground.ends();
                let at = ends.iter().position(|end| Some(end) == self.aim.as_ref());
                self.aim = round(at, ends.len(), on).and_then(|at| ends.get(at).cloned());
                self.words(ground)
            }
            (ToolKey::Enter, None) => match self.aim.clone() {
                Some(end) => self.choose(ground, end),
                None => Turn::Stay,
            },
            (_, None) => Turn::Stay,
        }
    }

    /// Takes an end as the source or, where that is chosen, as the target.
    pub fn choose(&mut self, ground: Ground<'_>, end: End) -> Turn {
        let Some(source) = self.source.clone() else {
            self.source = Some(end);
            return self.words(ground);
        };
        let (source, target, out) = match (source, end) {
            (source, End::Group(target)) => (source, target, false),
            (End::Group(target), End::Internet) => (End::Internet, target, true),
            (End::Internet, End::Internet) => {
                return Turn::said(
                    "The Internet is the source already. Choose the group that lets it in.",
                );
            }
        };
        let mut ask = RuleAsk::of(ground, source, target);
        if out {
            // What it may come to outside, nobody knows: HTTPS is the likeliest.
            (ask.out, ask.port) = (true, "443".to_owned());
        }
        let words = format!(
            "{}. Port {}. Enter adds the rule.",
            ask.title(ground),
            if ask.port.is_empty() { "?" } else { &ask.port }
        );
        self.ask = Some(ask);
        Turn::said(words)
    }

    /// Where the hand is, in words.
    fn words(&self, ground: Ground<'_>) -> Turn {
        let aim = self.aim.as_ref().map(|end| ground.end_name(end));
        let aim = aim.unwrap_or_default();
        match &self.source {
            None if aim.is_empty() => Turn::Drawn(None),
            None => Turn::said(format!(
                "From {aim}? Arrow keys to choose who may come, Enter to take it."
            )),
            Some(source) => {
                let source = ground.end_name(source);
                Turn::said(format!(
                    "From {source} to {aim}? Arrow keys to choose the group that lets it in, Enter to take it."
                ))
            }
        }
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let rect = |end: &End| ground.end_rect(end);
        if let Some(ask) = &self.ask {
            let ends = [rect(&ask.source), rect(&End::Group(ask.target.clone()))];
            return Sketch {
                chosen: ends.into_iter().flatten().collect(),
                ..Sketch::default()
            };
        }
        let source = self.source.as_ref().and_then(rect);
        Sketch {
            chosen: source.into_iter().collect(),
            aim: self
                .aim
                .as_ref()
                .filter(|end| Some(*end) != self.source.as_ref())
                .and_then(rect),
            line: source
                .zip(self.to)
                .map(|(from, to)| (self.from.unwrap_or(from.center()), to)),
            ..Sketch::default()
        }
    }
}
