//! IAM as it is and as it was: a line that was refused yesterday stays lost, whatever a role may do today.

use super::account::Account;
use crate::units::SimTime;
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
        self.0 = Some(Arc::new(Held { now, before }));
    }
}
