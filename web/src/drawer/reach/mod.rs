//! Reachability: who reaches whom, what is open to the Internet, and what a change opened or closed.

pub mod baseline;
pub mod changes;
pub mod exposed;
pub mod kept;
pub mod matrix;
pub mod name;
pub mod phrase;

use crate::commands::commands;
use crate::markup::view;
use crate::projector::projected;
use crate::signals::Memo;
use changes::ChangesSection;
use exposed::{ExposedSection, GroupsSection};
use fargate_session::reach::Matrix;
use fargate_session::view::NetworkStamp;
use leptos::prelude::*;
use matrix::MatrixSection;
use std::sync::Arc;

/// Who reaches whom, in a state of the network.
#[derive(Clone, Debug)]
pub struct Known {
    state: NetworkStamp,
    /// Who reaches whom.
    pub matrix: Arc<Matrix>,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

/// The tab. It asks while it is shown, and not before.
#[component]
pub fn Reach() -> AnyView {
    let (shown, commands) = (projected(), commands());
    let known = Memo::new(move |_| Known {
        state: shown.network.get(),
        matrix: Arc::new(commands.ask_session(fargate_session::Session::matrix)),
    });
    view! {
        <div class="reach" tabindex="0" role="region" aria-label="Reachability, all of it">
            <ExposedSection known/>
            <MatrixSection known/>
            <ChangesSection known/>
            <GroupsSection known/>
        </div>
    }
}
