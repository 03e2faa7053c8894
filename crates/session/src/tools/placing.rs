//! What can be placed in a VPC or a subnet: by one gesture, with names and neighbours that AWS takes, or by a form that offers
//! them, where there is something to choose; what AWS would refuse, or what would not work, says why instead.

use super::Ground;
use crate::plan::Plan;
use crate::view::SubnetCard;
use fargate_core::call::{
    AllocateAddress, AssociateVpcCidrBlock, AttachInternetGateway, AttributeBooleanValue,
    CreateEgressOnlyInternetGateway, CreateInternetGateway, CreateNatGateway, CreateVpcEndpoint,
    ModifyVpcAttribute, TagSpecification,
};
use fargate_core::ids::SubnetId;

/// Something that can be placed.
#[derive(Debug)]
pub struct Placing {
    /// What the menu says: 'Place a NAT gateway'.
    pub words: &'static str,
    /// How; or why it cannot stand there.
    pub how: Result<Placed, String>,
}

/// How something is placed.
#[derive(Debug)]
pub enum Placed {
    /// By these calls.
    Done(Plan),
    /// By a form, since there is something to choose.
    Asked(Form),
}

/// What a form offers that places something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A database.
    Database {
        /// A name that is free.
        name: String,
        /// A name that is free for its group of subnets.
        group: String,
        /// A subnet of each zone.
        subnets: Vec<SubnetId>,
        /// The zone that it was placed in.
        zone: String,
    },
    /// A load balancer.
    Balancer {
        /// A name that is free.
        name: String,
        /// A subnet of each zone.
        subnets: Vec<SubnetId>,
        /// Whether all of them lead to the internet gateway.
        public: bool,
    },
    /// A peering connection.
    Peering,
}

/// What can be placed on the VPC's edge.
pub(super) fn in_vpc(ground: Ground<'_>) -> Vec<Placing> {
    let Some(vpc) = &ground.things.vpc else {
        return Vec::new();
    };
    let id = vpc.id.clone();
    let gateway = if let Some(own) = &vpc.internet_gateway {
        Err(format!(
            "The VPC has {own} already: a VPC has one internet gateway."
        ))
    } else {
        let vpc = id.clone();
        Ok(
            Plan::of(CreateInternetGateway::default()).then_with(move |made| {
                AttachInternetGateway {
                    internet_gateway_id: first(made).into(),
                    vpc_id: vpc.as_str().into(),
                }
            }),
        )
    };
    let egress = CreateEgressOnlyInternetGateway {
        vpc_id: id.as_str().into(),
        tag_specifications: Vec::new(),
    };
    let ipv6 = ground.things.details.as_ref().is_some_and(|it| it.ipv6);
    let egress = if ipv6 {
        Plan::of(egress)
    } else {
        // Without an IPv6 block no packet ever goes there.
        Plan::of(AssociateVpcCidrBlock {
            vpc_id: id.as_str().into(),
            cidr_block: None,
            amazon_provided_ipv6_cidr_block: Some(true),
        })
        .then(egress)
    };
    let endpoint = |service: &'static str| {
        let mut exits = ground.scene.exits.iter();
        if exits.any(|exit| exit.exit.name == service) {
            return Err(format!(
                "The VPC has a gateway endpoint for {service} already."
            ));
        }
        Ok(Plan::of(CreateVpcEndpoint {
            vpc_endpoint_type: Some("Gateway".to_owned()),
            vpc_id: id.as_str().into(),
            service_name: format!("com.amazonaws.us-east-1.{service}"),
            route_table_ids: tables(ground),
            ..Default::default()
        }))
    };
    vec![
        Placing {
            words: "Place an internet gateway",
            how: gateway.map(Placed::Done),
        },
        Placing {
            words: "Place an egress-only gateway",
            how: Ok(Placed::Done(egress)),
        },
        Placing {
            words: "Place an S3 endpoint",
            how: endpoint("s3").map(Placed::Done),
        },
        Placing {
            words: "Place a load balancer",
            how: balancer(ground, None).map(Placed::Asked),
        },
        Placing {
            words: "Place a peering connection",
            how: Ok(Placed::Asked(Form::Peering)),
        },
    ]
}

/// What can be placed in a subnet.
pub(super) fn in_subnet(ground: Ground<'_>, id: &SubnetId) -> Vec<Placing> {
    let Some(card) = ground.subnet_card(id) else {
        return Vec::new();
    };
    vec![
        Placing {
            words: "Place a NAT gateway",
            how: nat(card).map(Placed::Done),
        },
        Placing {
            words: "Place an ECR endpoint",
            how: ecr(ground, card).map(Placed::Done),
        },
        Placing {
            words: "Place a database",
            how: database(ground, card).map(Placed::Asked),
        },
        Placing {
            words: "Place a load balancer",
            how: balancer(ground, Some(card)).map(Placed::Asked),
        },
    ]
}

/// The id that a plan made first.
fn first(made: &[String]) -> &str {
    made.first().map_or("", String::as_str)
}

