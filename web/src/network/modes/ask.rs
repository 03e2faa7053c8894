//! A question of one's own: from a container to an address, a name or localhost.

use super::matrix::verdict;
use super::modes;
use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_session::modes::{Ask, ModesCard};
use leptos::prelude::*;

/// The value of something else in the VPC among those that ask.
const VPC: &str = "vpc";

/// The question and its answer, which follows what is typed.
#[component]
pub fn AskSection(
    /// The sheet's card.
    card: Memo<ModesCard>,
) -> AnyView {
    let modes = modes();
    let from = move || modes.ask.with(|ask| ask.from.clone());
    let options = live(move || {
        let containers = card.with(|card| {
            let names = card.containers.iter().map(|it| it.name.clone());
            names.collect::<Vec<String>>()
        });
        let now = from();
        let known = now == VPC || containers.contains(&now);
        let gone = (!known).then(|| now.clone());
        let own = containers.into_iter().chain(gone).map(|name| {
            let selected = name == now;
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
        });
        let own: Vec<AnyView> = own.collect();
        view! {
            {own}
            <option value=VPC selected=now == VPC>"Something else in the VPC"</option>
        }
    });
    let change = move |field: fn(&mut Ask) -> &mut String| {
        move |event| {
            let typed = event_target_value(&event);
            modes.ask.update(|ask| *field(ask) = typed);
        }
    };
    let answer = live(move || {
        let ask = modes.ask.get();
        let (seed, day) = modes.setting();
        if ask.to.trim().is_empty() && ask.port.trim().is_empty() {
            return view! { <p class="t12 dim">"Ask, and the part that decides answers."</p> };
        }
        let answer = modes.sheet.with(|sheet| sheet.ask(&ask, seed, day));
        match answer {
            Ok(cell) => {
                let from = if ask.from == VPC {
                    "Something else in the VPC"
                } else {
                    &ask.from
                };
                let title = format!("{from} to {}, port {}", ask.to.trim(), ask.port.trim());
                verdict(&title, &cell)
            }
            Err(words) => view! { <p class="t12 err-t">{words}</p> },
        }
    });
    view! {
        <section class="net-row" aria-labelledby="modes-ask">
            <h3 class="med" id="modes-ask">"Ask"</h3>
            <label class="field-label">
                "From"
                <select class="field" prop:value=from on:change=change(|ask| &mut ask.from)>{options}</select>
            </label>
            <div class="fields two">
                <label class="field-label">
                    "To"
                    <input class="field mono" type="text" spellcheck="false" autocomplete="off" placeholder="localhost, shop/db, instance, internet"
                        prop:value=move || modes.ask.with(|ask| ask.to.clone()) on:input=change(|ask| &mut ask.to)/>
                </label>
                <label class="field-label">
                    "Port"
                    <input class="field mono" type="text" inputmode="numeric" autocomplete="off"
                        prop:value=move || modes.ask.with(|ask| ask.port.clone()) on:input=change(|ask| &mut ask.port)/>
                </label>
            </div>
            <p class="t12 dim">"An address, localhost, instance, internet, a task's interface as shop, a container's address as shop/db, or the name of a link."</p>
            <div role="status">{answer}</div>
        </section>
    }
}
