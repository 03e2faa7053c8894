//! Users and roles with their policies, and the ways to change them.

use super::Shown;
use super::draft::{Draft, Of};
use super::fields::word;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, view};
use crate::signals::{Memo, RwSignal};
use fargate_core::call::{
    AttachRolePolicy, AttachUserPolicy, Call, CreateRole, CreateUser, DeleteRole,
    DeleteRolePermissionsBoundary, DeleteRolePolicy, DeleteUser, DeleteUserPermissionsBoundary,
    DeleteUserPolicy, DetachRolePolicy, DetachUserPolicy, PutRolePermissionsBoundary,
    PutUserPermissionsBoundary,
};
use fargate_core::iam::TRUST_TASKS;
use fargate_session::permissions::{PolicyCard, PolicyKind, PrincipalCard};
use leptos::prelude::*;

/// A policy to begin with.
const FIRST: &str = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"ecs:DescribeTasks\",\n      \"Resource\": \"*\"\n    }\n  ]\n}";

/// Users and roles.
#[component]
pub fn Principals(
    /// What IAM holds.
    shown: Shown,
    /// The policy that is being written.
    draft: Draft,
) -> AnyView {
    let all = Memo::new(move |_| shown.card.with(|card| card.principals.clone()));
    // one that changed is a row of its own
    let key = |card: &PrincipalCard| {
        let policies: Vec<String> = card
            .policies
            .iter()
            .map(|it| format!("{} {} {}", it.kind.word(), it.name, it.text))
            .collect();
        format!(
            "{}|{}|{}",
            card.arn,
            card.used.join("|"),
            policies.join("|")
        )
    };
    view! {
        <section class="net-sec" aria-label="Users and roles">
            <div class="net-head">
                <Glyph icon=Icon::Lock class="i dim"/>
                <h2 class="strong grow">"Users and roles"</h2>
            </div>
            <New/>
            <ul class="net-list">
                <For each=move || all.get() key=key let:card>{row(card, shown, draft)}</For>
            </ul>
        </section>
    }
}

/// Makes a user, or a role that tasks can assume.
#[component]
fn New() -> AnyView {
    let commands = commands();
    let name = RwSignal::new(String::new());
    let make = move |role: bool| {
        let named = name.get_untracked();
        let call: Call = if role {
            CreateRole {
                role_name: named,
                assume_role_policy_document: TRUST_TASKS.to_owned(),
                ..CreateRole::default()
            }
            .into()
        } else {
            CreateUser {
                user_name: named,
                ..CreateUser::default()
            }
            .into()
        };
        commands.send_with(call, move |answer| {
            if answer.is_ok() {
                name.set(String::new());
            }
        });
    };
    view! {
        <div class="net-form">
            {word("Name of a new user or role", name)}
            <div class="row">
                <button type="button" class="btn sm line" on:click=move |_| make(false)>"Create user"</button>
                <button type="button" class="btn sm line" on:click=move |_| make(true)>"Create role for tasks"</button>
            </div>
        </div>
    }
}

fn row(card: PrincipalCard, shown: Shown, draft: Draft) -> AnyView {
    let commands = commands();
    let PrincipalCard {
        arn,
        name,
        role,
        of_service,
        policies,
        used,
    } = card;
    let of = Of {
        name: name.clone(),
        role,
        trust: false,
    };
    let kind = match (role, of_service) {
        (_, true) => "service-linked role",
        (true, _) => "role",
        (false, _) => "user",
    };
    let rows = policies
        .into_iter()
        .map(|policy| policy_row(policy, &of, of_service, draft));
    let changes = (!of_service).then(|| {
        let attachable = untrack(|| shown.card.with(|card| card.attachable.clone()));
        let chosen = RwSignal::new(attachable.first().map(|it| it.0.clone()).unwrap_or_default());
        let options = attachable.into_iter().map(|(arn, name)| view! { <option value=arn>{name}</option> });
        let attach = {
            let of = of.clone();
            move |_| {
                let policy_arn = chosen.get_untracked();
                let named = of.name.clone();
                let call: Call = if of.role {
                    AttachRolePolicy { role_name: named, policy_arn }.into()
                } else {
                    AttachUserPolicy { user_name: named, policy_arn }.into()
                };
                commands.send(Command::Call(call));
            }
        };
        let write = {
            let of = of.clone();
            move |_| draft.begin_new(of.clone(), "inline", FIRST)
        };
        let delete = {
            let of = of.clone();
            move |_| {
                let named = of.name.clone();
                let call: Call = if of.role {
                    DeleteRole { role_name: named }.into()
                } else {
                    DeleteUser { user_name: named }.into()
                };
                commands.send(Command::Call(call));
            }
        };
        let (attach_label, write_label, delete_label) = (
            (format!("Policy to attach to {name}"), format!("Attach it to {name}")),
            format!("Write a policy of {name}"),
            format!("Delete {name}"),
        );
        view! {
            <div class="net-acts">
                <select class="btn sm line pick" aria-label=attach_label.0 on:change=move |event| chosen.set(event_target_value(&event))>
                    {options.collect_view()}
                </select>
                <button type="button" class="btn sm line" aria-label=attach_label.1 on:click=attach>"Attach"</button>
                <button type="button" class="btn sm line" aria-label=write_label on:click=write>"Write a policy"</button>
                <button type="button" class="btn sm line" aria-label=delete_label on:click=delete>"Delete"</button>
            </div>
        }
    });
    let used = (!used.is_empty()).then(|| view! { <p class="t12 t2">{used.join(", ")}</p> });
    view! {
        <li class="net-row" id=format!("principal-{arn}") tabindex="-1">
            <p class="med image-name" title=arn>{name.clone()}" "<span class="dim">{kind}</span></p>
            {used}
            <ul class="net-inner">{rows.collect_view()}</ul>
            {changes}
        </li>
    }
    .into_child()
}

