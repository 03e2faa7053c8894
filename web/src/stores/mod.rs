//! What tasks fetch: registries, secrets, files and log groups, sections of the tab of images. All they do is calls.

pub mod forms;
pub mod row;

use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::images::moment;
use crate::markup::{For, Show, view};
use crate::network::ask_form::Opens;
use crate::projector::projected;
use crate::signals::{Memo, RwSignal};
use crate::ui::{LeftTab, ui};
use fargate_core::call::SetPresumed;
use fargate_session::Session;
use fargate_session::stores::{StoreCard, StoreKind};
use forms::{BucketForm, FileForm, LogGroupForm, ParameterForm, RepositoryForm, SecretForm};
use leptos::prelude::*;
use row::StoreRow;

/// The cards, kept up to date while the tab is open.
type Cards = Memo<Vec<StoreCard>>;

fn cards() -> Cards {
    let (commands, ui, shown) = (commands(), ui(), projected());
    let moment = moment();
    let open = Memo::new(move |_| ui.left_tab.get() == LeftTab::Images);
    Memo::new(move |before: Option<&Vec<StoreCard>>| {
        if open.get() {
            // To be read, not only tracked: what was never read is never computed again.
            moment.get();
            shown.families.track();
            return commands.ask_session(Session::stores);
        }
        before.cloned().unwrap_or_default()
    })
}

/// The sections.
#[component]
pub fn Stores() -> AnyView {
    let cards = cards();
    let opened = || RwSignal::new(false);
    let (repository, secret, parameter) = (opened(), opened(), opened());
    let (bucket, file, group) = (opened(), opened(), opened());
    view! {
        <section class="net-sec" aria-label="Registries">
            <div class="net-head">
                <Glyph icon=Icon::Layers class="i dim"/>
                <h2 class="strong grow">"Registries"</h2>
                <Opens add="Add repository" open=repository/>
            </div>
            <p class="t12 dim">
                "What a definition names is presumed to be there, with every tag and for every processor. A repository that you make holds what you push to it and nothing else."
            </p>
            <Show when=move || repository.get()><RepositoryForm open=repository/></Show>
            <PresumeSwitch label="Presume images that nobody pushed" what=What::Images/>
            <List cards kinds=&[StoreKind::Repository] empty="No definition is registered yet, so no repository is named."/>
        </section>
        <section class="net-sec" aria-label="Secrets and settings">
            <div class="net-head">
                <Glyph icon=Icon::Shield class="i dim"/>
                <h2 class="strong grow">"Secrets and settings"</h2>
            </div>
            <p class="t12 dim">"What tasks read before they start: secrets, parameters, files of variables, and the log groups that they write to."</p>
            <div class="net-acts">
                <Opens add="Secret" open=secret about="Add secret"/>
                <Opens add="Parameter" open=parameter about="Add parameter"/>
                <Opens add="Bucket" open=bucket about="Add bucket"/>
                <Opens add="File" open=file about="Add file"/>
                <Opens add="Log group" open=group about="Add log group"/>
            </div>
            <Show when=move || secret.get()><SecretForm open=secret/></Show>
            <Show when=move || parameter.get()><ParameterForm open=parameter/></Show>
            <Show when=move || bucket.get()><BucketForm open=bucket/></Show>
            <Show when=move || file.get()><FileForm open=file/></Show>
            <Show when=move || group.get()><LogGroupForm open=group/></Show>
            <PresumeSwitch label="Presume secrets and parameters that nobody made" what=What::Secrets/>
            <PresumeSwitch label="Presume files that nobody put" what=What::Files/>
            <List
                cards
                kinds=&[StoreKind::Secret, StoreKind::Parameter, StoreKind::Bucket, StoreKind::LogGroup]
                empty="No definition names any."
            />
        </section>
    }
}

#[component]
fn List(
    /// The cards.
    cards: Cards,
    /// Those that are listed.
    kinds: &'static [StoreKind],
    /// What is said where there are none.
    empty: &'static str,
) -> AnyView {
    let keys = Memo::new(move |_| {
        cards.with(|cards| {
            let mine = cards.iter().filter(|card| kinds.contains(&card.kind));
            mine.map(|card| (card.kind, card.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <ul class="net-list">
            <For each=move || keys.get() key=|key| format!("{} {}", key.0.word(), key.1) let:key>
                <StoreRow cards kind=key.0 name=key.1/>
            </For>
        </ul>
        <Show when=move || keys.with(Vec::is_empty)><p class="t12 dim">{empty}</p></Show>
    }
}

/// What may be presumed.
#[derive(Clone, Copy)]
pub enum What {
    /// Images.
    Images,
    /// Secrets and parameters.
    Secrets,
    /// Files.
    Files,
}

/// A switch: whether what nobody made is there.
#[component]
fn PresumeSwitch(
    /// What it says.
    label: &'static str,
    /// What is presumed.
    what: What,
) -> AnyView {
    let commands = commands();
    let moment = moment();
    let on = Memo::new(move |_| {
        moment.get();
        let presumed = commands.ask_session(Session::presumed);
        match what {
            What::Images => presumed.images,
            What::Secrets => presumed.secrets,
            What::Files => presumed.files,
        }
    });
    let set = move |on: bool| {
        let mut call = SetPresumed::default();
        match what {
            What::Images => call.images = Some(on),
            What::Secrets => call.secrets = Some(on),
            What::Files => call.files = Some(on),
        }
        commands.send(crate::commands::Command::Call(call.into()));
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change=move |event| set(event_target_checked(&event))
            />
            <span class="grow">{label}</span>
        </label>
    }
}
