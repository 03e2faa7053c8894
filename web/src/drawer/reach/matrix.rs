//! The matrix of classes on one port, as a table; on a phone, as a list.

use super::Known;
use super::name::{ClassName, InterfaceName};
use super::phrase::{MOST, names};
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, Show, list, live, view};
use crate::measure;
use crate::signals::{Memo, RwSignal};
use crate::words::count;
use fargate_core::network::ProtocolPort;
use fargate_session::reach::Matrix;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows and columns at most.
const WIDEST: usize = 40;
/// Names in a line of the list at most.
const IN_LINE: usize = 8;

/// A matrix and the place of the port that is shown.
#[derive(Clone)]
struct Sheet {
    matrix: Arc<Matrix>,
    port: usize,
}

/// A row or column: the Internet, or a class by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Internet,
    Class(usize),
}

impl Sheet {
    /// Whether one reaches the other; `None` where that is no question: one and itself.
    fn cell(&self, from: Place, to: Place) -> Option<bool> {
        match (from, to) {
            (Place::Internet, Place::Internet) => None,
            (Place::Internet, Place::Class(to)) => Some(self.matrix.is_exposed(self.port, to)),
            (Place::Class(from), Place::Internet) => Some(self.matrix.goes_out(self.port, from)),
            (Place::Class(from), Place::Class(to)) => {
                let alone = (self.matrix.classes.get(from)).is_some_and(|it| it.members.len() == 1);
                (from != to || !alone).then(|| self.matrix.cell(self.port, from, to))
            }
        }
    }

    /// The classes that are shown, and the Internet.
    fn places(&self) -> Vec<Place> {
        let classes = 0..self.matrix.classes.len().min(WIDEST);
        let mut places: Vec<Place> = classes.map(Place::Class).collect();
        places.push(Place::Internet);
        places
    }

    fn title(&self, place: Place) -> String {
        match place {
            Place::Internet => "the Internet".to_owned(),
            Place::Class(place) => {
                let class = self.matrix.classes.get(place);
                class.map_or_else(String::new, |class| class.title.clone())
            }
        }
    }
}

/// The matrix, and the choice of its port.
#[component]
pub fn MatrixSection(
    /// Who reaches whom.
    known: Memo<Known>,
) -> AnyView {
    let phone = measure::phone();
    let chosen = RwSignal::new(None::<ProtocolPort>);
    let ports = Memo::new(move |_| known.with(|known| known.matrix.ports.clone()));
    let port = Memo::new(move |_| {
        let chosen = chosen.get();
        ports.with(|ports| {
            ports
                .iter()
                .position(|port| Some(*port) == chosen)
                .unwrap_or_default()
        })
    });
    let options = move || {
        let options = ports.get().into_iter().enumerate();
        let option = |(place, on): (usize, ProtocolPort)| {
            view! { <option value=place.to_string() prop:selected=move || port.get() == place>{on.to_string()}</option> }
        };
        options.map(option).collect_view()
    };
    let choose = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        chosen.set(place.and_then(|place| ports.with_untracked(|ports| ports.get(place).copied())));
    };
    let is_empty = Memo::new(move |_| {
        known.with(|it| it.matrix.classes.is_empty() || it.matrix.ports.is_empty())
    });
    let body = live(move || {
        let sheet = Sheet {
            matrix: known.with(|known| known.matrix.clone()),
            port: port.get(),
        };
        match (is_empty.get(), phone.get()) {
            (true, _) => {
                let words = "Nobody yet. Run a task, or place a database or an instance.";
                view! { <p class="dim">{words}</p> }
            }
            (false, true) => as_list(&sheet),
            (false, false) => view! { <Table sheet/> },
        }
    });
    view! {
        <section class="reach-wide" aria-labelledby="reach-matrix">
            <div class="row">
                <h2 id="reach-matrix">"Who reaches whom"</h2>
                <Show when=move || !is_empty.get()>
                    <select class="btn sm line pick" aria-label="Protocol and port" on:change=choose>{options}</select>
                </Show>
            </div>
            {body}
        </section>
    }
}

