//! Applying a call: AWS's answer, and the change if it accepts. A refused call changes nothing.

use super::World;
use crate::call::Call;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event};

impl World {
    /// Applies the call that stands at `number` of the document. A refused call leaves the world and the log as they were.
    pub fn apply(
        &mut self,
        number: u32,
        call: &Call,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        (self.settings.authority.permit)(self, call)?;
        let mut draft = self.clone();
        let logged = log.len();
        let admitted = (self.settings.authority.admit)(&mut draft, call.action());
        let answer = match self.settings.authority.handlers.of(call.action()) {
            Some(handler) => {
                admitted.and_then(|()| handler(&mut draft, call, Cause::Call(number), log))
            }
            None => Err(ApiError::new(
                "InvalidAction",
                format!(
                    "The action {} is not valid for this endpoint.",
                    call.action()
                ),
                "This program answers fewer actions than it can read.",
            )),
        };
        match answer {
            Ok(reply) => {
                (draft.settings.authority.keep)(&mut draft, logged, log);
                *self = draft;
                if let Some(work) = self.settings.authority.at_work {
                    (work.hear)(self, logged, log);
                }
                Ok(reply)
            }
            Err(error) => {
                log.truncate(logged);
                Err(error)
            }
        }
    }
}
