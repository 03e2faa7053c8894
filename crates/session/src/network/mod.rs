//! Cards of everything in the network, for the panel that lists and edits it. They are made when they are asked for: what the page
//! draws of a moment ([`crate::view::View`]) holds none of them.

mod acls;
mod databases;
mod endpoints;
mod file_systems;
mod gateways;
mod groups;
mod hosted_zones;
mod hosts;
mod instances;
mod interfaces;
mod load_balancers;
mod names;
mod peerings;
mod reach;
mod subnets;
mod tables;
mod target_groups;
mod traceroute;
mod traffic;
mod vpcs;

pub use reach::{Asked, Probe, ReachCard};
pub use traffic::{StreamCard, TrafficCards};

use crate::session::Session;
use fargate_core::call::Call;
use fargate_core::ids::VpcId;
use fargate_core::world::World;

/// What kind of thing a card is of, in the order in which the panel lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A VPC.
    Vpc,
    /// A subnet.
    Subnet,
    /// A security group.
    SecurityGroup,
    /// A route table.
    RouteTable,
    /// A network ACL.
    NetworkAcl,
    /// An internet gateway.
    InternetGateway,
    /// An egress-only internet gateway.
    EgressOnlyGateway,
    /// A NAT gateway.
    NatGateway,
    /// An elastic address.
    ElasticAddress,
    /// A gateway or interface endpoint.
    Endpoint,
    /// A peering connection.
    Peering,
    /// A prefix list.
    PrefixList,
    /// An EC2 instance.
    Instance,
    /// A DB subnet group.
    DatabaseSubnetGroup,
    /// A database.
    Database,
    /// A file system.
    FileSystem,
    /// A mount target of a file system.
    MountTarget,
    /// A load balancer.
    LoadBalancer,
    /// A target group.
    TargetGroup,
    /// A host on the Internet.
    Host,
    /// A private hosted zone.
    HostedZone,
    /// A network interface.
    Interface,
}

impl Kind {
    /// What one is called in a sentence: 'route table'.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vpc => "VPC",
            Self::Subnet => "subnet",
            Self::SecurityGroup => "security group",
            Self::RouteTable => "route table",
            Self::NetworkAcl => "network ACL",
            Self::InternetGateway => "internet gateway",
            Self::EgressOnlyGateway => "egress-only internet gateway",
            Self::NatGateway => "NAT gateway",
            Self::ElasticAddress => "elastic address",
            Self::Endpoint => "endpoint",
            Self::Peering => "peering connection",
            Self::PrefixList => "prefix list",
            Self::Instance => "instance",
            Self::DatabaseSubnetGroup => "DB subnet group",
            Self::Database => "database",
            Self::FileSystem => "file system",
            Self::MountTarget => "mount target",
            Self::LoadBalancer => "load balancer",
            Self::TargetGroup => "target group",
            Self::Host => "host",
            Self::HostedZone => "private hosted zone",
            Self::Interface => "network interface",
        }
    }
}

/// Whether a state is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It works.
    Good,
    /// It is not ready yet, or is kept in by something.
    Waiting,
    /// It does not work.
    Bad,
    /// Neither: it is so by nature.
    Plain,
}

/// A state in a word or two, as AWS spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// 'available', 'blackhole', 'default'.
    pub words: String,
    /// Whether that is good.
    pub tone: Tone,
}

impl State {
    fn new(words: impl Into<String>, tone: Tone) -> Self {
        Self {
            words: words.into(),
            tone,
        }
    }
}

/// Something that one click asks of AWS.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The button: 'Delete'.
    pub title: &'static str,
    /// The button for those who do not see what it is beside: 'Delete route table Private'.
    pub about: String,
    /// The call.
    pub call: Call,
    /// What is said when AWS has accepted it.
    pub done: &'static str,
}

impl Act {
    fn new(
        title: &'static str,
        about: impl Into<String>,
        call: impl Into<Call>,
        done: &'static str,
    ) -> Self {
        Self {
            title,
            about: about.into(),
            call: call.into(),
            done,
        }
    }
}

