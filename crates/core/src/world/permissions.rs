//! Permissions: IAM's calls, and whether the caller may make a call.

use super::World;
use crate::call::{Call, EnforcePermissions};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event};
use crate::iam::{self, Account, Decision, Known};
use crate::text;

impl World {
    /// Answers a call that needs no more than IAM.
    pub(super) fn iam_call(
        &mut self,
        cause: Cause,
        log: &mut Vec<Event>,
        answer: impl FnOnce(&mut Account, &mut Step<'_>) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let mut account = (*self.iam.account()).clone();
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let reply = answer(&mut account, &mut step)?;
        self.iam.set(account, self.now);
        Ok(reply)
    }

    /// `EnforcePermissions`. Roles that definitions name and nobody made are made when it is switched on, as if somebody had
    /// made them before: what a definition names is presumed to be there.
    pub(super) fn enforce_permissions(
        &mut self,
        input: &EnforcePermissions,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let mut named = Vec::new();
        for (_, revisions) in self.revisions.families() {
            for revision in revisions {
                let definition = &revision.definition;
                named.extend(definition.execution_role_arn.clone().map(|it| (it, true)));
                named.extend(definition.task_role_arn.clone().map(|it| (it, false)));
            }
        }
        self.iam_call(cause, log, |account, step| {
            let reply = iam::enforce_permissions(account, input, step);
            if input.enforced {
                for (role, execution) in named {
                    account.presume(&role, execution, step);
                }
            }
            reply
        })
    }

    /// Refuses a call that the caller may not make; nothing while permissions are not enforced.
    pub(super) fn permit(&self, call: &Call) -> Result<(), ApiError> {
        if !self.iam.is_used() {
            return Ok(());
        }
        let account = self.iam.account();
        self.with_known(call, |input, known| {
            iam::permit(&account, call.action(), input, known)
        })
    }

    /// What each thing that a call asks would come to for a caller, enforced or not, up to the first refusal.
    pub fn decisions(&self, caller: &str, call: &Call) -> Vec<Decision> {
        let mut account = (*self.iam.account()).clone();
        caller.clone_into(&mut account.caller);
        self.with_known(call, |input, known| {
            iam::decisions(&account, call.action(), input, known)
        })
    }

    /// Runs something on the tree of a call's input and what the account knows beside it.
    pub fn with_known<T>(&self, call: &Call, run: impl FnOnce(&text::Node, Known<'_>) -> T) -> T {
        let input = text::read(&call.input_json()).root;
        let named = input.get("taskDefinition").and_then(text::Node::as_str);
        // one that may not be used is named all the same
        let of = |it| self.revisions.active(it, "").or(self.revisions.find(it));
        let revision = named.and_then(|it| of(it).ok());
        let known = Known {
            as_of: self.as_of,
            revision: revision.map(|it| {
                let definition = &it.definition;
                let roles = [&definition.task_role_arn, &definition.execution_role_arn];
                (&*it.name, roles.map(|it| it.as_deref()))
            }),
        };
        run(&input, known)
    }
}
