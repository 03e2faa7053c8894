//! Commands: the one way in. Components get a [`Commands`] from context and never see the session.

use crate::account::Speed;
use crate::announcer::Announcer;
use crate::browser;
use crate::selection::{Selected, Selection};
use crate::signals::StoredValue;
use crate::simulation::Simulation;
use crate::storage::Keeper;
use crate::toast::Toasts;
use crate::ui::Ui;
use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::ids::VpcId;
use fargate_core::units::SimTime;
use fargate_session::scenarios::Template;
use fargate_session::view::TraceCard;
use fargate_session::{OpenError, Plan, Refused, Session};
use leptos::prelude::*;

/// Something that a person asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// One call.
    Call(Call),
    /// Several calls; the first refusal ends them.
    Calls(Vec<Call>),
    /// Let time run.
    Run,
    /// Let time stand still.
    Pause,
    /// One of the two, whichever it is not.
    Toggle,
    /// On to the next event.
    StepOn,
    /// Back to the event before.
    StepBack,
    /// How fast time runs.
    Speed(Speed),
    /// Take the last edit back.
    Undo,
    /// Do it again.
    Redo,
    /// Begin the scenario anew, as a new run; the others are kept.
    Reset,
    /// Show another run, by its place.
    ShowRun(usize),
    /// Show another moment; time stands still there.
    Seek(SimTime),
    /// Show the end of the run again.
    BackToLive,
    /// Select a thing, or nothing.
    Select(Option<Selection>),
}

/// The way in, from context.
#[derive(Clone, Copy)]
pub struct Commands {
    simulation: leptos::prelude::StoredValue<Simulation, LocalStorage>,
    scheduled: StoredValue<bool>,
    handles: Handles,
}

/// What commands touch beside the simulation.
#[derive(Clone, Copy)]
pub(crate) struct Handles {
    pub(crate) selected: Selected,
    pub(crate) announcer: Announcer,
    pub(crate) toasts: Toasts,
    pub(crate) keeper: Keeper,
    pub(crate) ui: Ui,
}

/// The way in, from context.
pub fn commands() -> Commands {
    expect_context()
}

impl Commands {
    /// The way into a session. The page makes one.
    pub(crate) fn new(simulation: Simulation, handles: Handles) -> Self {
        Self {
            simulation: leptos::prelude::StoredValue::new_local(simulation),
            scheduled: StoredValue::new(false),
            handles,
        }
    }

    /// Does what is asked. A refusal is shown with AWS's code and words.
    pub fn send(self, command: Command) {
        match command {
            Command::Call(call) => self.send_with(call, |_| ()),
            Command::Calls(calls) => {
                for call in calls {
                    if !matches!(self.call(call), Some(Ok(_))) {
                        break;
                    }
                }
            }
            Command::Run => self.with(|s| s.run(true)),
            Command::Pause => self.with(|s| s.run(false)),
            Command::Toggle => self.with(|s| s.run(!s.running())),
            Command::StepOn => self.with(|s| s.step(true)),
            Command::StepBack => self.with(|s| s.step(false)),
            Command::Speed(speed) => self.with(|s| s.set_speed(speed)),
            Command::Undo => self.said("Undone", Simulation::undo),
            Command::Redo => self.said("Redone", Simulation::redo),
            Command::Reset => {
                self.with(Simulation::reset);
                self.handles.keeper.changed(self);
                let words = "The scenario begins again. The runs so far are kept.";
                self.handles.announcer.say(words);
            }
            Command::ShowRun(run) => {
                self.with(|s| s.show_run(run));
                self.handles.keeper.changed(self);
            }
            Command::Seek(to) => self.with(|s| s.seek(to)),
            Command::BackToLive => self.with(Simulation::back_to_live),
            Command::Select(thing) => {
                self.handles.ui.selected(thing.as_ref());
                self.handles.selected.set(thing);
            }
        }
    }

    /// Sends a call and hands the answer on. A refusal is shown too.
    pub fn send_with(self, call: Call, then: impl FnOnce(Result<Reply, ApiError>)) {
        if let Some(answer) = self.call(call) {
            then(answer);
        }
    }

