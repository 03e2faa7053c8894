//! What a drawn subnet still asks: its size, its block, its name.

use super::super::stage::stage;
use super::ask::AskForm;
use super::drawing;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::{Memo, Signal};
use crate::words::thousands;
use fargate_session::tools::{Ground, Hand, PREFIXES, SubnetHand};
use leptos::prelude::*;

/// The addresses of a block of a length that can be given: all but the five that AWS keeps.
fn free(prefix: u8) -> u64 {
    (1_u64 << (32 - u32::from(prefix))) - 5
}

/// '/26, 59 addresses'.
pub(super) fn size_words(prefix: u8) -> String {
    format!("/{prefix}, {} addresses", thousands(free(prefix)))
}

/// The popover.
#[component]
pub fn AskSubnet() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let ask = move |what: fn(&SubnetHand, Ground<'_>) -> String| {
        drawing
            .ask(stage, |hand, ground| match hand {
                Hand::Subnet(hand) => what(hand, ground),
                _ => String::new(),
            })
            .unwrap_or_default()
    };
    let change = move |change: Box<dyn FnOnce(&mut SubnetHand)>| {
        drawing.change(|hand| {
            if let Hand::Subnet(hand) = hand {
                change(hand);
            }
        });
    };
    let block = Memo::new(move |_| ask(SubnetHand::block));
    let name = Memo::new(move |_| ask(SubnetHand::called));
    let prefix = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Subnet(hand)) => hand.prefix,
            _ => 0,
        })
    });
    let problem = Memo::new(move |_| {
        let found = drawing.ask(stage, |hand, ground| match hand {
            Hand::Subnet(hand) => hand.problem(ground),
            _ => None,
        });
        found.flatten()
    });
    let title = Signal::derive(move || {
        let zones = stage.cards().zones.get();
        let zone = drawing.hand.with(|hand| match hand {
            Some(Hand::Subnet(hand)) => hand.zone.and_then(|zone| zones.get(zone).cloned()),
            _ => None,
        });
        format!("Subnet in {}", zone.as_deref().unwrap_or("no zone"))
    });
    let resize = move |event| {
        let prefix = event_target_value(&event).parse();
        drawing.tell(stage, |hand, ground| {
            if let (Hand::Subnet(hand), Ok(prefix)) = (hand, prefix) {
                hand.resize(ground, prefix);
            }
            fargate_session::tools::Turn::Drawn(None)
        });
    };
    let sizes = move || {
        let now = prefix.get();
        let options = PREFIXES.rev().map(|prefix| {
            view! {
                <option value=prefix.to_string() selected=prefix == now>
                    {size_words(prefix)}
                </option>
            }
        });
        options.collect_view()
    };
    let plan = Callback::new(move |()| {
        let plan = untrack(|| {
            drawing.ask(stage, |hand, ground| match hand {
                Hand::Subnet(hand) => hand.plan(ground).ok(),
                _ => None,
            })
        });
        plan.flatten()
    });
    let note = move || {
        problem.get().map(|problem| {
            let cure = problem.cure.clone();
            view! {
                <div class="note err">
                    <Glyph icon=Icon::Error class="i-14 err-c"/>
                    <div class="grow">
                        <p>{problem.words.clone()}</p>
                        {cure.map(|cure| {
                            let words = format!("Use {cure}");
                            view! {
                                <button
                                    type="button"
                                    class="btn sm line"
                                    on:click=move |_| {
                                        let cure = cure.clone();
                                        change(Box::new(move |hand| hand.typed = Some(cure)));
                                        crate::browser::focus("draw-subnet-block");
                                    }
                                >
                                    {words}
                                </button>
                            }
                        })}
                    </div>
                </div>
            }
        })
    };
    view! {
        <AskForm title button=Signal::derive(|| "Create subnet".to_owned()) plan>
            <label class="field-label">
                "Addresses"
                <input
                    class="field mono"
                    id="draw-subnet-block"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby="draw-subnet-problem"
                    prop:value=block
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        change(Box::new(move |hand| hand.typed = Some(typed)));
                    }
                />
            </label>
            <div id="draw-subnet-problem" role="alert">{live(note)}</div>
            <label class="field-label">
                "Size"
                <select class="field" prop:value=move || prefix.get().to_string() on:change=resize>{sizes}</select>
            </label>
            <label class="field-label">
                "Name"
                <input
                    class="field"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=name
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        change(Box::new(move |hand| hand.name = Some(typed)));
                    }
                />
            </label>
        </AskForm>
    }
}
