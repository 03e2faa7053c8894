//! AWS's refusal of a call, shown where it was asked: code, message, and what to do.

use crate::drawer::why::WhyRefused;
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::Signal;
use fargate_core::call::Call;
use fargate_core::error::ApiError;
use fargate_session::Refused;
use leptos::html::Div;
use leptos::prelude::*;

/// AWS's answer to a call that it refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The call: `ec2:CreateSubnet`.
    pub action: &'static str,
    /// The call itself, where it was one and is known: why it was refused can then be asked.
    pub call: Option<Call>,
    /// AWS's code and message, and the cure.
    pub error: ApiError,
}

impl Refusal {
    /// The refusal of what never became a call.
    pub const fn new(action: &'static str, error: ApiError) -> Self {
        Self {
            action,
            call: None,
            error,
        }
    }

    /// The refusal of a call.
    pub fn of(call: Call, error: ApiError) -> Self {
        Self {
            action: call.action(),
            call: Some(call),
            error,
        }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self {
            action: refused.action,
            call: refused.call,
            error: refused.error,
        }
    }
}

/// A refusal where it was asked, or nothing. The assertive live region is inside, so it is spoken.
#[component]
pub fn RefusalNote(
    /// The refusal.
    #[prop(into)]
    refusal: Signal<Option<Refusal>>,
    /// Closes the note; without it, the next try does.
    #[prop(optional, into)]
    close: Option<Callback<()>>,
) -> AnyView {
    let place = NodeRef::<Div>::new();
    // A refusal at the end of a long form is brought into sight.
    Effect::new(move || {
        if refusal.with(Option::is_some)
            && let Some(place) = place.get()
        {
            request_animation_frame(move || place.scroll_into_view_with_bool(false));
        }
    });
    let note = move || {
        refusal.get().map(|refusal| {
            let Refusal {
                action,
                call,
                error,
            } = refusal;
            view! {
                <div class="note err">
                    <Glyph icon=Icon::Error class="i-14 err-c"/>
                    <div class="grow">
                        <p>
                            <b class="mono">{error.code}</b>
                            <span class="dim">" from "{action}</span>
                        </p>
                        <p class="note-words">{error.message}</p>
                        {(!error.cure.is_empty()).then(|| view! { <p class="t2">{error.cure.into_owned()}</p> })}
                        {call.map(|call| view! { <WhyRefused call/> })}
                    </div>
                    {close.map(|close| view! {
                        <button type="button" class="btn icon sm" aria-label="Close" on:click=move |_| close.run(())>
                            <Glyph icon=Icon::Close class="i-14"/>
                        </button>
                    })}
                </div>
            }
        })
    };
    view! { <div role="alert" node_ref=place>{note}</div> }
}
