//! Places in the inspector: a subnet, a group, the VPC, its gateway, the Internet, and a request.

use super::network::Leads;
use super::totals::TaskLine;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, live, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::{Memo, StoredValue};
use crate::ui::Region;
use crate::words::thousands;
use fargate_core::ids::{SecurityGroupId, SubnetId, TaskId};
use fargate_session::view::{GroupCard, RuleCard, Shared, SubnetCard, TaskCard, VpcCard};
use leptos::prelude::*;

/// Kind and name of a thing.
#[component]
pub(super) fn Head(
    kind: &'static str,
    #[prop(into)] name: String,
    #[prop(into)] id: String,
) -> AnyView {
    view! {
        <div class="insp-h">
            <p class="t12 dim insp-kind">{kind}</p>
            <div class="row"><h2>{name}</h2></div>
            <p class="mono dim t12">{id}</p>
        </div>
    }
}

/// Words where a thing is not there at the moment shown.
pub(super) fn gone(kind: &'static str) -> AnyView {
    view! {
        <div class="insp-h">
            <p class="t12 dim">{kind}</p>
            <p class="t2">"It is not there at the moment shown."</p>
        </div>
    }
}

/// The tasks that a test picks, as lines.
fn tasks_where(picks: impl Fn(&TaskCard) -> bool + Copy + Send + Sync + 'static) -> AnyView {
    let tasks = projected().tasks;
    let ids = Memo::new(move |_| {
        let picked = tasks.all().into_iter().filter(|card| picks(card));
        picked.map(|card| card.id.clone()).collect::<Vec<TaskId>>()
    });
    view! {
        <section class="sec slim" aria-label="Tasks here">
            <div class="sec-h tight">
                <Glyph icon=Icon::Task/>
                <h3>"Tasks"</h3>
                <span class="end t12 t2">{move || ids.get().len()}</span>
            </div>
            <ul class="task-list" aria-label="Tasks">
                <For each=move || ids.get() key=TaskId::clone let:id>
                    <TaskLine id/>
                </For>
            </ul>
        </section>
    }
}

/// A subnet.
#[component]
pub fn SubnetPanel(
    /// The subnet.
    id: SubnetId,
) -> AnyView {
    let shown = projected();
    let wanted = id.clone();
    let card = Memo::new(move |_| shown.subnets.card(&wanted));
    let here = StoredValue::new(id);
    view! {
        {move || card.get().map_or_else(|| gone("Subnet"), |card| subnet(&card))}
        {tasks_where(move |task| here.with_value(|id| task.subnet == *id) && task.interface.is_some())}
    }
}

fn subnet(card: &Shared<SubnetCard>) -> AnyView {
    let kind = if card.public {
        "Public subnet"
    } else {
        "Private subnet"
    };
    view! {
        <Head kind name=card.name.clone() id=card.id.to_string()/>
        <section class="sec slim" aria-label="Addresses">
            <dl class="kv">
                <dt>"Block"</dt>
                <dd>{card.cidr.clone()}</dd>
                <dt>"Zone"</dt>
                <dd>{card.zone.to_string()}</dd>
                <dt>"Default route"</dt>
                <dd class="ui">{card.default_route.clone()}</dd>
                <dt>"Free addresses"</dt>
                <dd>{thousands(card.free.into())}</dd>
                <dt>"In use"</dt>
                <dd>{thousands(card.used.into())}</dd>
                <dt>"Reserved by AWS"</dt>
                <dd>"5"</dd>
            </dl>
        </section>
    }
}

/// A security group.
#[component]
pub fn GroupPanel(
    /// The group.
    id: SecurityGroupId,
) -> AnyView {
    let shown = projected();
    let wanted = id.clone();
    let card = Memo::new(move |_| shown.groups.card(&wanted));
    let here = StoredValue::new(id);
    view! {
        {move || card.get().map_or_else(|| gone("Security group"), |card| group(&card))}
        {tasks_where(move |task| here.with_value(|id| task.groups.contains(id)) && task.interface.is_some())}
    }
}

fn group(card: &Shared<GroupCard>) -> AnyView {
    let name = card.name.clone();
    let inbound = if card.ingress.is_empty() {
        view! { <p class="t12 dim">"No rules: nothing comes in."</p> }
    } else {
        let rules = card
            .ingress
            .iter()
            .map(|rule| removable(rule, &name))
            .collect_view();
        view! { <ul class="rule-list" aria-label="Inbound rules">{rules}</ul> }
    };
    let outbound = if card.egress.is_empty() {
        view! { <p class="t12 dim">"No rules: nothing goes out, answers excepted."</p> }
    } else {
        let rules = card
            .egress
            .iter()
            .map(|rule| view! { <li class="row t12">{rule.label.clone()}</li> });
        view! { <ul class="rule-list" aria-label="Outbound rules">{rules.collect_view()}</ul> }
    };
    view! {
        <Head kind="Security group" name=card.name.clone() id=card.id.to_string()/>
        <section class="sec slim" aria-label="Inbound">
            <div class="sec-h tight"><Glyph icon=Icon::Shield/><h3>"Inbound"</h3></div>
            {inbound}
        </section>
        <section class="sec slim" aria-label="Outbound">
            <div class="sec-h tight"><Glyph icon=Icon::Arrow/><h3>"Outbound"</h3></div>
            {outbound}
        </section>
    }
}

