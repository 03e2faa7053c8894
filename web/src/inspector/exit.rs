//! A way out on the VPC's edge beside its internet gateway: what it is, and the row of the network panel that changes it.

use super::place::{Head, gone};
use crate::markup::{live, view};
use crate::network::things::things;
use crate::ui::{LeftTab, ui};
use leptos::prelude::*;

/// The panel.
#[component]
pub fn ExitPanel(
    /// Its id.
    id: String,
) -> AnyView {
    let (things, ui) = (things(), ui());
    live(move || {
        let Some(card) = things.card(&id) else {
            return gone("Way out");
        };
        let facts = card.facts.iter().map(|fact| {
            view! {
                <dt>{fact.name}</dt>
                <dd>{fact.value.clone()}</dd>
            }
        });
        let facts = facts.collect_view();
        let state = card.state.as_ref().map(|state| {
            view! {
                <dt>"State"</dt>
                <dd class="ui">{state.words.clone()}</dd>
            }
        });
        let row = card.id.clone();
        let show = move |_| {
            ui.left_tab.set(LeftTab::Network);
            ui.left_open.set(true);
            things.lead_to(&row);
        };
        view! {
            <Head kind="On the VPC's edge" name=card.title.clone() id=card.id.clone()/>
            <section class="sec slim" aria-label="Facts">
                <dl class="kv">{state}{facts}</dl>
                <div class="row"><button type="button" class="btn sm line" on:click=show>"Show in the Network panel"</button></div>
            </section>
        }
    })
}
