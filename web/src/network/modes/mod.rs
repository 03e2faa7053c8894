//! Network modes: containers in every mode on an instance or on Fargate, who reaches whom, and why. A dialog with a sheet of its own,
//! which stays as it was left and is no part of the scenario.

pub mod ask;
mod fields;
pub mod instance;
pub mod matrix;
pub mod placed;
pub mod tasks;

use crate::announcer::announcer;
use crate::commands::{Commands, commands};
use crate::markup::{live, view};
use crate::signals::{Memo, RwSignal};
use crate::ui::{Dialog, ui};
use ask::AskSection;
use fargate_core::network::modes::NetworkMode;
use fargate_core::units::Date;
use fargate_session::Session;
use fargate_session::modes::{Ask, Case, ModesCard, Place, Sheet, Trouble, cases};
use instance::InstanceFields;
use leptos::prelude::*;
use matrix::Matrix;
use placed::Placed;
use tasks::TaskFields;

/// The sheet and what is asked of it, from context.
#[derive(Clone, Copy)]
pub struct Modes {
    commands: Commands,
    /// What is to be placed.
    sheet: RwSignal<Sheet>,
    /// What is asked.
    ask: RwSignal<Ask>,
    /// The number of the case that it began with; nothing where none was chosen.
    case: RwSignal<&'static str>,
    /// The cell of the table that is explained: its row and column.
    picked: RwSignal<Option<(usize, usize)>>,
}

/// The sheet and what is asked of it, from context.
fn modes() -> Modes {
    expect_context()
}

impl Modes {
    /// The page's panels make one of these.
    pub(crate) fn new() -> Self {
        let modes = Self {
            commands: commands(),
            sheet: RwSignal::new(Sheet::default()),
            ask: RwSignal::new(Ask::default()),
            case: RwSignal::new(""),
            picked: RwSignal::new(None),
        };
        modes.sheet.update(|sheet| {
            sheet.add_task(NetworkMode::Bridge);
            sheet.add_task(NetworkMode::Awsvpc);
        });
        modes.ask.set(Ask {
            from: "task-1/web".to_owned(),
            to: "localhost".to_owned(),
            port: "80".to_owned(),
        });
        modes
    }

    /// The seed that draws host ports, and the day whose rules hold.
    fn setting(self) -> (u64, Date) {
        self.commands.ask_session(|session: &Session| {
            let scenario = session.scenario();
            (scenario.seed, scenario.as_of)
        })
    }

    fn card(self) -> Memo<ModesCard> {
        Memo::new(move |_| {
            let (seed, day) = self.setting();
            self.sheet.with(|sheet| sheet.card(seed, day))
        })
    }

    fn begin_with(self, case: Case) {
        self.picked.set(None);
        self.ask.set(case.ask.unwrap_or_default());
        self.sheet.set(case.sheet);
        self.case.set(case.number);
    }
}

/// What is wrong at a place, for those who see it and for those who hear its field; nothing where all is well.
fn trouble(card: Memo<ModesCard>, at: Place) -> AnyView {
    let found = Memo::new(move |_| {
        card.with(|card| {
            let troubles = card.troubles.iter().filter(|it| it.at == at);
            troubles.cloned().collect::<Vec<Trouble>>()
        })
    });
    live(move || {
        let lines = found.get().into_iter().map(|it| {
            view! { <p class="t12 err-t" id=trouble_id(at)>{it.words}" "<span class="t2">{it.cure}</span></p> }
        });
        lines.collect_view()
    })
}

/// The id of what is said of a place.
fn trouble_id(at: Place) -> String {
    match at {
        Place::Type => "modes-type".to_owned(),
        Place::Loopback => "modes-loopback".to_owned(),
        Place::Ports(task, container) => format!("modes-ports-{task}-{container}"),
        Place::Listens(task, container) => format!("modes-listens-{task}-{container}"),
        Place::Task(task) => format!("modes-task-{task}"),
    }
}

/// The dialog's content.
#[component]
pub fn ModesSheet() -> AnyView {
    let (modes, announcer) = (modes(), announcer());
    let card = modes.card();
    let options = cases().into_iter().map(|case| {
        let number = case.number;
        let words = format!("{number}. {}", case.title);
        view! { <option value=number prop:selected=move || modes.case.get() == number>{words}</option> }
    });
    let options = options.collect_view();
    let choose = move |event| {
        let number = event_target_value(&event);
        let case = cases().into_iter().find(|case| case.number == number);
        if let Some(case) = case {
            announcer.say(case.title);
            modes.begin_with(case);
        }
    };
    view! {
        <div class="modes">
            <p class="t12 t2">"Put tasks on an instance and see who reaches whom. Nothing of it changes your scenario. Where groups and routes of the VPC decide, the answer names the interfaces between which they do."</p>
            <label class="field-label">
                "Begin with a case"
                <select class="field" on:change=choose>
                    <option value="" prop:selected=move || modes.case.get().is_empty()>"None"</option>
                    {options}
                </select>
            </label>
            <div class="modes-halves">
                <div class="modes-half">
                    <InstanceFields card/>
                    <TaskFields card/>
                </div>
                <div class="modes-half">
                    <Placed card/>
                    <AskSection card/>
                </div>
            </div>
            <Matrix card/>
        </div>
    }
}

/// The button of the network panel that opens the dialog.
#[component]
pub fn ModesButton() -> AnyView {
    let ui = ui();
    view! {
        <section class="net-sec" aria-label="Network modes">
            <button type="button" class="btn sm line net-modes" on:click=move |_| ui.dialog.set(Some(Dialog::Modes))>
                "Network modes: none, bridge, host, awsvpc"
            </button>
        </section>
    }
}
