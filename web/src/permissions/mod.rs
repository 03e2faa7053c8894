//! Permissions, a tab of the left panel: whether they are enforced, who makes the calls, the account's limits, users, roles and their
//! policies, and the questions that people ask of them.

mod decision;
mod draft;
pub mod editor;
mod fields;
pub mod limits;
pub mod principals;
pub mod questions;

use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::projector::projected;
use crate::signals::Memo;
use crate::ui::{LeftTab, ui};
use draft::make_draft;
use editor::Editor;
use fargate_core::call::{ActAs, EnforcePermissions};
use fargate_core::world::AccountLimits;
use fargate_session::permissions::{PermissionsCard, permissions};
use fields::switch;
use leptos::prelude::*;
use limits::Limits;
use principals::Principals;
use questions::Questions;

/// What IAM holds, kept up to date while the tab is open.
#[derive(Clone, Copy)]
pub struct Shown {
    /// All of it.
    pub(crate) card: Memo<PermissionsCard>,
    /// What the account may do at once.
    limits: Memo<Option<AccountLimits>>,
}

impl Shown {
    fn new() -> Self {
        let (commands, ui, shown) = (commands(), ui(), projected());
        let moment = Memo::new(move |_| {
            let clock = shown.clock.get();
            (shown.event_count.get(), clock.past.then_some(clock.now))
        });
        let open = Memo::new(move |_| ui.left_tab.get() == LeftTab::Permissions);
        let card = Memo::new(move |before: Option<&PermissionsCard>| {
            if let Some(before) = before.filter(|_| !open.get()) {
                return before.clone();
            }
            moment.get();
            commands.ask_session(|session| permissions(session.world()))
        });
        let limits = Memo::new(move |before: Option<&Option<AccountLimits>>| {
            if let Some(before) = before.filter(|_| !open.get()) {
                return *before;
            }
            moment.get();
            Some(commands.ask_session(|session| session.world().account_limits()))
        });
        Self { card, limits }
    }
}

/// Who may do what, a tab of the left panel.
#[component]
pub fn PermissionsPanel() -> AnyView {
    let shown = Shown::new();
    let draft = make_draft(shown.card);
    view! {
        <div class="net">
            <Enforcement shown/>
            <Show when=move || draft.open.get()>
                <Editor draft/>
            </Show>
            <Limits limits=shown.limits/>
            <Principals shown draft/>
            <Questions shown draft/>
        </div>
    }
}

/// The switch, and who makes the calls.
#[component]
fn Enforcement(shown: Shown) -> AnyView {
    let commands = commands();
    let enforced = Memo::new(move |_| shown.card.with(|card| card.enforced));
    let toggle = move || {
        let enforced = !untrack(move || enforced.get());
        commands.send(Command::Call(EnforcePermissions { enforced }.into()));
    };
    let caller = Memo::new(move |_| shown.card.with(|card| card.caller.clone()));
    let callers = Memo::new(move |_| shown.card.with(|card| card.callers.clone()));
    let options = live(move || {
        let option = |(arn, name): (String, String)| {
            let value = arn.clone();
            view! { <option value=value prop:selected=move || caller.with(|it| *it == arn)>{name}</option> }
        };
        callers.get().into_iter().map(option).collect_view()
    });
    let choose = move |event| {
        let arn = event_target_value(&event);
        let act = ActAs {
            principal_arn: Some(arn),
        };
        commands.send(Command::Call(act.into()));
    };
    let words = move || {
        if enforced.get() {
            "Each call is asked for its caller's permission, and each start of a task for its execution role's."
        } else {
            "Off: everybody may do everything, as long as it is switched off. The questions below are answered all the same."
        }
    };
    view! {
        <section class="net-sec" aria-label="Permissions">
            <div class="net-head">
                <Glyph icon=Icon::Lock class="i dim"/>
                <h2 class="strong grow" id="permissions-switch">"Enforce permissions"</h2>
                {switch("permissions-switch", enforced, toggle)}
            </div>
            <p class="t12 t2">{words}</p>
            <label class="field-label">
                "Who makes the calls"
                <select class="field" on:change=choose>{options}</select>
            </label>
        </section>
    }
}