/// Every route table of the VPC's subnets, and its main one.
fn tables(ground: Ground<'_>) -> Vec<fargate_core::ids::RouteTableId> {
    let main = ground.things.vpc.iter().map(|vpc| &vpc.main_route_table);
    let own = ground.things.subnets.iter().map(|card| &card.route_table);
    let mut all: Vec<&String> = main.chain(own).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|id| id.as_str().into()).collect()
}

fn nat(card: &SubnetCard) -> Result<Plan, String> {
    if !card.public {
        return Err(format!(
            "A NAT gateway needs a public subnet: it goes out by the internet gateway itself, and {} has no route there.",
            card.name
        ));
    }
    full(card)?;
    let (subnet, name) = (card.id.clone(), format!("nat {}", card.zone_letter()));
    Ok(
        Plan::of(AllocateAddress::default()).then_with(move |made| CreateNatGateway {
            subnet_id: subnet.clone(),
            allocation_id: Some(first(made).into()),
            connectivity_type: Some("public".to_owned()),
            tag_specifications: TagSpecification::name("natgateway", &name),
        }),
    )
}

/// Nothing more fits where no address is free.
fn full(card: &SubnetCard) -> Result<(), String> {
    if card.free == 0 {
        return Err(format!("{}, 0 free: nothing more fits.", card.name));
    }
    Ok(())
}

fn ecr(ground: Ground<'_>, card: &SubnetCard) -> Result<Plan, String> {
    full(card)?;
    let vpc = ground.things.vpc.as_ref().map(|vpc| vpc.id.clone());
    let call = |service: &str| CreateVpcEndpoint {
        vpc_endpoint_type: Some("Interface".to_owned()),
        vpc_id: vpc.clone().unwrap_or_default().as_str().into(),
        service_name: format!("com.amazonaws.us-east-1.{service}"),
        subnet_ids: vec![card.id.clone()],
        private_dns_enabled: Some(true),
        ..Default::default()
    };
    let names = |support: bool| ModifyVpcAttribute {
        vpc_id: vpc.clone().unwrap_or_default().as_str().into(),
        enable_dns_support: support.then_some(AttributeBooleanValue { value: true }),
        enable_dns_hostnames: (!support).then_some(AttributeBooleanValue { value: true }),
    };
    // Private names need both attributes, and a new VPC has host names off.
    let ready = ground.things.details.as_ref().is_some_and(|it| it.dns);
    let plan = if ready {
        Plan::default()
    } else {
        Plan::of(names(true)).then(names(false))
    };
    Ok(plan.then(call("ecr.api")).then(call("ecr.dkr")))
}

/// A subnet of each zone, this one's first: of those that are as public as it, where there are any.
fn across<'a>(ground: Ground<'a>, card: &'a SubnetCard) -> Vec<&'a SubnetCard> {
    let mut chosen = vec![card];
    let alike = |other: &&SubnetCard| other.public == card.public;
    for wanted in [true, false] {
        let cards = ground.things.subnets.iter().map(|card| &**card);
        for other in cards.filter(|other| alike(other) == wanted) {
            if chosen.iter().all(|one| one.zone != other.zone) {
                chosen.push(other);
            }
        }
        if chosen.len() > 1 {
            break;
        }
    }
    chosen
}

/// A name that nothing has: 'db', 'db-2'.
fn unused(ground: Ground<'_>, base: &str) -> String {
    let taken = |name: &String| {
        let mut details = ground.things.details.iter();
        details.any(|it| it.names.iter().any(|other| other == name))
    };
    let numbered = (2..100).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default()
}

fn database(ground: Ground<'_>, card: &SubnetCard) -> Result<Form, String> {
    full(card)?;
    let subnets = across(ground, card);
    if subnets.len() < 2 {
        return Err(
            "A database needs subnets in two zones, also where it stands in one. Draw another first."
                .to_owned(),
        );
    }
    let name = unused(ground, "db");
    Ok(Form::Database {
        group: unused(ground, &format!("{name}-subnets")),
        name,
        subnets: subnets.iter().map(|card| card.id.clone()).collect(),
        zone: card.zone.to_string(),
    })
}

/// A load balancer across a public subnet of each zone; in the zones of a subnet's own kind where one is named. One zone is enough
/// for a Network Load Balancer.
fn balancer(ground: Ground<'_>, card: Option<&SubnetCard>) -> Result<Form, String> {
    let mut cards = ground.things.subnets.iter().map(|card| &**card);
    let card = match card {
        Some(card) => Some(card),
        None => cards
            .find(|card| card.public)
            .or_else(|| ground.things.subnets.first().map(|card| &**card)),
    };
    let subnets = card.map(|card| across(ground, card)).unwrap_or_default();
    let public = subnets.iter().all(|card| card.public);
    if subnets.is_empty() {
        return Err("A load balancer needs a subnet to stand in. Draw one first.".to_owned());
    }
    for card in &subnets {
        full(card)?;
    }
    Ok(Form::Balancer {
        name: unused(ground, "lb"),
        subnets: subnets.iter().map(|card| card.id.clone()).collect(),
        public,
    })
}

impl SubnetCard {
    /// The letter of its zone: `a` of `us-east-1a`.
    fn zone_letter(&self) -> char {
        self.zone.chars().last().unwrap_or('a')
    }
}