/// A fact of a thing: 'Subnet', 'Private a'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is told.
    pub name: &'static str,
    /// How it is.
    pub value: String,
    /// The id of the thing that it names, where that has a card.
    pub leads_to: Option<String>,
}

impl Fact {
    fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            leads_to: None,
        }
    }

    fn leading(name: &'static str, value: impl Into<String>, to: &impl ToString) -> Self {
        Self {
            name,
            value: value.into(),
            leads_to: Some(to.to_string()),
        }
    }
}

/// A line of a list in a card: a route, an entry, a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What tells it from the other lines of its card.
    pub key: String,
    /// What it begins with, as one could type it: a destination, a number.
    pub head: String,
    /// The rest in words.
    pub words: String,
    /// The id of the thing that it names.
    pub leads_to: Option<String>,
    /// Its state, where it has one.
    pub state: Option<State>,
    /// What can be done with it; nothing with what is implied.
    pub acts: Vec<Act>,
}

/// A list of lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// 'Routes'.
    pub title: &'static str,
    /// What is said where there are none.
    pub empty: &'static str,
    /// The lines, in the order in which AWS looks at them.
    pub lines: Vec<Line>,
}

/// A thing of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its name, else its id.
    pub title: String,
    /// The VPC it is in; `None` for what is in none.
    pub vpc: Option<VpcId>,
    /// Its state.
    pub state: Option<State>,
    /// Its facts.
    pub facts: Vec<Fact>,
    /// Its lists.
    pub lists: Vec<Lines>,
    /// What one click does with it.
    pub acts: Vec<Act>,
}

/// Everything in the network, by kind and then by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkCards {
    /// The cards.
    pub cards: Vec<Card>,
}

impl NetworkCards {
    /// Draws a world's network.
    pub(crate) fn of(world: &World) -> Self {
        let mut cards = vpcs::cards(world);
        cards.extend(subnets::cards(world));
        cards.extend(groups::cards(world));
        cards.extend(tables::cards(world));
        cards.extend(acls::cards(world));
        cards.extend(gateways::cards(world));
        cards.extend(endpoints::cards(world));
        cards.extend(peerings::cards(world));
        cards.extend(endpoints::lists(world));
        cards.extend(instances::cards(world));
        cards.extend(databases::cards(world));
        cards.extend(file_systems::cards(world));
        cards.extend(load_balancers::cards(world));
        cards.extend(target_groups::cards(world));
        cards.extend(hosts::cards(world));
        cards.extend(hosted_zones::cards(world));
        cards.extend(interfaces::cards(world));
        Self { cards }
    }

    /// The card of an id.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The cards of a kind in a VPC, and those of it that are in none.
    pub fn of_kind(&self, kind: Kind, vpc: Option<&VpcId>) -> impl Iterator<Item = &Card> {
        let here =
            move |card: &&Card| card.vpc.is_none() || vpc.is_none() || card.vpc.as_ref() == vpc;
        let cards = self.cards.iter();
        cards.filter(move |card| card.kind == kind).filter(here)
    }

    /// The things whose ids a text names, in the order of the text: a refusal leads to them.
    pub fn named_in(&self, text: &str) -> Vec<&Card> {
        let is_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let mut named: Vec<&Card> = Vec::new();
        for word in text.split(|letter| !is_id(letter)) {
            if let Some(card) = self.card(word)
                && !named.iter().any(|other| other.id == card.id)
            {
                named.push(card);
            }
        }
        // an ARN is more than a word
        let arns = self.cards.iter().filter(|card| card.id.contains(':'));
        named.extend(arns.filter(|card| text.contains(&card.id)));
        named
    }
}

impl Session {
    /// Cards of everything in the network at the moment shown.
    pub fn network(&self) -> NetworkCards {
        NetworkCards::of(self.world())
    }
}