fn removable(rule: &RuleCard, group: &str) -> AnyView {
    let commands = commands();
    let call = rule.revoke.clone();
    let label = rule.label.clone();
    let words = format!("Remove {label} from {group}");
    view! {
        <li class="row t12">
            <span class="grow">{label}</span>
            <button
                class="btn sm line"
                type="button"
                aria-label=words
                on:click=move |_| {
                    commands.send(Command::Call(call.clone()));
                    // The button goes; the focus stays in the region.
                    crate::browser::focus(Region::Inspector.id());
                }
            >
                "Remove"
            </button>
        </li>
    }
}

/// The VPC.
#[component]
pub fn VpcPanel() -> AnyView {
    let shown = projected();
    let count = Memo::new(move |_| (shown.subnets.order().len(), shown.groups.order().len()));
    live(move || {
        let Some(card) = shown.vpc.get() else {
            return gone("VPC");
        };
        let (subnets, groups) = count.get();
        let VpcCard {
            id,
            cidr,
            internet_gateway,
            main_route_table,
            ..
        } = (*card).clone();
        let gateway = match internet_gateway {
            Some(gateway) => {
                view! { <dd><Leads words=gateway to=Selection::Gateway/></dd> }
            }
            None => view! { <dd class="ui">"none"</dd> },
        };
        view! {
            <Head kind="VPC" name=cidr id=id/>
            <section class="sec slim" aria-label="Facts">
                <dl class="kv">
                    <dt>"Internet gateway"</dt>
                    {gateway}
                    <dt>"Main route table"</dt>
                    <dd>{main_route_table}</dd>
                    <dt>"Subnets"</dt>
                    <dd>{subnets}</dd>
                    <dt>"Security groups"</dt>
                    <dd>{groups}</dd>
                </dl>
            </section>
        }
    })
}

/// The internet gateway.
#[component]
pub fn GatewayPanel() -> AnyView {
    let shown = projected();
    live(move || {
        let vpc = shown.vpc.get();
        let attached = vpc.and_then(|vpc| {
            let gateway = vpc.internet_gateway.clone()?;
            Some((gateway, vpc.cidr.clone(), vpc.has_default_route))
        });
        let Some((gateway, cidr, routed)) = attached else {
            return gone("Internet gateway");
        };
        let route = if routed {
            "0.0.0.0/0 leads here"
        } else {
            "no route leads here"
        };
        view! {
            <Head kind="Internet gateway" name="Internet gateway" id=gateway/>
            <section class="sec slim" aria-label="Facts">
                <dl class="kv">
                    <dt>"Attached to"</dt>
                    <dd><Leads words=cidr to=Selection::Vpc/></dd>
                    <dt>"Main route table"</dt>
                    <dd class="ui">{route}</dd>
                </dl>
                <p class="t12 dim insp-note">
                    "It turns a public address into the private one of the interface, and back."
                </p>
            </section>
        }
    })
}

/// The Internet.
#[component]
pub fn InternetPanel() -> AnyView {
    let requests = projected().requests;
    view! {
        <div class="insp-h">
            <p class="t12 dim insp-kind">"Outside the VPC"</p>
            <div class="row"><h2>"Internet"</h2></div>
        </div>
        <section class="sec slim" aria-label="Requests so far">
            <dl class="kv">
                <dt>"Delivered"</dt>
                <dd>{move || thousands(requests.get().delivered)}</dd>
                <dt>"Answered with an error"</dt>
                <dd>{move || thousands(requests.get().failed)}</dd>
                <dt>"Denied or unanswered"</dt>
                <dd>{move || thousands(requests.get().denied)}</dd>
            </dl>
        </section>
    }
}

/// A request: its steps are beside it on the canvas.
#[component]
pub fn FlightPanel(
    /// The request's number.
    id: u64,
) -> AnyView {
    let title = commands()
        .trace(id)
        .map_or_else(|| "It is over.".to_owned(), |trace| trace.title);
    view! {
        <div class="insp-h">
            <p class="t12 dim insp-kind">"Request"</p>
            <div class="row"><h2>{title}</h2></div>
            <p class="t12 dim">"Its steps are beside it on the canvas."</p>
        </div>
    }
}
