//! Asking AWS for something in a form: the answer is shown in place, and nothing typed is lost.

use crate::announcer::{Announcer, announcer};
use crate::commands::{Commands, commands};
use crate::projector::{Projected, projected};
use crate::refusal::Refusal;
use crate::signals::RwSignal;
use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_session::Plan;

/// A whole number as members of calls have it.
pub(crate) trait Whole: TryFrom<i128> {
    /// The least.
    const LEAST: i128;
    /// The most.
    const MOST: i128;
}

macro_rules! whole {
    ($($number:ty)*) => {$(
        impl Whole for $number {
            const LEAST: i128 = <$number>::MIN as i128;
            const MOST: i128 = <$number>::MAX as i128;
        }
    )*};
}

whole! { u16 u32 i32 }

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
        let mut accepted = None;
        self.commands
            .send_quietly(call.clone(), |answer| match answer {
                Ok(reply) => {
                    self.refusal.set(None);
                    self.announcer.say(done);
                    accepted = Some(reply);
                }
                Err(error) => self.refusal.set(Some(Refusal::of(call, error))),
            });
        accepted
    }

    /// A number that was typed for a member of a call; `None` where nothing was. What is no number, or below what the member takes,
    /// AWS's command line refuses, in its words, before it asks; what is above AWS refuses.
    pub(crate) fn number<T: Whole>(
        &self,
        action: &'static str,
        member: &str,
        text: &str,
    ) -> Result<Option<T>, ()> {
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse::<i128>();
        let fits = number.as_ref().ok().and_then(|it| T::try_from(*it).ok());
        if fits.is_some() {
            return Ok(fits);
        }
        let (least, most) = (T::LEAST, T::MOST);
        let (code, message) = match number {
            Ok(low) if low < 0 => (
                "ParamValidation",
                format!(
                    "Parameter validation failed: Invalid value for parameter {member}, value: {low}, valid min value: {least}"
                ),
            ),
            Ok(high) => (
                "ValidationException",
                format!(
                    "1 validation error detected: Value '{high}' at '{member}' failed to satisfy constraint: Member must have value less than or equal to {most}"
                ),
            ),
            Err(_) => (
                "ParamValidation",
                format!(
                    "Parameter validation failed: Invalid type for parameter {member}, value: {text}, type: <class 'str'>, valid types: <class 'int'>"
                ),
            ),
        };
        let cure = format!("Write {member} as a whole number, {most} at most.");
        let error = ApiError::new(code, message, cure);
        self.refusal.set(Some(Refusal::new(action, error)));
        Err(())
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
                self.refusal.set(Some(refused.into()));
                false
            }
            None => false,
        }
    }
}
