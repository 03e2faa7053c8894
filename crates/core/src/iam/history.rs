//! IAM as it is and as it was: a line that was refused yesterday stays lost, whatever a role may do today.

use super::account::Account;
use crate::units::SimTime;
use litemap::LiteMap;
use std::any::Any;
use std::sync::Arc;

/// IAM as the world holds it. Until the first call to IAM it holds nothing; what it holds hides its type, so that a program
/// that makes no such call does not hold the code for it.
#[derive(Clone, Debug, Default)]
pub struct Iam(Option<Arc<dyn Any + Send + Sync>>);

/// What IAM holds: the account as it is, and as it was.
#[derive(Debug)]
struct Held {
    now: Arc<Account>,
    /// How it was before, each until that moment, in order of time.
    before: Vec<(SimTime, Arc<Account>)>,
    /// Over which VPC endpoints the lines of tasks go.
    ways: Arc<LogWays>,
}

/// Over which VPC endpoints the lines of tasks go and went, as far as endpoints have policies.
#[derive(Clone, Debug, Default)]
struct LogWays {
    /// The version of the network that was looked at last.
    looked: Option<u64>,
    /// For each task, by its id, from when on it is over which, in order of time.
    tasks: LiteMap<String, Vec<(SimTime, Vec<String>)>>,
}

impl Iam {
    fn held(&self) -> Option<Arc<Held>> {
        self.0.clone()?.downcast().ok()
    }

    /// Whether anything was ever said to IAM; else nothing is enforced.
    pub fn is_used(&self) -> bool {
        self.0.is_some()
    }

    /// The account; as it begins, where nothing was ever said to IAM.
    pub fn account(&self) -> Arc<Account> {
        self.held().map(|it| it.now.clone()).unwrap_or_default()
    }

    /// How the account was and is, in order of time, each until a moment; `None` for how it is now. Nothing where nothing was ever
    /// said to IAM.
    pub fn history(&self) -> Vec<(Option<SimTime>, Arc<Account>)> {
        let Some(held) = self.held() else {
            return Vec::new();
        };
        let before = held.before.iter();
        let before = before.map(|(until, it)| (Some(*until), it.clone()));
        before.chain([(None, held.now.clone())]).collect()
    }

    /// The account as it was at a moment.
    pub fn account_at(&self, at: SimTime) -> Arc<Account> {
        let mut all = self.history().into_iter();
        let then = all.find(|(until, _)| until.is_none_or(|until| at < until));
        then.map(|it| it.1).unwrap_or_default()
    }

    /// Puts another in its place, from a moment on.
    pub(crate) fn set(&mut self, account: Account, from: SimTime) {
        let mut before = self.held().map_or_else(Vec::new, |it| it.before.clone());
        // what was so for no time was never so
        if before.last().is_none_or(|(until, _)| *until < from) {
            before.push((from, self.account()));
        }
        let now = Arc::new(account);
        let ways = self.held().map(|it| it.ways.clone()).unwrap_or_default();
        self.0 = Some(Arc::new(Held { now, before, ways }));
    }

    /// From when on the lines of a task go over which VPC endpoints, in order of time; over none before.
    pub(crate) fn log_ways(&self, task: &str) -> Vec<(SimTime, Vec<String>)> {
        let held = self.held();
        let ways = held.as_ref().and_then(|it| it.ways.tasks.get(task));
        ways.cloned().unwrap_or_default()
    }

    /// Whether the ways of a network of that version are noted.
    pub(crate) fn knows_ways(&self, version: u64) -> bool {
        self.held()
            .is_some_and(|it| it.ways.looked == Some(version))
    }

    /// Notes over which VPC endpoints the lines of tasks go from a moment on, in a network of that version.
    pub(crate) fn note_ways(
        &mut self,
        version: u64,
        ways: Vec<(String, Vec<String>)>,
        at: SimTime,
    ) {
        let Some(held) = self.held() else {
            return;
        };
        let mut noted = LogWays::clone(&held.ways);
        noted.looked = Some(version);
        for (task, ids) in ways {
            let known = noted.tasks.entry(task).or_default();
            if known.last().map_or(&[][..], |it| it.1.as_slice()) != ids {
                known.push((at, ids));
            }
        }
        self.0 = Some(Arc::new(Held {
            now: held.now.clone(),
            before: held.before.clone(),
            ways: Arc::new(noted),
        }));
    }
}
