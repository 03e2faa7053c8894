//! What a call asks of IAM: actions, each on its resource. Source: Service Authorization Reference, 'Actions, resources, and
//! condition keys', of each service.

mod ecs;

use super::{ACCOUNT, Context, REGION};
use crate::text::{Node, Value};
use crate::units::Date;

/// The day since which `RunTask` is asked for the revision that it runs, also where it names only the family.
const REVISIONS_SINCE: Date = Date::new(2024, 3, 21);

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Service and action.
    pub action: String,
    /// The resource's ARN, or `*`.
    pub resource: String,
    /// The condition keys of the request.
    pub context: Context,
}

impl Ask {
    /// An action on a resource.
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            resource: resource.into(),
            context: Context::default(),
        }
    }

    /// The same with a condition key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.context = self.context.with(key, value);
        self
    }
}

/// What the simulated account knows that a call does not say.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The day.
    pub as_of: Date,
    /// The revision that a call names, as `family:revision`, and the ARNs of its task role and execution role.
    pub revision: Option<(&'a str, [Option<&'a str>; 2])>,
}

/// The resource of an EC2 action: its type, and the member that names it; that of a new one is not known yet.
const EC2: &[(&str, &str, &str)] = &[
    ("CreateRouteTable", "route-table", ""),
    ("CreateRoute", "route-table", "RouteTableId"),
    ("CreateVpcPeeringConnection", "vpc-peering-connection", ""),
    ("CreateVpcEndpoint", "vpc-endpoint", ""),
    ("CreateVpc", "vpc", ""),
    ("CreateSubnet", "subnet", ""),
    ("CreateInternetGateway", "internet-gateway", ""),
    (
        "CreateEgressOnlyInternetGateway",
        "egress-only-internet-gateway",
        "",
    ),
    ("CreateSecurityGroup", "security-group", ""),
    ("CreateNetworkAclEntry", "network-acl", "NetworkAclId"),
    ("CreateNetworkAcl", "network-acl", ""),
    ("CreateNatGateway", "natgateway", ""),
    ("CreateManagedPrefixList", "prefix-list", ""),
    ("AllocateAddress", "elastic-ip", ""),
    ("RunInstances", "instance", ""),
    ("AssociateSubnetCidrBlock", "subnet", "SubnetId"),
    ("AssociateVpcCidrBlock", "vpc", "VpcId"),
    (
        "AttachInternetGateway",
        "internet-gateway",
        "InternetGatewayId",
    ),
    (
        "DetachInternetGateway",
        "internet-gateway",
        "InternetGatewayId",
    ),
    ("AssociateRouteTable", "route-table", "RouteTableId"),
    (
        "ReplaceNetworkAclAssociation",
        "network-acl",
        "NetworkAclId",
    ),
    ("AssociateAddress", "elastic-ip", "AllocationId"),
];

/// Members that name a resource of EC2, and its type; the first that a call has is what it is about.
const EC2_MEMBERS: &[(&str, &str)] = &[
    ("GroupId", "security-group"),
    ("RouteTableId", "route-table"),
    ("NetworkAclId", "network-acl"),
    ("NatGatewayId", "natgateway"),
    ("VpcPeeringConnectionId", "vpc-peering-connection"),
    ("VpcEndpointId", "vpc-endpoint"),
    ("VpcEndpointIds", "vpc-endpoint"),
    ("PrefixListId", "prefix-list"),
    ("InstanceIds", "instance"),
    ("NetworkInterfaceId", "network-interface"),
    ("AllocationId", "elastic-ip"),
    (
        "EgressOnlyInternetGatewayId",
        "egress-only-internet-gateway",
    ),
    ("InternetGatewayId", "internet-gateway"),
    ("SubnetId", "subnet"),
    ("VpcId", "vpc"),
];

