//! How many bytes CloudWatch Logs takes in, line by line as a run goes on: what it bills.

use super::leads::{self, Containers};
use super::say::fill;
use crate::event::Event;
use crate::observe::account::Account;
use crate::task::{Task, log_put};
use crate::workload::Workload;

/// What CloudWatch Logs counts for a line beside its text, in bytes. Source: 'CloudWatch Logs quotas', `PutLogEvents`.
const LINE_BYTES: u64 = 26;

impl Containers for Task {
    fn place(&self, name: &str) -> Option<usize> {
        self.containers.iter().position(|it| *it.name == *name)
    }

    fn count(&self) -> usize {
        self.containers.len()
    }

    fn workload(&self, place: usize) -> &Workload {
        &self.containers[place].workload
    }

    fn runs(&self, place: usize) -> bool {
        self.containers[place].runs()
    }

    fn listens(&self, place: usize, port: u16) -> bool {
        self.containers[place].ports().contains(&port)
    }

    // it asks right after the request; until it has, what it was answered last is what it is answered now
    fn failed(&self) -> bool {
        let mut all = self.containers.iter().filter(|it| it.runs());
        all.any(|it| it.denied_ask().is_some_and(|(_, ask)| ask.each_request))
    }
}

/// The bytes of the lines that an event of a task leads to, as CloudWatch Logs counts them: nothing of containers that log elsewhere,
/// and nothing that the execution role may not put.
pub(crate) fn taken_in(account: &Account<'_>, task: &Task, event: &Event) -> u64 {
    if !task.containers.iter().any(|it| it.definition.awslogs) {
        return 0;
    }
    let lines = leads::lines(&event.fact, task);
    let bytes = lines.into_iter().map(|(place, says)| {
        let container = &task.containers[place];
        if !container.definition.awslogs || is_refused(account, task, place) {
            return 0;
        }
        let line = says.and_then(|it| container.workload.logs.get(it));
        let own = match &event.fact {
            crate::event::Fact::Logged { line, .. } => line.as_str(),
            _ => "",
        };
        let text = fill(account, line.map_or(own, |it| &it.line), event);
        let padded = line.and_then(|it| it.pad_to).unwrap_or(0) as usize;
        // each row of a text is a line, and an empty one is none
        let rows = text.split('\n').map(|row| row.trim_end_matches('\r').len());
        let rows = rows.filter(|it| *it > 0);
        let (count, sum) = rows.fold((0_u64, 0), |(count, sum), row| (count + 1, sum + row));
        sum.max(padded) as u64 + LINE_BYTES * count
    });
    bytes.sum()
}

/// Whether the execution role may not put the lines of a container, or an endpoint on their way does not let them through.
fn is_refused(account: &Account<'_>, task: &Task, place: usize) -> bool {
    let definition = &task.containers[place].definition;
    let role = task.definition.execution_role_arn.as_deref();
    let Some(role) = role.filter(|_| account.iam.is_used()) else {
        return false;
    };
    let (group, prefix) = (
        definition.log_group_name(),
        definition.log_prefix.as_deref(),
    );
    let name = format!(
        "{}/{}/{}",
        prefix.unwrap_or_default(),
        definition.name,
        task.id
    );
    let ways = account.iam.log_ways(task.id.as_str());
    let ways = ways.last().map_or(&[][..], |it| it.1.as_slice());
    let now = account.iam.account();
    let put = log_put(&now, role, task.id.as_str(), (group, &name), ways);
    put.is_some_and(|it| !it.allowed())
}
