//! What everyone on the Internet reaches, and what each security group reaches.

use super::Known;
use super::name::ClassName;
use super::phrase::{MOST, names, ports};
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::projector::projected;
use crate::signals::Memo;
use crate::words::count;
use fargate_core::network::ProtocolPort;
use fargate_session::reach::Matrix;
use leptos::prelude::*;

/// Names in a line at most.
const IN_LINE: usize = 8;

/// The places of the classes that the Internet reaches, each with the ports.
fn exposed(matrix: &Matrix) -> Vec<(usize, Vec<ProtocolPort>)> {
    let all = (0..matrix.classes.len()).map(|class| {
        let ports = matrix.ports.iter().enumerate();
        let ports = ports.filter(|(port, _)| matrix.is_exposed(*port, class));
        (class, ports.map(|(_, on)| *on).collect::<Vec<_>>())
    });
    all.filter(|(_, ports)| !ports.is_empty()).collect()
}

/// What everyone on the Internet reaches.
#[component]
pub fn ExposedSection(
    /// Who reaches whom.
    known: Memo<Known>,
) -> AnyView {
    let body = live(move || {
        let matrix = known.with(|known| known.matrix.clone());
        let all = exposed(&matrix);
        if all.is_empty() {
            let asked: Vec<String> = matrix.ports.iter().map(ToString::to_string).collect();
            let words = match names(&asked, IN_LINE) {
                Some(ports) => {
                    format!("Nothing. No request from the Internet is answered on {ports}.")
                }
                None => "Nothing. Nothing listens, and no rule names a port.".to_owned(),
            };
            return view! {
                <p class="reach-line">
                    <Glyph icon=Icon::Lock class="i-12 idle-c"/>
                    <span>{words}</span>
                </p>
            };
        }
        let left_out = all.len().saturating_sub(MOST);
        let more =
            (left_out > 0).then(|| view! { <li class="dim">{format!("{left_out} more")}</li> });
        let lines = all.into_iter().take(MOST).filter_map(|(class, on)| {
            let class = matrix.classes.get(class)?.clone();
            Some(view! {
                <li class="reach-line">
                    <Glyph icon=Icon::Globe class="i-12 warn-c"/>
                    <ClassName class/>
                    <span class="t2">"on " {ports(&on)}</span>
                </li>
            })
        });
        view! { <ul>{lines.collect_view()}{more}</ul> }
    });
    view! {
        <section aria-labelledby="reach-exposed">
            <h2 id="reach-exposed">"Exposed to the Internet"</h2>
            {body}
        </section>
    }
}

/// What each group reaches, on each port.
#[component]
pub fn GroupsSection(
    /// Who reaches whom.
    known: Memo<Known>,
) -> AnyView {
    let shown = projected();
    let body = live(move || {
        let matrix = known.with(|known| known.matrix.clone());
        let groups = shown.groups.all();
        let left_out = groups.len().saturating_sub(MOST);
        let more = (left_out > 0)
            .then(|| view! { <p class="dim">{format!("{} more", count(left_out, "group"))}</p> });
        let groups = groups.iter().take(MOST).map(|group| {
            let lines = matrix.ports.iter().enumerate().filter_map(|(port, on)| {
                let reached = matrix.reached_from(port, &group.id);
                let reached: Vec<String> = reached.into_iter().map(str::to_owned).collect();
                let words = names(&reached, IN_LINE)?;
                Some(view! { <li><span class="t2">{on.to_string()} ": "</span>{words}</li> })
            });
            let lines: Vec<AnyView> = lines.collect();
            let body = if lines.is_empty() {
                view! { <p class="dim">"Nothing in this network."</p> }
            } else {
                view! { <ul>{lines.collect_view()}</ul> }
            };
            view! {
                <div class="reach-group">
                    <h3><Glyph icon=Icon::Shield class="i-12 dim"/>{group.name.clone()}</h3>
                    {body}
                </div>
            }
        });
        view! { <div>{groups.collect_view()}{more}</div> }
    });
    view! {
        <section aria-labelledby="reach-groups">
            <h2 id="reach-groups">"Reachable from this group"</h2>
            {body}
        </section>
    }
}
