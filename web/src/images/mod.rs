//! What images do when they run, a tab of the left panel: AWS has no API for that, so a person says it.

mod draft;
pub mod editor;
pub mod findings;
pub mod list;
pub mod members;
mod unsaid;

use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::signals::{Memo, Signal};
use crate::stores::Stores;
use crate::ui::{LeftTab, ui};
use draft::{Draft, make_draft};
use editor::Editor;
use fargate_core::units::SimTime;
use fargate_session::{ImageCard, Session};
use leptos::prelude::*;
use list::Images;

/// What the tab shows of the scenario, kept up to date while the tab is open.
#[derive(Clone, Copy)]
pub struct Shown {
    /// What the scenario says something about.
    own: Memo<Vec<ImageCard>>,
    /// What definitions name beside that.
    named: Memo<Vec<ImageCard>>,
    /// What the catalogue knows beside the first.
    known: Memo<Vec<ImageCard>>,
}

/// The moment shown, for what changes with events: whatever is said is one, and so is its undo; in the past another moment may
/// know less.
pub(crate) fn moment() -> Memo<(usize, Option<SimTime>)> {
    let shown = projected();
    Memo::new(move |_| {
        let clock = shown.clock.get();
        (shown.event_count.get(), clock.past.then_some(clock.now))
    })
}

impl Shown {
    fn new() -> Self {
        let (commands, ui, shown) = (commands(), ui(), projected());
        let moment = moment();
        let open = Memo::new(move |_| ui.left_tab.get() == LeftTab::Images);
        let own = Memo::new(move |before: Option<&Vec<ImageCard>>| {
            if open.get() {
                // To be read, not only tracked: what was never read is never computed again.
                moment.get();
                return commands.ask_session(Session::own_images);
            }
            before.cloned().unwrap_or_default()
        });
        let named = Memo::new(move |_| {
            own.with(|_| ());
            shown.families.track();
            commands.ask_session(Session::named_images)
        });
        let known = Memo::new(move |_| {
            own.with(|_| ());
            let mut known = commands.ask_session(Session::images);
            known.retain(|card| !card.own);
            known
        });
        Self { own, named, known }
    }
}

/// What images do, a tab of the left panel.
#[component]
pub fn ImagesPanel() -> AnyView {
    let (shown, draft) = (Shown::new(), make_draft());
    draft.keep_on_leaving();
    let scenario = Signal::derive(move || {
        let mut cards = shown.own.get();
        cards.extend(shown.named.get());
        cards
    });
    view! {
        <div class="net">
            <Show when=move || draft.open.get()>
                <Editor draft shown/>
            </Show>
            <section class="net-sec" aria-label="Images of this scenario">
                <div class="net-head">
                    <Glyph icon=Icon::Layers class="i dim"/>
                    <h2 class="strong grow">"Images of this scenario"</h2>
                    <NewImage draft/>
                </div>
                <p class="t12 dim">
                    "Nothing is pulled or run here: an image does what is said of it. What you say holds for tasks that are run from then on."
                </p>
                <Images cards=scenario draft/>
                <Show when=move || scenario.with(Vec::is_empty)>
                    <p class="t12 dim">"No definition is registered yet, so no image is named."</p>
                </Show>
            </section>
            <Stores/>
            <section class="net-sec" aria-label="Catalogue">
                <div class="net-head">
                    <Glyph icon=Icon::Book class="i dim"/>
                    <h2 class="strong grow">"Catalogue"</h2>
                </div>
                <p class="t12 dim">
                    "Any image whose name ends so does this, unless you say otherwise. All others are small servers."
                </p>
                <Images cards=shown.known draft/>
            </section>
        </div>
    }
}

#[component]
fn NewImage(draft: Draft) -> AnyView {
    view! {
        <button type="button" class="btn sm line" on:click=move |_| draft.begin("", "{\n}")>
            <Glyph icon=Icon::Plus class="i-12"/>
            "New image"
        </button>
    }
}
