//! The notice that AWS Health gives of a task that is to be retired.
//!
//! Source: 'Task retirement and maintenance for AWS Fargate on Amazon ECS', whose sample shows the event of a service.

use super::envelope::envelope;
use crate::event::{Event, Fact};
use crate::ids::TaskId;
use crate::observe::account::Account;
use crate::observe::clock::Clock;
use crate::observe::names;
use crate::observe::object::Object;
use crate::service;
use crate::task::CLUSTER;
use crate::units::{SimSpan, SimTime};

/// How the fact of a notice begins; the day stands behind it.
pub(crate) const RETIRES: &str = "is to be retired on or after ";
/// AWS's name for it.
const CODE: &str = "AWS_ECS_TASK_PATCHING_RETIREMENT";
/// How long after its beginning the retirement of a service's tasks ends. Source: the sample.
const LASTS: SimSpan = SimSpan::secs(2 * 86_400);

/// The notice of a task.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub(super) task: TaskId,
    /// When the retirement begins.
    from: SimTime,
}

impl Notice {
    /// What AWS Health sends for a fact of the log: mostly nothing.
    pub(super) fn of(account: &Account<'_>, event: &Event) -> Option<Self> {
        let Fact::Changed {
            what: "Task",
            id,
            how,
        } = &event.fact
        else {
            return None;
        };
        let day = how.strip_prefix(RETIRES)?;
        let waits = [0, 7, 14].map(|days| event.at + SimSpan::secs(days * 86_400));
        let from = waits
            .into_iter()
            .find(|at| Clock::at(account.began, *at).seconds() == day)?;
        Some(Self {
            task: TaskId::from(id.clone()),
            from,
        })
    }

    /// AWS's name for it.
    pub(super) fn name() -> &'static str {
        CODE
    }

    /// The whole event.
    pub(super) fn event(&self, account: &Account<'_>, number: &str, at: SimTime) -> String {
        let task = account.tasks.get(&self.task);
        let group = task.and_then(|it| it.options.get()?.group.as_deref());
        let service = group.and_then(service::of_group);
        let cluster = task.map_or(CLUSTER, |it| it.cluster());
        // a service is named beside its cluster, a task of its own by its ARN
        let resource = match service {
            Some(service) => format!("{cluster}|{service}"),
            None => names::task(cluster, self.task.as_str()),
        };
        let date = |at: SimTime| Clock::at(account.began, at).http();
        let action = match service {
            Some(_) => " No action is required on your part.",
            None => "",
        };
        let description = format!(
            "A software update has been deployed to Fargate which includes CVE patches or other critical patches.{action} All new tasks launched automatically uses the latest software version. For existing tasks, your tasks need to be restarted in order for these updates to apply."
        );
        let description = Object::default()
            .text("language", "en_US")
            .text("latestDescription", &description)
            .finish();
        let entity = Object::default().text("entityValue", &resource).finish();
        let id = names::uuid(account.seed, "health", self.task.as_str());
        let detail = Object::default()
            .text(
                "eventArn",
                &format!(
                    "arn:aws:health:{}::event/ECS/{CODE}/{CODE}_{id}",
                    names::REGION
                ),
            )
            .text("service", "ECS")
            .text("eventScopeCode", "ACCOUNT_SPECIFIC")
            .text("communicationId", &id.replace('-', ""))
            .text("lastUpdatedTime", &date(at))
            .text("eventRegion", names::REGION)
            .text("eventTypeCode", CODE)
            .text("eventTypeCategory", "scheduledChange")
            .text("startTime", &date(self.from))
            .text("endTime", &date(self.from + LASTS))
            .list("eventDescription", &[description])
            .list("affectedEntities", &[entity])
            .finish();
        let of = ("aws.health", super::HEALTH_EVENT);
        envelope(account, number, at, of, &resource, &detail)
    }
}
