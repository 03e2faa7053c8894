//! What a drawn group still asks: its name, what it is for, and what becomes of the tasks that run already.

use super::super::stage::stage;
use super::ask::AskForm;
use super::drawing;
use crate::markup::{live, view};
use crate::signals::{Memo, Signal};
use fargate_core::ids::SecurityGroupId;
use fargate_session::tools::{GroupHand, Hand};
use leptos::prelude::*;

/// The popover.
#[component]
pub fn AskGroup() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let field = move |which: fn(&GroupHand) -> String| {
        Memo::new(move |_| {
            drawing.hand.with(|hand| match hand {
                Some(Hand::Group(hand)) => which(hand),
                _ => String::new(),
            })
        })
    };
    let change = move |change: Box<dyn FnOnce(&mut GroupHand)>| {
        drawing.refusal.set(None);
        drawing.change(|hand| {
            if let Hand::Group(hand) = hand {
                change(hand);
            }
        });
    };
    let (name, purpose) = (field(|hand| hand.name.clone()), field(GroupHand::purpose));
    let takes = field(|hand| hand.takes().unwrap_or_default());
    let only = Memo::new(move |_| {
        drawing
            .hand
            .with(|hand| matches!(hand, Some(Hand::Group(hand)) if hand.only))
    });
    let count = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Group(hand)) => hand.picked.len(),
            _ => 0,
        })
    });
    let existing = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Group(hand)) => hand.existing.as_ref().map(ToString::to_string),
            _ => None,
        })
    });
    let groups = Memo::new(move |_| {
        let found = drawing.ask(stage, |hand, ground| match hand {
            Hand::Group(hand) => hand.choices(ground),
            _ => Vec::new(),
        });
        found.unwrap_or_default()
    });
    let title = Signal::derive(move || match count.get() {
        0 => "An empty security group".to_owned(),
        1 => "A security group for 1 interface".to_owned(),
        count => format!("A security group for {count} interfaces"),
    });
    let button = Signal::derive(move || match (count.get(), only.get()) {
        (1, _) if existing.with(Option::is_some) => "Run the task again with it".to_owned(),
        (count, _) if existing.with(Option::is_some) => {
            format!("Run {count} tasks again with it")
        }
        (0, _) | (_, true) => "Create group".to_owned(),
        (1, false) => "Create group, run the task again".to_owned(),
        (count, false) => format!("Create group, run {count} tasks again"),
    });
    let plan = Callback::new(move |()| {
        untrack(|| {
            let plan = drawing.ask(stage, |hand, ground| match hand {
                Hand::Group(hand) => Some(hand.plan(ground)),
                _ => None,
            });
            plan.flatten()
        })
    });
    let choice = move || {
        let choose = move |only: bool| move |_| change(Box::new(move |hand| hand.only = only));
        let new = existing.with(Option::is_none);
        let told = (!new).then(|| view! { <p class="t12 t2">{takes}</p> });
        let asked = (new && count.get() > 0).then(|| {
            view! {
                <fieldset class="ask-choice">
                    <legend class="sr">"The tasks that run already"</legend>
                    <p class="t12 t2">{takes}</p>
                    <label class="t12">
                        <input type="radio" name="draw-group" prop:checked=move || !only.get() on:change=choose(false)/>
                        "Stop and run again with the group"
                    </label>
                    <label class="t12">
                        <input type="radio" name="draw-group" prop:checked=only on:change=choose(true)/>
                        {move || if count.get() == 1 { "Leave it; new tasks can wear the group" } else { "Leave them; new tasks can wear the group" }}
                    </label>
                </fieldset>
            }
        });
        view! { {told}{asked} }
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        let group = (!value.is_empty()).then(|| SecurityGroupId::from(value.as_str()));
        change(Box::new(move |hand| hand.existing = group));
    };
    let which = move || {
        let groups = groups.get();
        (!groups.is_empty()).then(|| {
            let options = groups.into_iter().map(|(id, name)| {
                view! { <option value=id.to_string()>{name}</option> }
            });
            view! {
                <label class="field-label">
                    "Group"
                    <select class="field" prop:value=move || existing.get().unwrap_or_default() on:change=choose>
                        <option value="">"A new group"</option>
                        {options.collect_view()}
                    </select>
                </label>
            }
        })
    };
    let is_new = Memo::new(move |_| existing.with(Option::is_none));
    let fields = move || {
        is_new.get().then(|| {
            view! {
                <label class="field-label">
                    "Name"
                    <input
                        class="field"
                        id="draw-group-name"
                        type="text"
                        spellcheck="false"
                        autocomplete="off"
                        placeholder="jobs"
                        prop:value=name
                        on:input=move |event| {
                            let typed = event_target_value(&event);
                            change(Box::new(move |hand| hand.name = typed));
                        }
                    />
                </label>
                <label class="field-label">
                    "Description"
                    <input
                        class="field"
                        type="text"
                        autocomplete="off"
                        prop:value=purpose
                        on:input=move |event| {
                            let typed = event_target_value(&event);
                            change(Box::new(move |hand| hand.description = Some(typed)));
                        }
                    />
                </label>
            }
        })
    };
    view! {
        <AskForm title button plan first="draw-group-name">
            {live(which)}
            {live(fields)}
            {live(choice)}
        </AskForm>
    }
}
