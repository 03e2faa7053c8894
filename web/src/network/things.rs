//! Everything in the network as the panel lists it: its cards, which sections are open, and what a link leads to.

use crate::commands::{Commands, commands};
use crate::projector::{Projected, projected};
use crate::signals::{Memo, RwSignal};
use fargate_core::ids::{SubnetId, VpcId};
use fargate_session::Session;
use fargate_session::network::{Card, Kind, NetworkCards};
use fargate_session::tools::Form;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A choice of a list: its value, and how it reads.
pub type Choice = (String, String);

/// Everything in the network, from context.
#[derive(Clone, Copy)]
pub struct Things {
    projected: Projected,
    commands: Commands,
    cards: Memo<Arc<NetworkCards>>,
    open: RwSignal<BTreeSet<Kind>>,
    /// Whether the section that answers 'Can A reach B?' is open.
    pub(crate) reach_open: RwSignal<bool>,
    /// Who was last chosen on the canvas as A.
    pub(crate) asked_from: RwSignal<Option<String>>,
    /// What was last placed on the canvas by a form, which the form offers.
    pub(crate) placed: RwSignal<Option<Form>>,
    /// Whether the forms are open that place a database, a load balancer and a peering connection.
    pub(crate) placing: [RwSignal<bool>; 3],
}

/// What the thing is called in whose row a form stands, from context.
#[derive(Clone)]
pub(crate) struct InRowOf(pub(crate) String);

/// Everything in the network, from context.
pub(crate) fn things() -> Things {
    expect_context()
}

impl Things {
    /// The page's panels make one of these.
    pub(crate) fn new() -> Self {
        let (projected, commands) = (projected(), commands());
        let cards = Memo::new(move |_| {
            projected.network.track();
            Arc::new(commands.ask_session(Session::network))
        });
        Self {
            projected,
            commands,
            cards,
            open: RwSignal::new(BTreeSet::new()),
            reach_open: RwSignal::new(false),
            asked_from: RwSignal::new(None),
            placed: RwSignal::new(None),
            placing: [(); 3].map(|()| RwSignal::new(false)),
        }
    }

    /// What a thing is called where nothing else on the page may be called the same: with the end of its id, where another of its
    /// kind has its name; untracked.
    pub(crate) fn called(self, id: &str) -> String {
        untrack(|| {
            let kind = self.card(id).map(|card| card.kind);
            let all = kind.map(|kind| self.choices_where(kind, |_| true));
            let own = all.into_iter().flatten().find(|choice| choice.0 == id);
            own.map_or_else(|| id.to_owned(), |choice| choice.1)
        })
    }

    /// Asks the session what no card carries.
    pub(crate) fn ask<T>(self, question: impl FnOnce(&Session) -> T) -> T {
        self.cards.with(|_| ());
        self.commands.ask_session(question)
    }

    /// The VPC that is shown; tracked.
    pub(crate) fn vpc(self) -> Option<VpcId> {
        let vpc = self.projected.vpc.get();
        vpc.map(|vpc| vpc.id.as_str().into())
    }

    /// The same, untracked; the id of nothing where there is none, which AWS then says.
    pub(crate) fn vpc_now(self) -> VpcId {
        untrack(|| self.vpc()).unwrap_or_default()
    }

    /// A card; tracked.
    pub(crate) fn card(self, id: &str) -> Option<Card> {
        self.cards.with(|cards| cards.card(id).cloned())
    }

    /// What a fact of a card says; nothing where it has none of that name; tracked.
    pub(crate) fn fact(self, id: &str, name: &str) -> String {
        self.cards
            .with(|cards| said(cards.card(id), name).to_owned())
    }

    /// The ids of a kind in the VPC that is shown, and of those in none; tracked.
    pub(crate) fn ids(self, kind: Kind) -> Vec<String> {
        let vpc = self.vpc();
        self.cards.with(|cards| {
            let found = cards.of_kind(kind, vpc.as_ref());
            found.map(|card| card.id.clone()).collect()
        })
    }

    /// The things of a kind to choose from, in the VPC that is shown; tracked.
    pub(crate) fn choices(self, kind: Kind) -> Vec<Choice> {
        let vpc = self.vpc();
        self.choices_where(kind, |card| {
            card.vpc.is_none() || card.vpc.as_ref() == vpc.as_ref()
        })
    }

    /// Those that a question lets through; tracked. Where two are called the same, the ends of their ids tell them apart.
    pub(crate) fn choices_where(self, kind: Kind, fits: impl Fn(&Card) -> bool) -> Vec<Choice> {
        self.choices_with(kind, fits, |_| String::new())
    }

