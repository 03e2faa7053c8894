//! Reachability: who reaches whom, what is open to the Internet, and what a change opened or closed.

pub mod baseline;
pub mod changes;
pub mod exposed;
pub mod kept;
pub mod matrix;
pub mod name;
pub mod phrase;

use super::moments::run;
use crate::commands::{Commands, commands};
use crate::markup::view;
use crate::projector::{Projected, projected};
use crate::signals::Memo;
use changes::ChangesSection;
use exposed::{ExposedSection, GroupsSection};
use fargate_core::units::SimTime;
use fargate_session::reach::Matrix;
use leptos::prelude::*;
use matrix::MatrixSection;
use std::sync::Arc;

/// A state of the network: who reaches whom is asked again only where this differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkState {
    /// The network's own count of changes.
    version: u64,
    /// The run.
    run: usize,
    /// What undo and redo would do: an undo counts no change of the network.
    edits: [Option<String>; 2],
    /// The moment, in the past: another one may have seen other edits.
    past: Option<SimTime>,
    /// The scenario.
    title: Arc<str>,
}

impl NetworkState {
    /// The state now; tracked.
    fn now(shown: Projected, commands: Commands) -> Self {
        let clock = shown.clock.get();
        Self {
            version: commands.ask_session(|session| session.world().network().version()),
            run: run(shown),
            edits: shown
                .history
                .with(|history| [history.undo.clone(), history.redo.clone()]),
            past: clock.past.then_some(clock.now),
            title: shown.title.get(),
        }
    }
}

/// Who reaches whom, in a state of the network.
#[derive(Clone, Debug)]
pub struct Known {
    state: NetworkState,
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
    let state = Memo::new(move |_| NetworkState::now(shown, commands));
    let known = Memo::new(move |_| Known {
        state: state.get(),
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
