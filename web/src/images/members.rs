//! What can be said of an image: the members of the format, each explained.

use crate::markup::view;
use crate::words::thousands;
use fargate_core::workload::{MEMBERS, Member, Shape};
use leptos::prelude::*;

/// What a member may hold, in words.
fn holds(shape: Shape) -> String {
    let range = |low: u32, high: u32| {
        format!(
            "a whole number from {} to {}",
            thousands(low.into()),
            thousands(high.into())
        )
    };
    match shape {
        Shape::Number(low, high) => range(low, high),
        Shape::NumberOrNull(low, high) => format!("{}, or null", range(low, high)),
        Shape::Ports => "a list of ports".to_owned(),
        Shape::Text(_) => "a text".to_owned(),
        Shape::Address => "an IPv4 address".to_owned(),
        Shape::Choice(known) => format!("one of {}", known.join(", ")),
        Shape::Texts(_) => "a list of texts".to_owned(),
        Shape::Asks => "a list of actions on resources".to_owned(),
        Shape::List(_) => "a list of objects".to_owned(),
    }
}

/// Each member with what is inside it, as a person would write the way there.
fn all(members: &'static [Member], way: &str) -> Vec<(String, &'static Member)> {
    let mut found = Vec::new();
    for member in members {
        let name = format!("{way}{}", member.name);
        found.push((name.clone(), member));
        if let Shape::List(inner) = member.shape {
            found.extend(all(inner, &format!("{name}[].")));
        }
    }
    found
}

/// The members, folded away until they are asked for.
#[component]
pub fn Members() -> AnyView {
    let rows = all(MEMBERS, "").into_iter().map(|(name, member)| {
        let needed = if member.required { "; required" } else { "" };
        view! {
            <div>
                <dt class="mono">{name}</dt>
                <dd>
                    {member.about}
                    <span class="dim">" " {holds(member.shape)} {needed} "."</span>
                </dd>
            </div>
        }
    });
    view! {
        <details class="image-members">
            <summary>"What can be said, member by member"</summary>
            <p class="t12 dim">"All may be left out. An image of which nothing is said is a small server."</p>
            <dl>{rows.collect_view()}</dl>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_inside_lists_are_named_with_their_way() {
        let all = all(MEMBERS, "");
        let of = |wanted: &str| {
            let found = all.iter().find(|(name, _)| name == wanted);
            found.map(|(_, member)| holds(member.shape))
        };
        for (name, words) in [
            ("exitCode", "a whole number from 0 to 255"),
            ("stopMs", "a whole number from 0 to 86,400,000, or null"),
            ("calls", "a list of objects"),
            ("calls[].to", "an IPv4 address"),
            ("logs[].line", "a text"),
        ] {
            assert_eq!(of(name).as_deref(), Some(words), "{name}");
        }
        assert!(all.iter().all(|(_, member)| !member.about.is_empty()));
    }
}
