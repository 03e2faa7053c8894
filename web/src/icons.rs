//! The icons: one sprite, drawn by reference. The canvas draws them with `<use href=icon.href()>` too.

use crate::markup::view;
use crate::signals::Signal;
use fargate_core::task::TaskState;
use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident $href:literal)*) => {
        /// A picture of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {$(
            $(#[$doc])*
            $name,
        )*}

        impl Icon {
            /// Where the sprite has it, for `<use href=…>`.
            pub const fn href(self) -> &'static str {
                match self {$(Self::$name => $href,)*}
            }
        }
    };
}

icons! {
    /// Leads to.
    Arrow "#i-arrow"
    /// Kill.
    Bolt "#i-bolt"
    /// Lessons.
    Book "#i-book"
    /// Hint.
    Bulb "#i-bulb"
    /// Done.
    Check "#i-check"
    /// Opens downwards.
    ChevronDown "#i-chev"
    /// Leads back.
    ChevronLeft "#i-chevl"
    /// Leads on.
    ChevronRight "#i-chevr"
    /// Time.
    Clock "#i-clock"
    /// Cost.
    Coin "#i-coin"
    /// Copy.
    Copy "#i-copy"
    /// CPU.
    Cpu "#i-cpu"
    /// Select.
    Cursor "#i-cursor"
    /// Database.
    Database "#i-db"
    /// Down.
    Down "#i-down"
    /// Edit.
    Edit "#i-edit"
    /// Code.
    Embed "#i-embed"
    /// Failed: octagon.
    Error "#i-err"
    /// Look.
    Eye "#i-eye"
    /// Load balancer.
    LoadBalancer "#i-fan"
    /// Fit.
    Fit "#i-fit"
    /// Goal.
    Flag "#i-flag"
    /// Internet gateway.
    Gateway "#i-gate"
    /// Public, the Internet.
    Globe "#i-globe"
    /// Drag.
    Grip "#i-grip"
    /// Pan.
    Hand "#i-hand"
    /// Bring in.
    Import "#i-import"
    /// Information: disc.
    Info "#i-info"
    /// Layers.
    Layers "#i-layers"
    /// Legend.
    Legend "#i-legend"
    /// List.
    List "#i-list"
    /// Private.
    Lock "#i-lock"
    /// The mark.
    Logo "#i-logo"
    /// Memory.
    Memory "#i-mem"
    /// Less.
    Minus "#i-minus"
    /// Dark theme.
    Moon "#i-moon"
    /// More.
    More "#i-more"
    /// NAT.
    Nat "#i-nat"
    /// Network.
    Network "#i-net"
    /// Fine: disc.
    Ok "#i-ok"
    /// Request.
    Packet "#i-packet"
    /// Pause.
    Pause "#i-pause"
    /// Pin.
    Pin "#i-pin"
    /// Run.
    Play "#i-play"
    /// Network interface.
    Plug "#i-plug"
    /// Add.
    Plus "#i-plus"
    /// Redo.
    Redo "#i-redo"
    /// Reset.
    Restart "#i-restart"
    /// Route.
    Route "#i-route"
    /// Rule.
    Rule "#i-rule"
    /// Search.
    Search "#i-search"
    /// Send.
    Send "#i-send"
    /// Share.
    Share "#i-share"
    /// Security group.
    Shield "#i-shield"
    /// Activating.
    Activating "#i-st-act"
    /// Deactivating.
    Deactivating "#i-st-deact"
    /// Deprovisioning.
    Deprovisioning "#i-st-deprov"
    /// Pending.
    Pending "#i-st-pend"
    /// Provisioning.
    Provisioning "#i-st-prov"
    /// Running.
    Running "#i-st-run"
    /// Stopped.
    Stopped "#i-st-stop"
    /// Stopping.
    Stopping "#i-st-stopping"
    /// A state not entered yet.
    Ahead "#i-st-todo"
    /// Step on.
    Step "#i-step"
    /// Step back.
    StepBack "#i-stepback"
    /// Subnet.
    Subnet "#i-subnet"
    /// Light theme.
    Sun "#i-sun"
    /// Task.
    Task "#i-task"
    /// Terminal.
    Terminal "#i-term"
    /// Undo.
    Undo "#i-undo"
    /// Person.
    User "#i-user"
    /// Trouble: triangle.
    Warn "#i-warn"
    /// Fix.
    Wrench "#i-wrench"
    /// Close.
    Close "#i-x"
}

impl From<TaskState> for Icon {
    /// The icon of a state of a task that did not fail; failure is an octagon, [`Icon::Error`].
    fn from(state: TaskState) -> Self {
        match state {
            TaskState::Provisioning => Self::Provisioning,
            TaskState::Pending => Self::Pending,
            TaskState::Activating => Self::Activating,
            TaskState::Running => Self::Running,
            TaskState::Deactivating => Self::Deactivating,
            TaskState::Stopping => Self::Stopping,
            TaskState::Deprovisioning => Self::Deprovisioning,
            TaskState::Stopped => Self::Stopped,
        }
    }
}

/// The sprite itself; once a page.
#[component]
pub fn Sprite() -> AnyView {
    view! { <div inner_html=include_str!("icons.svg")></div> }
}

/// The chevron of what folds.
pub fn chevron(open: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Icon> {
    Signal::derive(move || {
        if open() {
            Icon::ChevronDown
        } else {
            Icon::ChevronRight
        }
    })
}

/// An icon of 16 by 16 pixels, silent for screen readers: the control's own words speak.
#[component]
pub fn Glyph(
    /// Which one; it may change.
    #[prop(into)]
    icon: Signal<Icon>,
    /// `i` (16 pixels), `i-14` or `i-12`, and colours such as `ok-c`.
    #[prop(into, default = "i".into())]
    class: Signal<&'static str>,
) -> AnyView {
    view! {
        <svg class=move || class.get() aria-hidden="true" focusable="false">
            <use href=move || icon.get().href()></use>
        </svg>
    }
}