/// What a call asks: its action, as calls name it, and its input. Nothing for what AWS has no API for.
pub fn asks(action: &str, input: &Node, known: Known<'_>) -> Vec<Ask> {
    let Some((service, name)) = action.split_once(':') else {
        return Vec::new();
    };
    let text = |member: &str| input.get(member).and_then(Node::as_str);
    let arn = |service: &str, rest: String| format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}");
    match service {
        "playground" => Vec::new(),
        "ecs" => ecs::ecs(action, name, input, known),
        "iam" => vec![iam(action, name, input)],
        "ec2" => {
            let fixed = EC2.iter().find(|(it, ..)| *it == name);
            let resource = match fixed {
                Some((_, kind, "")) => arn("ec2", format!("{kind}/*")),
                Some((_, kind, member)) => {
                    arn("ec2", format!("{kind}/{}", text(member).unwrap_or("*")))
                }
                None => {
                    let named = EC2_MEMBERS.iter().find_map(|(member, kind)| {
                        let node = input.get(member)?;
                        let id = node.as_str().or_else(|| node.items().first()?.as_str())?;
                        Some(arn("ec2", format!("{kind}/{id}")))
                    });
                    named.unwrap_or_else(|| "*".to_owned())
                }
            };
            vec![Ask::new(action, resource).with("ec2:Region", REGION)]
        }
        "elbv2" => {
            let named = ["ListenerArn", "TargetGroupArn", "LoadBalancerArn"];
            let named = named.iter().find_map(|it| text(it)).map(str::to_owned);
            let kind = match text("Type") {
                Some("network") => "net",
                _ => "app",
            };
            let name_of = text("Name").unwrap_or("*");
            let resource = named.unwrap_or_else(|| match name {
                "CreateTargetGroup" => {
                    arn("elasticloadbalancing", format!("targetgroup/{name_of}/*"))
                }
                _ => arn(
                    "elasticloadbalancing",
                    format!("loadbalancer/{kind}/{name_of}/*"),
                ),
            });
            vec![Ask::new(format!("elasticloadbalancing:{name}"), resource)]
        }
        "efs" => {
            let resource = text("FileSystemId")
                .map(|it| arn("elasticfilesystem", format!("file-system/{it}")));
            vec![Ask::new(
                format!("elasticfilesystem:{name}"),
                resource.unwrap_or_else(|| "*".to_owned()),
            )]
        }
        "rds" => {
            let resource = match (text("DBInstanceIdentifier"), text("DBSubnetGroupName")) {
                (Some(it), _) => arn("rds", format!("db:{it}")),
                (None, Some(it)) => arn("rds", format!("subgrp:{it}")),
                (None, None) => "*".to_owned(),
            };
            vec![Ask::new(action, resource)]
        }
        "route53" => {
            let zone = text("HostedZoneId").or_else(|| text("Id"));
            let resource = zone.map(|it| {
                format!(
                    "arn:aws:route53:::hostedzone/{}",
                    it.rsplit('/').next().unwrap_or(it)
                )
            });
            vec![Ask::new(action, resource.unwrap_or_else(|| "*".to_owned()))]
        }
        _ => {
            let resource = match (text("logGroupName"), text("repositoryName")) {
                (Some(it), _) => arn("logs", format!("log-group:{it}")),
                (None, Some(it)) => arn("ecr", format!("repository/{it}")),
                (None, None) => "*".to_owned(),
            };
            vec![Ask::new(action, resource)]
        }
    }
}

/// The ARNs of the roles that a call hands on to ECS.
pub fn passed(name: &str, input: &Node, known: Known<'_>) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    let mut add = |role: &str| {
        let role = if role.starts_with("arn:") {
            role.to_owned()
        } else {
            format!("arn:aws:iam::{ACCOUNT}:role/{role}")
        };
        if !roles.contains(&role) {
            roles.push(role);
        }
    };
    match name {
        "RegisterTaskDefinition" => {
            for member in ["taskRoleArn", "executionRoleArn"] {
                if let Some(role) = input
                    .get(member)
                    .and_then(Node::as_str)
                    .filter(|it| !it.is_empty())
                {
                    add(role);
                }
            }
        }
        "RunTask" | "StartTask" | "CreateService" | "UpdateService" => {
            let of_revision = known.revision.map_or([None; 2], |(_, roles)| roles);
            let overrides = input.get("overrides");
            for (member, role) in ["taskRoleArn", "executionRoleArn"]
                .into_iter()
                .zip(of_revision)
            {
                let given = overrides
                    .and_then(|it| it.get(member))
                    .and_then(Node::as_str);
                if let Some(role) = given.or(role).filter(|it| !it.is_empty()) {
                    add(role);
                }
            }
        }
        _ => {}
    }
    roles
}

/// The same with the keys of the tags that a call sets.
fn tags(mut ask: Ask, input: &Node) -> Ask {
    let Some(Value::Array(tags)) = input.get("tags").map(|it| &it.value) else {
        return ask;
    };
    let mut keys = Vec::new();
    for tag in tags {
        let key = tag.get("key").and_then(Node::as_str).unwrap_or_default();
        let value = tag.get("value").and_then(Node::as_str).unwrap_or_default();
        ask = ask.with(&format!("aws:RequestTag/{key}"), value);
        keys.push(key.to_owned());
    }
    if !keys.is_empty() {
        ask.context = ask.context.with_all("aws:TagKeys", keys);
    }
    ask
}

fn iam(action: &str, name: &str, input: &Node) -> Ask {
    let text = |member: &str| input.get(member).and_then(Node::as_str);
    let arn = |kind: &str, name: &str| format!("arn:aws:iam::{ACCOUNT}:{kind}/{name}");
    let path = text("Path").unwrap_or("/").trim_start_matches('/');
    let resource = if let Some(role) = text("RoleName") {
        arn("role", &format!("{path}{role}"))
    } else if let Some(user) = text("UserName") {
        arn("user", &format!("{path}{user}"))
    } else if let Some(policy) = text("PolicyArn") {
        policy.to_owned()
    } else {
        arn(
            "policy",
            &format!("{path}{}", text("PolicyName").unwrap_or("*")),
        )
    };
    let mut ask = Ask::new(action, resource);
    if name.starts_with("Attach") || name.starts_with("Detach") {
        ask = ask.with("iam:PolicyARN", text("PolicyArn").unwrap_or_default());
    }
    if let Some(boundary) = text("PermissionsBoundary") {
        ask = ask.with("iam:PermissionsBoundary", boundary);
    }
    ask
}
