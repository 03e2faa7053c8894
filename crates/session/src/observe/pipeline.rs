//! Log lines that are sent on, as cards.

use crate::session::Session;
use fargate_core::observe::{Pipeline, pipelines};

impl Session {
    /// What became of the lines that subscription filters send on, up to the moment shown.
    pub fn pipelines(&self) -> Vec<Pipeline> {
        pipelines(&self.world().account(), self.events())
    }
}
