//! What an edit does, in the present tense, as the undo button names it.

use super::group_name;
#[allow(clippy::wildcard_imports, reason = "every call has its line here")]
use fargate_core::call::*;
use fargate_core::ids::{PrefixListId, SubnetId};
use fargate_core::world::World;

/// What an edit does, as the undo button names it: 'remove rule TCP 8080 from sg-web'.
pub(crate) fn edit(call: &Call, world: &World) -> String {
    /// Lines of a table: the words for the input of each action.
    macro_rules! words {
        ($($action:ident => $words:expr,)*) => {
            $(if let Some(input) = call.input::<$action>() {
                let words: fn(&$action, &World) -> String = $words;
                return words(input, world);
            })*
        };
    }
    words! {
        EnforcePermissions => |it, _| format!("switch permissions {}", if it.enforced { "on" } else { "off" }),
        ActAs => |it, _| format!("act as {}", it.principal_arn.as_deref().and_then(|it| it.rsplit('/').next()).unwrap_or("the root user")),
        PutServiceControlPolicy => |it, _| format!("change service control policy {}", it.policy_name),
        CreateRole => |it, _| format!("create role {}", it.role_name),
        UpdateAssumeRolePolicy => |it, _| format!("change who may assume {}", it.role_name),
        DeleteRole => |it, _| format!("delete role {}", it.role_name),
        AttachRolePolicy => |it, _| format!("attach {} to {}", last(&it.policy_arn), it.role_name),
        DetachRolePolicy => |it, _| format!("detach {} from {}", last(&it.policy_arn), it.role_name),
        PutRolePolicy => |it, _| format!("write policy {} of {}", it.policy_name, it.role_name),
        DeleteRolePolicy => |it, _| format!("delete policy {} of {}", it.policy_name, it.role_name),
        PutRolePermissionsBoundary => |it, _| format!("bound {} by {}", it.role_name, last(&it.permissions_boundary)),
        DeleteRolePermissionsBoundary => |it, _| format!("take the bound from {}", it.role_name),
        CreateUser => |it, _| format!("create user {}", it.user_name),
        DeleteUser => |it, _| format!("delete user {}", it.user_name),
        AttachUserPolicy => |it, _| format!("attach {} to {}", last(&it.policy_arn), it.user_name),
        DetachUserPolicy => |it, _| format!("detach {} from {}", last(&it.policy_arn), it.user_name),
        PutUserPolicy => |it, _| format!("write policy {} of {}", it.policy_name, it.user_name),
        DeleteUserPolicy => |it, _| format!("delete policy {} of {}", it.policy_name, it.user_name),
        PutUserPermissionsBoundary => |it, _| format!("bound {} by {}", it.user_name, last(&it.permissions_boundary)),
        DeleteUserPermissionsBoundary => |it, _| format!("take the bound from {}", it.user_name),
        CreatePolicy => |it, _| format!("create policy {}", it.policy_name),
        CreatePolicyVersion => |it, _| format!("change policy {}", last(&it.policy_arn)),
        DeletePolicy => |it, _| format!("delete policy {}", last(&it.policy_arn)),
        CreateVpc => |it, _| format!("make VPC {}", it.cidr_block),
        CreateSubnet => |it, _| {
            let name = TagSpecification::name_in(&it.tag_specifications);
            format!("add subnet {}", name.unwrap_or(&it.cidr_block))
        },
        CreateInternetGateway => |_, _| "make an internet gateway".to_owned(),
        AttachInternetGateway => |_, _| "attach the internet gateway".to_owned(),
        CreateRoute => |it, _| format!("add route {}", destination(&[&it.destination_cidr_block, &it.destination_ipv6_cidr_block], it.destination_prefix_list_id.as_ref())),
        ReplaceRoute => |it, _| format!("lead route {} elsewhere", destination(&[&it.destination_cidr_block, &it.destination_ipv6_cidr_block], it.destination_prefix_list_id.as_ref())),
        DeleteRoute => |it, _| format!("remove route {}", destination(&[&it.destination_cidr_block, &it.destination_ipv6_cidr_block], it.destination_prefix_list_id.as_ref())),
        CreateSecurityGroup => |it, _| format!("make group {}", it.group_name),
        AuthorizeSecurityGroupIngress => |it, world| {
            let group = group_name(&it.group_id, world);
            format!("add rule {} to {group}", ports(&it.ip_permissions))
        },
        RevokeSecurityGroupIngress => |it, world| {
            let group = group_name(&it.group_id, world);
            format!("remove rule {} from {group}", ports(&it.ip_permissions))
        },
        DeleteVpc => |it, _| format!("delete VPC {}", it.vpc_id),
        ModifyVpcAttribute => |it, _| match (&it.enable_dns_support, &it.enable_dns_hostnames) {
            (Some(it), _) => format!("switch DNS support {}", switched(it.value)),
            (None, Some(it)) => format!("switch DNS host names {}", switched(it.value)),
            (None, None) => "change the VPC".to_owned(),
        },
        AssociateVpcCidrBlock => |it, _| match &it.cidr_block {
            Some(block) => format!("give the VPC the block {block}"),
            None => "give the VPC an IPv6 block".to_owned(),
        },
        DeleteSubnet => |it, world| format!("delete subnet {}", subnet_name(&it.subnet_id, world)),
        ModifySubnetAttribute => |it, world| format!("change subnet {}", subnet_name(&it.subnet_id, world)),
        AssociateSubnetCidrBlock => |it, world| {
            let subnet = subnet_name(&it.subnet_id, world);
            format!("give {subnet} the block {}", it.ipv6_cidr_block)
        },
        CreateRouteTable => |_, _| "make a route table".to_owned(),
        DeleteRouteTable => |it, _| format!("delete route table {}", it.route_table_id),
        AssociateRouteTable => |it, world| format!("give {} a route table", subnet_name(&it.subnet_id, world)),
        DisassociateRouteTable => |_, _| "take a route table from a subnet".to_owned(),
        ReplaceRouteTableAssociation => |_, _| "change a subnet's route table".to_owned(),
        DeleteSecurityGroup => |it, world| format!("delete group {}", group_name(&it.group_id, world)),
        AuthorizeSecurityGroupEgress => |it, world| {
            let group = group_name(&it.group_id, world);
            format!("add outbound rule {} to {group}", ports(&it.ip_permissions))
        },
        RevokeSecurityGroupEgress => |it, world| {
            let group = group_name(&it.group_id, world);
            format!("remove outbound rule {} from {group}", ports(&it.ip_permissions))
        },
        CreateNetworkAcl => |_, _| "make a network ACL".to_owned(),
        DeleteNetworkAcl => |it, _| format!("delete network ACL {}", it.network_acl_id),
        CreateNetworkAclEntry => |it, _| format!("add ACL entry {}", it.rule_number),
        ReplaceNetworkAclEntry => |it, _| format!("replace ACL entry {}", it.rule_number),
        DeleteNetworkAclEntry => |it, _| format!("remove ACL entry {}", it.rule_number),
        ReplaceNetworkAclAssociation => |_, _| "change a subnet's network ACL".to_owned(),
        DetachInternetGateway => |_, _| "detach the internet gateway".to_owned(),
        DeleteInternetGateway => |_, _| "delete the internet gateway".to_owned(),
        CreateEgressOnlyInternetGateway => |_, _| "make an egress-only gateway".to_owned(),
        DeleteEgressOnlyInternetGateway => |_, _| "delete the egress-only gateway".to_owned(),
        ExecuteCommand => |it, _| format!("run {} in a container", it.command),
        PutRule => |it, _| format!("put rule {}", it.name),
        EnableRule => |it, _| format!("switch rule {} on", it.name),
        DisableRule => |it, _| format!("switch rule {} off", it.name),
        DeleteRule => |it, _| format!("delete rule {}", it.name),
        PutTargets => |it, _| format!("have rule {} start a task", it.rule),
        RemoveTargets => |it, _| format!("have rule {} start less", it.rule),
        CreateLogGroup => |it, _| format!("make log group {}", it.log_group_name),
        DeleteLogGroup => |it, _| format!("delete log group {}", it.log_group_name),
        PutRetentionPolicy => |it, _| format!("keep the lines of {} for {} days", it.log_group_name, it.retention_in_days),
        DeleteRetentionPolicy => |it, _| format!("keep the lines of {} for ever", it.log_group_name),
        PutLogForwarder => |it, _| {
            let what = if it.collector_down { "take the collector down of" } else { "put" };
            format!("{what} function {}", it.name)
        },
        PutSubscriptionFilter => |it, _| format!("send lines of {} on", it.log_group_name),
        DeleteSubscriptionFilter => |it, _| format!("no longer send lines of {} on", it.log_group_name),
        AllocateAddress => |_, _| "allocate an elastic address".to_owned(),
        ReleaseAddress => |_, _| "release an elastic address".to_owned(),
        CreateNatGateway => |it, world| format!("place a NAT gateway in {}", subnet_name(&it.subnet_id, world)),
        DeleteNatGateway => |_, _| "delete the NAT gateway".to_owned(),
        CreateVpcPeeringConnection => |_, _| "ask for a peering connection".to_owned(),
        AcceptVpcPeeringConnection => |_, _| "accept the peering connection".to_owned(),
        RejectVpcPeeringConnection => |_, _| "reject the peering connection".to_owned(),
        DeleteVpcPeeringConnection => |_, _| "delete the peering connection".to_owned(),
        CreateVpcEndpoint => |it, _| format!("make an endpoint for {}", short_service(&it.service_name)),
        ModifyVpcEndpoint => |_, _| "change an endpoint".to_owned(),
        DeleteVpcEndpoints => |_, _| "delete an endpoint".to_owned(),
        CreateManagedPrefixList => |it, _| format!("make prefix list {}", it.prefix_list_name),
        DeleteManagedPrefixList => |it, _| format!("delete prefix list {}", it.prefix_list_id),
        RunInstances => |it, _| match TagSpecification::name_in(&it.tag_specifications) {
            Some(name) => format!("run instance {name}"),
            None => "run an instance".to_owned(),
        },
        TerminateInstances => |_, _| "terminate an instance".to_owned(),
        ModifyNetworkInterfaceAttribute => |it, _| match it.source_dest_check {
            Some(_) => "change an interface's source/destination check".to_owned(),
            None => "change an interface's groups".to_owned(),
        },
        DeleteNetworkInterface => |_, _| "delete an interface".to_owned(),
        DetachNetworkInterface => |_, _| "detach an interface".to_owned(),
        AssociateAddress => |_, _| "associate an elastic address".to_owned(),
        DisassociateAddress => |_, _| "take an elastic address away".to_owned(),
        CreateDbSubnetGroup => |it, _| format!("make DB subnet group {}", it.name),
        DeleteDbSubnetGroup => |it, _| format!("delete DB subnet group {}", it.name),
        CreateDbInstance => |it, _| format!("make database {}", it.identifier),
        ModifyDbInstance => |it, _| format!("change the groups of database {}", it.identifier),
        DeleteDbInstance => |it, _| format!("delete database {}", it.identifier),
        CreateFileSystem => |_, _| "make a file system".to_owned(),
        DeleteFileSystem => |_, _| "delete the file system".to_owned(),
        CreateAccessPoint => |_, _| "make an access point".to_owned(),
        DeleteAccessPoint => |_, _| "delete an access point".to_owned(),
        CreateMountTarget => |it, world| format!("place a mount target in {}", subnet_name(&it.subnet_id, world)),
        ModifyMountTargetSecurityGroups => |_, _| "change a mount target's groups".to_owned(),
        DeleteMountTarget => |_, _| "delete a mount target".to_owned(),
        CreateLoadBalancer => |it, _| format!("make load balancer {}", it.name),
        DeleteLoadBalancer => |_, _| "delete the load balancer".to_owned(),
        ModifyLoadBalancerAttributes => |_, _| "change the load balancer".to_owned(),
        SetSecurityGroups => |_, _| "change the load balancer's groups".to_owned(),
        CreateListener => |it, _| format!("add listener {}:{}", it.protocol, it.port),
        DeleteListener => |_, _| "delete a listener".to_owned(),
        CreateTargetGroup => |it, _| format!("make target group {}", it.name),
        DeleteTargetGroup => |_, _| "delete the target group".to_owned(),
        ModifyTargetGroup => |_, _| "change the target group's health check".to_owned(),
        ModifyTargetGroupAttributes => |_, _| "change the target group".to_owned(),
        RegisterTargets => |it, _| format!("register {}", targets(&it.targets)),
        DeregisterTargets => |it, _| format!("deregister {}", targets(&it.targets)),
        CreateHostedZone => |it, _| format!("make private zone {}", it.name),
        DeleteHostedZone => |_, _| "delete a private zone".to_owned(),
        AssociateVpcWithHostedZone => |_, _| "tell another VPC a private zone".to_owned(),
        ChangeResourceRecordSets => |it, _| match it.change_batch.changes.first() {
            Some(change) => format!("change the name {}", change.record.name),
            None => "change private names".to_owned(),
        },
        CreatePrivateDnsNamespace => |it, _| format!("make namespace {}", it.name),
        DeleteNamespace => |_, _| "delete a namespace".to_owned(),
        CreateDiscoveryService => |it, _| format!("make discovery service {}", it.name),
        DeleteDiscoveryService => |_, _| "delete a discovery service".to_owned(),
        RegisterInstance => |it, _| format!("register {}", it.instance_id),
        DeregisterInstance => |it, _| format!("deregister {}", it.instance_id),
        PutHost => |it, _| match it.address {
            Some(_) => format!("put host {} on the Internet", it.name),
            None => format!("take host {} away", it.name),
        },
        CreateRepository => |it, _| format!("make repository {}", it.repository_name),
        DeleteRepository => |it, _| format!("delete repository {}", it.repository_name),
        PutImageTagMutability => |it, _| format!("change the tags of {}", it.repository_name),
        BatchDeleteImage => |it, _| format!("delete images of {}", it.repository_name),
        CreateSecret => |it, _| format!("make secret {}", it.name),
        PutSecretValue => |_, _| "give a secret another value".to_owned(),
        DeleteSecret => |_, _| "delete a secret".to_owned(),
        RestoreSecret => |_, _| "restore a secret".to_owned(),
        PutParameter => |it, _| format!("put parameter {}", it.name),
        DeleteParameter => |it, _| format!("delete parameter {}", it.name),
        CreateBucket => |it, _| format!("make bucket {}", it.bucket),
        DeleteBucket => |it, _| format!("delete bucket {}", it.bucket),
        PutObject => |it, _| format!("put file {}", it.key),
        DeleteObject => |it, _| format!("delete file {}", it.key),
        CreateLogGroup => |it, _| format!("make log group {}", it.log_group_name),
        DeleteLogGroup => |it, _| format!("delete log group {}", it.log_group_name),
        PutRepository => |it, _| format!("put repository {}", it.repository),
        TakeRepository => |it, _| format!("take repository {} away", it.repository),
        PushImage => |it, _| format!("push {}", it.image),
        SetPresumed => |_, _| "change what is presumed to be there".to_owned(),
        RegisterTaskDefinition => |it, _| {
            let family = it.definition.text_of("family");
            format!("register {}", family.as_deref().unwrap_or("?"))
        },
        DeregisterTaskDefinition => |it, _| format!("deregister {}", last(&it.task_definition)),
        DeleteTaskDefinitions => |it, _| format!("delete {}", it.task_definitions.iter().map(|it| last(it)).collect::<Vec<_>>().join(", ")),
        DescribeTaskDefinition => |_, _| "describe a task definition".to_owned(),
        ListTaskDefinitions => |_, _| "list task definitions".to_owned(),
        ListTaskDefinitionFamilies => |_, _| "list task definition families".to_owned(),
        PutAccountSetting => |it, _| format!("set {} to {}", it.name, it.value),
        PutAccountSettingDefault => |it, _| format!("set {} to {}", it.name, it.value),
        RunTask => |it, _| format!("run {}", it.task_definition),
        StopTask => |it, world| match world.tasks().get(&it.task) {
            Some(task) => format!("stop {} {}", task.revision, it.task.short()),
            None => format!("stop task {}", it.task.short()),
        },
        StartTask => |it, _| format!("start {}", it.task_definition),
        DescribeTasks => |_, _| "describe tasks".to_owned(),
        ListTasks => |_, _| "list tasks".to_owned(),
        DescribeClusters => |_, _| "describe clusters".to_owned(),
        ListClusters => |_, _| "list clusters".to_owned(),
        CreateCluster => |it, _| format!("create cluster {}", it.cluster_name.as_deref().unwrap_or("default")),
        DeleteCluster => |it, _| format!("delete cluster {}", last(&it.cluster)),
        CreateService => |it, _| format!("create service {}", it.service_name),
        UpdateService => |it, _| match (it.desired_count, &it.task_definition) {
            (Some(count), None) => format!("scale service {} to {count}", last(&it.service)),
            (None, Some(definition)) => format!("roll {definition} out to service {}", last(&it.service)),
            _ => format!("update service {}", last(&it.service)),
        },
        DeleteService => |it, _| format!("delete service {}", last(&it.service)),
        DescribeServices => |_, _| "describe services".to_owned(),
        ListServices => |_, _| "list services".to_owned(),
        PutClusterCapacityProviders => |_, _| "set the cluster's capacity providers".to_owned(),
        SetLimits => |it, _| limits(it),
        SetPace => |_, _| "set the pace of tasks".to_owned(),
        SetSpotCapacity => |it, _| if it.available {
            "give Fargate Spot capacity".to_owned()
        } else {
            "take Fargate Spot's capacity".to_owned()
        },
        InterruptTask => |it, _| format!("interrupt task {}", it.task.short()),
        RetireTask => |it, _| format!("retire task {}", it.task.short()),
        SetInterfaceProvisioning => |it, _| if it.available {
            "have interfaces attached".to_owned()
        } else {
            "leave interfaces unattached".to_owned()
        },
        SetDemand => |it, _| format!("set the demand of {}", it.container),
        ClearDemand => |it, _| format!("give back the demand of {}", it.container),
        PutImage => |it, _| match it.behaviour {
            Some(_) => format!("say what {} does", it.image),
            None => format!("take back what {} does", it.image),
        },
        SetAsOf => |it, _| format!("use the rules of {}", it.date),
        SendRequests => |it, _| format!("send {} requests", it.count),
        SetTraffic => |it, _| match it.rate_tenths {
            0 => "end the traffic".to_owned(),
            _ => "set the traffic".to_owned(),
        },
    }
    call.action().to_owned()
}