    /// The same, each with more of its card behind its name; tracked.
    pub(crate) fn choices_with(
        self,
        kind: Kind,
        fits: impl Fn(&Card) -> bool,
        more: impl Fn(&Card) -> String,
    ) -> Vec<Choice> {
        self.cards.with(|cards| {
            let found: Vec<&Card> = cards.of_kind(kind, None).filter(|it| fits(it)).collect();
            let mut called: BTreeMap<&str, usize> = BTreeMap::new();
            for card in &found {
                *called.entry(&card.title).or_default() += 1;
            }
            let named = |card: &&Card| {
                let end = card.id.len().saturating_sub(4);
                let words = if called
                    .get(card.title.as_str())
                    .is_some_and(|same| *same > 1)
                {
                    format!("{} …{}", card.title, &card.id[end..])
                } else {
                    card.title.clone()
                };
                (card.id.clone(), words + &more(card))
            };
            found.iter().map(named).collect()
        })
    }

    /// The things that a text names, with their titles; tracked.
    pub(crate) fn named_in(self, text: &str) -> Vec<Choice> {
        self.cards.with(|cards| {
            let named = cards.named_in(text).into_iter();
            named
                .map(|card| (card.id.clone(), card.title.clone()))
                .collect()
        })
    }

    /// Whether a subnet has a route table of its own, not its VPC's main one; untracked.
    pub(crate) fn has_own_table(self, subnet: &SubnetId) -> bool {
        self.commands.ask_session(|session| {
            let subnets = &session.world().network().subnets;
            subnets
                .get(subnet)
                .is_some_and(|it| it.route_table.is_some())
        })
    }

    /// Whether a section is open; tracked.
    pub(crate) fn is_open(self, section: Kind) -> bool {
        self.open.with(|open| open.contains(&section))
    }

    /// Opens a section, or folds it.
    pub(crate) fn toggle(self, section: Kind) {
        self.open.update(|open| {
            if !open.remove(&section) {
                open.insert(section);
            }
        });
    }

    /// Opens the question 'Can A reach B?' with a sender in it, and puts the focus there.
    pub(crate) fn ask_from(self, sender: String) {
        self.asked_from.set(Some(sender));
        self.reach_open.set(true);
        request_animation_frame(|| {
            request_animation_frame(|| crate::browser::focus("net-head-reach"));
        });
    }

    /// Opens the form that places something on the canvas, with what fits the place, and puts the focus there.
    pub(crate) fn place(self, form: Form) {
        let [database, balancer, peering] = self.placing;
        let (section, open, id) = match &form {
            Form::Database { .. } => (Kind::DatabaseSubnetGroup, database, "net-place-database"),
            Form::Balancer { .. } => (Kind::LoadBalancer, balancer, "net-place-balancer"),
            Form::Peering => (Kind::Peering, peering, "net-place-peering"),
        };
        self.placed.set(Some(form));
        self.open.update(|open| {
            open.insert(section);
        });
        open.set(true);
        request_animation_frame(move || {
            request_animation_frame(move || {
                let place = crate::browser::by_id::<Element>(id);
                let field =
                    place.and_then(|it| it.query_selector("form input, form select").ok()?);
                if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                    // A field that cannot take the focus leaves it where it is.
                    let _ = field.focus();
                }
            });
        });
    }

    /// Opens the section of a thing, shows its VPC, and puts the focus on its row.
    pub(crate) fn lead_to(self, id: &str) {
        let Some(card) = untrack(|| self.card(id)) else {
            return;
        };
        if let Some(vpc) = card.vpc.filter(|vpc| *vpc != self.vpc_now()) {
            self.commands.show_vpc(vpc);
        }
        let section = section_of(card.kind);
        self.open.update(|open| {
            open.insert(section);
        });
        let row = row_id(id);
        // The row may have to be made first: by the frame after the next it is there.
        request_animation_frame(move || {
            request_animation_frame(move || crate::browser::focus(&row));
        });
    }
}

/// The section that lists a kind, named by the first kind in it.
pub(crate) const fn section_of(kind: Kind) -> Kind {
    match kind {
        Kind::EgressOnlyGateway | Kind::NatGateway => Kind::InternetGateway,
        Kind::Database => Kind::DatabaseSubnetGroup,
        Kind::MountTarget => Kind::FileSystem,
        Kind::TargetGroup => Kind::LoadBalancer,
        other => other,
    }
}

/// The id of a thing's row on the page.
pub(crate) fn row_id(id: &str) -> String {
    format!("net-{}", id.replace(' ', "_"))
}

/// What the facts of a name in a card lead to, in their order.
pub(crate) fn led_to(card: Option<&Card>, name: &str) -> Vec<String> {
    let facts = card.into_iter().flat_map(|card| &card.facts);
    let named = facts.filter(|fact| fact.name == name);
    named.filter_map(|fact| fact.leads_to.clone()).collect()
}

/// What a fact of a card says; nothing where it has none of that name.
pub(crate) fn said<'a>(card: Option<&'a Card>, name: &str) -> &'a str {
    let mut facts = card.into_iter().flat_map(|card| &card.facts);
    let found = facts.find(|fact| fact.name == name);
    found.map_or("", |fact| fact.value.as_str())
}