    /// Sends a call and hands the answer on; a refusal is the sender's to show.
    pub fn send_quietly(self, call: Call, then: impl FnOnce(Result<Reply, ApiError>)) {
        if let Some(answer) = self.ask(call) {
            then(answer);
        }
    }

    /// Does a plan: all of its calls or none. A refusal is the sender's to show.
    pub(crate) fn gesture(self, plan: &Plan) -> Option<Result<Vec<Reply>, Refused>> {
        let answer = self.simulation.try_update_value(|s| s.gesture(plan));
        self.wake();
        if let Some(Ok(_)) = answer {
            self.handles.keeper.changed(self);
        }
        answer
    }

    /// Shows a refusal that has no other place.
    pub(crate) fn refused(self, refusal: &ApiError, call: Option<Call>) {
        self.handles.toasts.refused(refusal, call);
    }

    /// The steps of a request.
    pub fn trace(self, flight: u64) -> Option<TraceCard> {
        self.simulation.with_value(|s| s.trace(flight))
    }

    /// Asks the session something that no card carries.
    pub(crate) fn ask_session<T>(self, question: impl FnOnce(&Session) -> T) -> T {
        self.simulation.with_value(|s| question(s.session()))
    }

    /// Shows another VPC of the account.
    pub(crate) fn show_vpc(self, vpc: VpcId) {
        self.with(|s| s.show_vpc(vpc));
    }

    /// Opens a document in the scenario's place.
    pub(crate) fn open(self, text: &str) -> Result<(), OpenError> {
        self.replace(Session::open(text)?);
        Ok(())
    }

    /// Puts an empty VPC in the scenario's place.
    pub(crate) fn empty_vpc(self) {
        self.replace(Session::empty_vpc(browser::today()));
        self.send(Command::Run);
    }

    /// Puts a template in the scenario's place.
    pub(crate) fn template(self, template: &Template) -> Result<(), OpenError> {
        self.replace(Session::template(template, browser::today())?);
        if template.runs {
            self.send(Command::Run);
        }
        Ok(())
    }

    /// Puts the shipped scenario in the scenario's place.
    pub(crate) fn shipped(self) {
        self.replace(Session::first_light(browser::today()));
        self.send(Command::Run);
    }

    /// From now on the rules judge what is registered.
    pub(crate) fn judge(self) {
        self.with(Simulation::judge);
    }

    /// Keeps the scenario as the person's own, changed or not.
    pub(crate) fn adopt(self) {
        self.handles.keeper.changed(self);
    }

    fn replace(self, session: Session) {
        self.with(|s| s.replace(session));
        self.send(Command::Select(None));
        self.handles.keeper.changed(self);
    }

    /// The document to keep.
    pub(crate) fn save(self) -> String {
        self.simulation.with_value(Simulation::save)
    }

    /// Shows what changed in the next animation frame, and goes on while time runs.
    pub(crate) fn wake(self) {
        if self.scheduled.try_get_value() != Some(false) {
            return;
        }
        self.scheduled.set_value(true);
        request_animation_frame(move || {
            self.scheduled.set_value(false);
            self.simulation
                .update_value(|s| s.frame(browser::watch, browser::reduced_motion()));
            if self.simulation.with_value(Simulation::running) {
                self.handles.keeper.moved();
                self.wake();
            }
        });
    }

    fn with(self, act: impl FnOnce(&mut Simulation)) {
        self.simulation.update_value(act);
        self.wake();
    }

    fn call(self, call: Call) -> Option<Result<Reply, ApiError>> {
        let answer = self.ask(call.clone());
        if let Some(Err(refusal)) = &answer {
            self.handles.toasts.refused(refusal, Some(call));
        }
        answer
    }

    fn ask(self, call: Call) -> Option<Result<Reply, ApiError>> {
        let answer = self.simulation.try_update_value(|s| s.call(call));
        self.wake();
        if let Some(Ok(_)) = answer {
            self.handles.keeper.changed(self);
        }
        answer
    }

    fn said(self, word: &str, act: impl FnOnce(&mut Simulation) -> Option<String>) {
        let what = self.simulation.try_update_value(act).flatten();
        self.wake();
        if let Some(what) = what {
            self.handles.announcer.say(format!("{word}: {what}."));
            self.handles.keeper.changed(self);
        }
    }
}
