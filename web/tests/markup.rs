//! Pieces of page in a real browser: what `view!` makes, and what stays when something changes.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_web::markup::{For, Show, view};
use fargate_web::signals::RwSignal;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Where `view!` looks for what it calls.
mod markup {
    pub(crate) use fargate_web::markup::*;
}

wasm_bindgen_test_configure!(run_in_browser);

/// A place in the page, and what is shown there without the comments that keep living children's places.
struct Place(HtmlElement);

impl Place {
    fn showing(view: impl FnOnce() -> AnyView + 'static) -> (Self, impl Drop) {
        let place = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&place).unwrap();
        let place: HtmlElement = place.unchecked_into();
        let handle = mount_to(place.clone(), view);
        (Self(place), handle)
    }

    fn html(&self) -> String {
        self.0
            .inner_html()
            .replace("<!---->", "")
            .replace("<!---->", "")
    }

    fn find(&self, selector: &str) -> Element {
        self.0.query_selector(selector).unwrap().expect(selector)
    }
}

#[wasm_bindgen_test]
async fn a_piece_is_made_as_it_is_written() {
    let (number, nothing) = (3, None::<&'static str>);
    let (place, _page) = Place::showing(move || {
        view! {
            <section class="a" title="&<\"" hidden=false>
                "x < y & z" {number} " and " {format!("{number}!")}
                <input type="checkbox" disabled/>
                {[1_u32, 2].map(|n| view! { <i>{n}</i> })}
                <b data-n=number aria-label=Some("words") lang=nothing></b>
                {(number > 5).then(|| view! { <u></u> })}
            </section>
            <p>"after"</p>
        }
    });
    assert_eq!(
        place.html(),
        "<section class=\"a\" title=\"&amp;&lt;&quot;\">x &lt; y &amp; z3 and 3!<input type=\"checkbox\" disabled=\"\">\
         <i>1</i><i>2</i><b data-n=\"3\" aria-label=\"words\"></b></section><p>after</p>"
    );
}

#[wasm_bindgen_test]
async fn what_lives_changes_where_it_is() {
    let (word, on) = (RwSignal::new("one".to_owned()), RwSignal::new(false));
    let (place, _page) = Place::showing(move || {
        view! {
            <p class="still" class:on=move || on.get() title=word>
                {move || word.get()}
                <input prop:value=move || word.get() prop:checked=on/>
            </p>
        }
    });
    let (paragraph, input) = (place.find("p"), place.find("input"));
    assert_eq!(paragraph.get_attribute("class").unwrap(), "still");
    word.set("two".to_owned());
    on.set(true);
    tick().await;
    assert_eq!(paragraph.get_attribute("class").unwrap(), "still on");
    assert_eq!(paragraph.get_attribute("title").unwrap(), "two");
    assert_eq!(paragraph.text_content().unwrap(), "two");
    let input: HtmlInputElement = input.unchecked_into();
    assert_eq!(input.value(), "two");
    assert!(input.checked());
    assert!(place.find("p").is_same_node(Some(&paragraph)));
}

#[wasm_bindgen_test]
async fn the_same_piece_stays_and_keeps_the_focus_and_another_takes_its_place() {
    let number = RwSignal::new(1_u32);
    let pressed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&pressed);
    let (place, _page) = Place::showing(move || {
        view! {
            <div>
                {move || {
                    let (now, count) = (number.get(), Arc::clone(&count));
                    if now > 8 {
                        return view! { <p>"many"</p> };
                    }
                    view! {
                        <button on:click=move |_| { count.fetch_add(now as usize, Ordering::Relaxed); }>{now}</button>
                    }
                }}
            </div>
        }
    });
    let button: HtmlElement = place.find("button").unchecked_into();
    button.focus().unwrap();
    number.set(5);
    tick().await;
    assert!(
        document()
            .active_element()
            .unwrap()
            .is_same_node(Some(&button))
    );
    button.click();
    assert_eq!(
        pressed.load(Ordering::Relaxed),
        5,
        "the newest handler answers, and only that"
    );
    number.set(9);
    tick().await;
    assert_eq!(place.html(), "<div><p>many</p></div>");
    number.set(2);
    tick().await;
    assert_eq!(place.html(), "<div><button>2</button></div>");
}

#[wasm_bindgen_test]
async fn rows_that_stay_are_the_same_and_those_that_go_end() {
    let (order, word) = (RwSignal::new(vec![1_u32, 2, 3]), RwSignal::new("a"));
    let read = Arc::new(AtomicUsize::new(0));
    let reads = Arc::clone(&read);
    let row = move |n: u32| {
        let reads = Arc::clone(&reads);
        view! {
            <li>
                {n}
                {move || {
                    reads.fetch_add(1, Ordering::Relaxed);
                    word.get()
                }}
            </li>
        }
    };
    let (place, _page) = Place::showing(
        move || view! { <ul><For each=move || order.get() key=|n| *n children=row.clone()/></ul> },
    );
    let second = place.find("li:nth-child(2)");
    order.set(vec![4, 2]);
    tick().await;
    assert_eq!(place.html(), "<ul><li>4a</li><li>2a</li></ul>");
    assert!(place.find("li:nth-child(2)").is_same_node(Some(&second)));
    let before = read.load(Ordering::Relaxed);
    word.set("b");
    tick().await;
    assert_eq!(place.html(), "<ul><li>4b</li><li>2b</li></ul>");
    assert_eq!(
        read.load(Ordering::Relaxed) - before,
        2,
        "rows that went read nothing"
    );
}

#[wasm_bindgen_test]
async fn parts_of_a_picture_are_of_svg_and_conditions_show_and_hide() {
    let on = RwSignal::new(true);
    let (place, _page) = Place::showing(move || {
        view! {
            <svg viewBox="0 0 9 9">
                <Show when=move || on.get() fallback=|| view! { <rect width="1"></rect> }>
                    <g><path d="M0 0"></path></g>
                </Show>
            </svg>
        }
    });
    assert_eq!(
        place.find("path").namespace_uri().unwrap(),
        "http://www.w3.org/2000/svg"
    );
    on.set(false);
    tick().await;
    assert_eq!(
        place.html(),
        "<svg viewBox=\"0 0 9 9\"><rect width=\"1\"></rect></svg>"
    );
    assert_eq!(
        place.find("rect").namespace_uri().unwrap(),
        "http://www.w3.org/2000/svg"
    );
}
