//! Asking AWS for something in a form: the answer is shown in place, and nothing typed is lost.

use crate::announcer::{Announcer, announcer};
use crate::commands::{Commands, commands};
use crate::projector::{Projected, projected};
use crate::refusal::Refusal;
use crate::signals::RwSignal;
use fargate_core::call::Call;
use fargate_core::error::Reply;
use fargate_session::Plan;

/// A form's way to ask.
#[derive(Clone, Copy)]
pub struct Asking {
    commands: Commands,
    announcer: Announcer,
    /// The VPC and what is in it.
    pub(crate) projected: Projected,
    /// AWS's refusal of the last try.
    pub(crate) refusal: RwSignal<Option<Refusal>>,
}

impl Asking {
    /// Nothing was asked yet.
    pub(crate) fn new() -> Self {
        Self {
            commands: commands(),
            announcer: announcer(),
            projected: projected(),
            refusal: RwSignal::new(None),
        }
    }

    /// Sends a call. Where AWS accepts, says so and gives the answer.
    pub(crate) fn ask(&self, call: impl Into<Call>, done: &str) -> Option<Reply> {
        let call = call.into();
        let action = call.action();
        let mut accepted = None;
        self.commands.send_quietly(call, |answer| match answer {
            Ok(reply) => {
                self.refusal.set(None);
                self.announcer.say(done);
                accepted = Some(reply);
            }
            Err(error) => self.refusal.set(Some(Refusal::new(action, error))),
        });
        accepted
    }

    /// Does a plan, all of it or nothing, which one undo takes back. Whether AWS accepts.
    pub(crate) fn plan(&self, plan: &Plan, done: &str) -> bool {
        match self.commands.gesture(plan) {
            Some(Ok(_)) => {
                self.refusal.set(None);
                self.announcer.say(done);
                true
            }
            Some(Err(refused)) => {
                self.refusal
                    .set(Some(Refusal::new(refused.action, refused.error)));
                false
            }
            None => false,
        }
    }
}
