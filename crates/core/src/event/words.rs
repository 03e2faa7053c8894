//! The sentence of each fact, as the log shows it. The log is hashed: a sentence that changes changes every hash.

use super::Fact;
use std::fmt;

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Made { what, id, name } if name.is_empty() => write!(f, "{what} {id} is made"),
            Self::Made { what, id, name } => write!(f, "{what} {name} is made ({id})"),
            Self::Changed { what, id, how } => write!(f, "{what} {id} {how}"),
            Self::Deleted { what, id } => write!(f, "{what} {id} is deleted"),
            Self::GatewayAttached { gateway, vpc } => {
                write!(f, "Internet gateway {gateway} is attached to {vpc}")
            }
            Self::RouteChanged {
                table,
                destination,
                target: Some(target),
            } => {
                write!(f, "Route table {table} leads {destination} to {target}")
            }
            Self::RouteChanged {
                table,
                destination,
                target: None,
            } => {
                write!(
                    f,
                    "Route table {table} has no route for {destination} any more"
                )
            }
            Self::RuleChanged {
                name,
                rule,
                added: true,
                ..
            } => write!(f, "{name} now allows {rule}"),
            Self::RuleChanged {
                name,
                rule,
                added: false,
                ..
            } => write!(f, "{name} no longer allows {rule}"),
            Self::Registered { revision } => write!(f, "{revision} is registered"),
            Self::State {
                task,
                definition,
                state,
            } => {
                write!(f, "{definition} {} is {}", task.short(), state.aws())
            }
            Self::InterfaceAttached {
                task,
                interface,
                private_ip,
                public_ip,
            } => {
                write!(f, "Task {} got {interface} with {private_ip}", task.short())?;
                public_ip.map_or(Ok(()), |address| write!(f, " and {address}"))
            }
            Self::InterfaceReleased {
                task,
                interface,
                private_ip,
            } => {
                write!(
                    f,
                    "Task {} gave {interface} back; {private_ip} is free",
                    task.short()
                )
            }
            Self::PullStarted { task } => write!(f, "Task {} pulls its images", task.short()),
            Self::PullStopped { task } => write!(f, "Task {} has its images", task.short()),
            Self::NotFetched { task, what, trace } => {
                write!(f, "Task {} cannot fetch from {what}: {trace}", task.short())
            }
            Self::ContainerStarted { task, container } => {
                write!(f, "{container} of {} started", task.short())
            }
            Self::Signalled {
                task,
                container,
                signal,
            } => {
                write!(f, "{container} of {} was sent {signal}", task.short())
            }
            Self::ContainerExited {
                task,
                container,
                code,
                reason,
            } => {
                let task = task.short();
                write!(f, "{container} of {task} ended with exit code {code}")?;
                reason
                    .as_ref()
                    .map_or(Ok(()), |reason| write!(f, ": {reason}"))
            }
            Self::NeverStarts {
                task,
                container,
                waits_for,
                condition,
                late,
            } => {
                let why = if *late {
                    "within its startTimeout"
                } else {
                    "any more"
                };
                let task = task.short();
                write!(
                    f,
                    "{container} of {task} never starts: {waits_for} does not come to {condition} {why}"
                )
            }
            Self::HealthChanged {
                task,
                container,
                health,
            } => {
                write!(f, "{container} of {} is {}", task.short(), health.aws())
            }
            Self::Restarts { task, container } => {
                let task = task.short();
                write!(
                    f,
                    "{container} of {task} is started again by its restart policy"
                )
            }
            Self::Logged {
                task,
                container,
                line,
            } => {
                write!(f, "{container} of {} logs: {line}", task.short())
            }
            Self::Called {
                task,
                container,
                to,
                port,
                reached,
            } => {
                let verb = if *reached {
                    "reaches"
                } else {
                    "does not reach"
                };
                write!(f, "{container} of {} {verb} {to}:{port}", task.short())
            }
            Self::Stopping { task, code, reason } => {
                write!(f, "Task {} stops: {reason} ({})", task.short(), code.aws())
            }
            Self::Forgotten { task } => write!(f, "The record of task {} expired", task.short()),
            Self::DemandSet {
                task,
                container,
                cpu,
                memory,
            } => {
                write!(f, "{container} of {} now wants", task.short())?;
                cpu.map_or(Ok(()), |cpu| write!(f, " {cpu} CPU units"))?;
                memory.map_or(Ok(()), |memory| write!(f, " {memory} MiB"))
            }
            Self::DemandCleared { task, container } => {
                write!(
                    f,
                    "{container} of {} wants what its image and its traffic ask for",
                    task.short()
                )
            }
            Self::ImageSaid { image, said: true } => {
                write!(f, "Image {image} does from now on what was said")
            }
            Self::ImageSaid { image, said: false } => {
                write!(f, "Image {image} does again what the catalogue says")
            }
            Self::AsOf { date } => write!(f, "The rules of {date} apply"),
            Self::Undone { call } => write!(f, "Call {call} is undone"),
            Self::Redone { call } => write!(f, "Call {call} is done again"),
            Self::Traffic {
                to,
                port,
                rate_tenths: 0,
                ..
            } => {
                write!(f, "Traffic to port {port} of {to} ended")
            }
            Self::Traffic {
                to,
                port,
                rate_tenths,
                count,
                ..
            } => {
                let (whole, tenths) = (rate_tenths / 10, rate_tenths % 10);
                match count {
                    Some(count) => write!(f, "{count} requests")?,
                    None => write!(f, "Traffic")?,
                }
                write!(f, " to port {port} of {to}, {whole}.{tenths} a second")
            }
            Self::Request { trace, .. } => write!(f, "{trace}"),
        }
    }
}
