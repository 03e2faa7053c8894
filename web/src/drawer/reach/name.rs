//! The name of a class of interfaces: one leads to its thing, several open to their names.

use super::phrase::MOST;
use crate::commands::commands;
use crate::drawer::moments::select;
use crate::markup::{IntoChild, view};
use crate::words::count;
use fargate_core::ids::NetworkInterfaceId;
use fargate_session::reach::MatrixClass;
use leptos::prelude::*;

/// A button that selects what an interface belongs to.
#[component]
pub fn InterfaceName(
    /// The interface.
    id: NetworkInterfaceId,
    /// What it is called.
    name: String,
) -> AnyView {
    let commands = commands();
    let title = id.to_string();
    view! { <button type="button" class="reach-name" title=title on:click=move |_| select(commands, &id)>{name}</button> }
}

/// The name of a class.
#[component]
pub fn ClassName(
    /// The class.
    class: MatrixClass,
) -> AnyView {
    let MatrixClass { title, members, .. } = class;
    match members.as_slice() {
        [(id, name)] => view! { <InterfaceName id=id.clone() name=name.clone()/> },
        members => {
            let left_out = members.len().saturating_sub(MOST);
            let more = (left_out > 0)
                .then(|| view! { <li class="dim">{format!("{} more", count(left_out, "interface"))}</li> });
            let names = members.iter().take(MOST).map(|(id, name)| {
                view! { <li><InterfaceName id=id.clone() name=name.clone()/></li> }
            });
            view! {
                <details class="reach-class">
                    <summary>{title}</summary>
                    <ul>{names.collect_view()}{more}</ul>
                </details>
            }
        }
    }
    .into_child()
}