fn policy_row(policy: PolicyCard, of: &Of, fixed: bool, draft: Draft) -> AnyView {
    let commands = commands();
    let PolicyCard { name, kind, text } = policy;
    let word = kind.word();
    let edits = matches!(kind, PolicyKind::Trust | PolicyKind::Inline) && !fixed;
    let trust = kind == PolicyKind::Trust;
    let edit = edits.then(|| {
        let (of, named, text) = (Of { trust, ..of.clone() }, name.clone(), text.clone());
        let label = format!("Edit {name} of {}", of.name);
        view! {
            <button type="button" class="btn sm line" aria-label=label on:click=move |_| draft.begin(of.clone(), &named, &text)>"Edit"</button>
        }
    });
    let bound = match &kind {
        PolicyKind::Attached(arn) if !fixed => Some(arn.clone()),
        _ => None,
    };
    let bound = bound.map(|arn| {
        let of = of.clone();
        let label = format!("As boundary of {}: {name}", of.name);
        let act = move |_| {
            let (named, permissions_boundary) = (of.name.clone(), arn.clone());
            let call: Call = if of.role {
                PutRolePermissionsBoundary { role_name: named, permissions_boundary }.into()
            } else {
                PutUserPermissionsBoundary { user_name: named, permissions_boundary }.into()
            };
            commands.send(Command::Call(call));
        };
        view! { <button type="button" class="btn sm line" aria-label=label on:click=act>"As boundary"</button> }
    });
    let remove = (!trust && !fixed).then(|| {
        let (of, named) = (of.clone(), name.clone());
        let label = format!("Remove {name} from {}", of.name);
        let act = move |_| {
            let who = of.name.clone();
            let call: Call = match (&kind, of.role) {
                (PolicyKind::Attached(arn), true) => DetachRolePolicy { role_name: who, policy_arn: arn.clone() }.into(),
                (PolicyKind::Attached(arn), false) => DetachUserPolicy { user_name: who, policy_arn: arn.clone() }.into(),
                (PolicyKind::Boundary(_), true) => DeleteRolePermissionsBoundary { role_name: who }.into(),
                (PolicyKind::Boundary(_), false) => DeleteUserPermissionsBoundary { user_name: who }.into(),
                (_, true) => DeleteRolePolicy { role_name: who, policy_name: named.clone() }.into(),
                (_, false) => DeleteUserPolicy { user_name: who, policy_name: named.clone() }.into(),
            };
            commands.send(Command::Call(call));
        };
        view! {
            <button type="button" class="btn icon sm" aria-label=label.clone() title=label on:click=act>
                <Glyph icon=Icon::Close class="i-14"/>
            </button>
        }
    });
    view! {
        <li>
            <div class="row tight">
                <span class="t12 grow image-name">{name}" "<span class="dim">{word}</span></span>
                {edit}
                {bound}
                {remove}
            </div>
            <details class="image-members">
                <summary>"Show"</summary>
                <pre class="net-shell">{text}</pre>
            </details>
        </li>
    }
}