#[component]
fn Table(sheet: Sheet) -> AnyView {
    let places = sheet.places();
    let heads = places
        .iter()
        .map(|place| view! { <th scope="col">{sheet.title(*place)}</th> });
    let heads = heads.collect_view();
    let rows = places.iter().map(|from| match from {
        Place::Internet => row(&sheet, *from, view! { <span>"the Internet"</span> }),
        Place::Class(class) => {
            let sheet = sheet.clone();
            view! { <ClassRows sheet class=*class/> }
        }
    });
    let on = sheet.matrix.ports.get(sheet.port);
    let on = on.map(ToString::to_string).unwrap_or_default();
    let left_out = sheet.matrix.classes.len().saturating_sub(WIDEST);
    let more = (left_out > 0).then(|| {
        let words = format!(
            "{} left out. The lists beside have what is exposed and what groups reach.",
            count(left_out, "row")
        );
        view! { <p class="dim">{words}</p> }
    });
    view! {
        <div>
            <div class="reach-table">
                <table>
                    <caption class="sr">{format!("Who reaches whom on {on}: rows reach columns")}</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="dim">"From, to"</th>
                            {heads}
                        </tr>
                    </thead>
                    {rows.collect_view()}
                </table>
            </div>
            {more}
        </div>
    }
}

/// The row of a class, and those of its interfaces once they are asked for.
#[component]
fn ClassRows(sheet: Sheet, class: usize) -> AnyView {
    let from = Place::Class(class);
    let members = sheet
        .matrix
        .classes
        .get(class)
        .map(|class| class.members.clone());
    let members = members.unwrap_or_default();
    if let [(id, name)] = members.as_slice() {
        let head = view! { <InterfaceName id=id.clone() name=name.clone()/> };
        return view! { <tbody>{cells(&sheet, from, head)}</tbody> };
    }
    let open = RwSignal::new(false);
    let head = view! {
        <button
            type="button"
            class="reach-name"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {sheet.title(from)}
        </button>
    };
    let own = cells(&sheet, from, head);
    let inner = live(move || {
        let shown = if open.get() { MOST } else { 0 };
        let rows = members.iter().take(shown).map(|(id, name)| {
            let name = view! { <InterfaceName id=id.clone() name=name.clone()/> };
            cells(
                &sheet,
                from,
                view! { <span class="reach-member">{name}</span> },
            )
        });
        let rows = rows.collect_view();
        let left_out = members.len().saturating_sub(shown);
        let more = (shown > 0 && left_out > 0).then(
            || view! { <tr><th scope="row" class="dim">{format!("{left_out} more")}</th></tr> },
        );
        list(vec![rows.into_child(), more.into_child()])
    });
    view! { <tbody>{own}{inner}</tbody> }
}

fn row(sheet: &Sheet, from: Place, head: AnyView) -> AnyView {
    view! { <tbody>{cells(sheet, from, head)}</tbody> }
}

/// A row's cells; what is not said by colour alone is said by a word.
fn cells(sheet: &Sheet, from: Place, head: AnyView) -> AnyView {
    let cell = |to: &Place| match sheet.cell(from, *to) {
        None => view! { <td class="dim"><span class="sr">"itself"</span></td> },
        Some(true) => {
            view! { <td><Glyph icon=Icon::Ok class="i-14 ok-c"/><span class="sr">"reaches"</span></td> }
        }
        Some(false) => {
            view! { <td class="dim"><span aria-hidden="true">"–"</span><span class="sr">"does not reach"</span></td> }
        }
    };
    let cells: Vec<AnyView> = sheet.places().iter().map(cell).collect();
    view! { <tr><th scope="row">{head}</th>{cells.collect_view()}</tr> }
}

/// Each with whom it reaches.
fn as_list(sheet: &Sheet) -> AnyView {
    let places = sheet.places();
    let items = places.iter().map(|from| {
        let reached = places
            .iter()
            .filter(|to| sheet.cell(*from, **to) == Some(true));
        let reached: Vec<String> = reached.map(|to| sheet.title(*to)).collect();
        let words = names(&reached, IN_LINE).map_or_else(
            || "reaches nobody".to_owned(),
            |names| format!("reaches {names}"),
        );
        let class = match from {
            Place::Internet => None,
            Place::Class(class) => sheet.matrix.classes.get(*class).cloned(),
        };
        let head = match class {
            Some(class) => view! { <ClassName class/> },
            None => view! { <span>"The Internet"</span> },
        };
        view! { <li>{head}<p class="t2">{words}</p></li> }
    });
    view! { <ul class="reach-list">{items.collect_view()}</ul> }
}