fn targets(all: &[TargetDescription]) -> String {
    let ids: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
    ids.join(", ")
}

fn switched(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// The name at the end of an ARN.
fn last(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

fn destination<'a>(blocks: &[&'a Option<String>], list: Option<&'a PrefixListId>) -> &'a str {
    let mut blocks = blocks.iter().filter_map(|block| block.as_deref());
    let block = blocks.next();
    block.or(list.map(PrefixListId::as_str)).unwrap_or("?")
}

fn subnet_name(id: &SubnetId, world: &World) -> String {
    let subnet = world.network().subnets.get(id);
    subnet.map_or_else(|| id.to_string(), |subnet| subnet.title().to_owned())
}

/// `s3` for `com.amazonaws.us-east-1.s3`.
fn short_service(name: &str) -> &str {
    name.strip_prefix("com.amazonaws.us-east-1.")
        .unwrap_or(name)
}

fn ports(permissions: &[IpPermission]) -> String {
    let one = |permission: &IpPermission| match (permission.from_port, permission.to_port) {
        (Some(from), Some(to)) if from == to => {
            format!("{} {from}", permission.ip_protocol.to_ascii_uppercase())
        }
        (Some(from), Some(to)) => format!(
            "{} {from}-{to}",
            permission.ip_protocol.to_ascii_uppercase()
        ),
        _ => "all traffic".to_owned(),
    };
    permissions.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// 'switch quotas on', or what else is said of the account's limits.
fn limits(it: &SetLimits) -> String {
    match (
        it.quotas,
        it.throttling,
        it.fargate_vcpus,
        it.fargate_spot_vcpus,
    ) {
        (Some(on), None, None, None) => format!("switch quotas {}", switched(on)),
        (None, Some(on), None, None) => format!("switch throttling {}", switched(on)),
        (None, None, Some(most), None) => format!("set the quota to {most} vCPUs"),
        (None, None, None, Some(most)) => format!("set Spot's quota to {most} vCPUs"),
        _ => "set the account's limits".to_owned(),
    }
}
