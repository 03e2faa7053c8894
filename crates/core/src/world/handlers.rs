//! Handlers: for each action, what answers it. Adding an action is a line here and one in `call`.

use super::{Due, Timer, World};
#[allow(clippy::wildcard_imports, reason = "every call has its line here")]
use crate::call::*;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::iam;
use crate::network::{self, Network};
use crate::observe::bridge::{self, Rules};
use crate::observe::{self, Here, LogGroups};
use crate::stores::{self, Stores};
use crate::task::Launch;
use crate::{task, traffic, workload};
use std::sync::Arc;

/// Answers a call on a draft of the world, which is thrown away where it refuses.
pub(super) type Handler = fn(&mut World, &Call, Cause, &mut Vec<Event>) -> Result<Reply, ApiError>;

/// The actions that a world answers, each with its handler.
#[derive(Clone, Copy, Debug)]
pub struct Handlers(&'static [&'static [(&'static str, Handler)]]);

impl Handlers {
    /// Those of the scenario that a first visitor sees, and of its one button.
    pub const FIRST_GLANCE: Self = Self(&[FIRST_GLANCE]);
    /// All. Named where they are wanted, so that a page can be built that loads them later.
    pub const ALL: Self = Self(&[FIRST_GLANCE, FURTHER]);

    /// What answers an action.
    pub(super) fn of(self, action: &str) -> Option<Handler> {
        let mut all = self.0.iter().flat_map(|handlers| handlers.iter());
        all.find(|(name, _)| *name == action)
            .map(|(_, handler)| *handler)
    }

    /// The actions that are answered.
    pub fn actions(self) -> impl Iterator<Item = &'static str> {
        let all = self.0.iter().flat_map(|handlers| handlers.iter());
        all.map(|(name, _)| *name)
    }
}

/// Lines of a table: an action, and what answers it; `network` where that needs no more than the network, `groups`
/// and `rules` where it is about log groups and rules.
macro_rules! handlers {
    ($($how:ident $input:ident => $answer:expr,)*) => {
        &[$(($input::NAME, |world, call, cause, log| {
            let input = input_of::<$input>(call)?;
            handlers!(@$how world, input, cause, log, $answer)
        })),*]
    };
    (@network $world:ident, $input:ident, $cause:ident, $log:ident, $answer:expr) => {
        $world.network_call($cause, $log, |network, step| $answer(network, $input, step))
    };
    (@iam $world:ident, $input:ident, $cause:ident, $log:ident, $answer:expr) => {
        $world.iam_call($cause, $log, |account, step| $answer(account, $input, step))
    };
    (@stores $world:ident, $input:ident, $cause:ident, $log:ident, $answer:expr) => {
        $world.stores_call($cause, $log, |stores, step| $answer(stores, $input, step))
    };
    (@groups $world:ident, $input:ident, $cause:ident, $log:ident, $answer:expr) => {
        $world.groups_call($cause, $log, |groups, here, step| $answer(groups, here, $input, step))
    };
    (@rules $world:ident, $input:ident, $cause:ident, $log:ident, $answer:expr) => {
        $world.rules_call($cause, $log, |rules, step| $answer(rules, $input, step))
    };
    (@world $world:ident, $input:ident, $cause:ident, $log:ident, $answer:expr) => {
        $answer($world, $input, $cause, $log)
    };
}

const FIRST_GLANCE: &[(&str, Handler)] = handlers! {
    network CreateVpc => network::create_vpc,
    network CreateSubnet => network::create_subnet,
    network CreateInternetGateway => network::create_internet_gateway,
    network AttachInternetGateway => network::attach_internet_gateway,
    network CreateRoute => network::create_route,
    network CreateSecurityGroup => network::create_security_group,
    network AuthorizeSecurityGroupIngress => network::authorize_ingress,
    world RegisterTaskDefinition => World::register,
    world RunTask => World::run_task,
    world SetTraffic => World::set_traffic,
    world SendRequests => World::send_requests,
};

const FURTHER: &[(&str, Handler)] = handlers! {
    network DeleteVpc => network::delete_vpc,
    network ModifyVpcAttribute => network::modify_vpc_attribute,
    network AssociateVpcCidrBlock => network::associate_vpc_cidr_block,
    network DeleteSubnet => network::delete_subnet,
    network ModifySubnetAttribute => network::modify_subnet_attribute,
    network AssociateSubnetCidrBlock => network::associate_subnet_cidr_block,
    network CreateRouteTable => network::create_route_table,
    network DeleteRouteTable => network::delete_route_table,
    network AssociateRouteTable => network::associate_route_table,
    network DisassociateRouteTable => network::disassociate_route_table,
    network ReplaceRouteTableAssociation => network::replace_route_table_association,
    network ReplaceRoute => network::replace_route,
    network DeleteRoute => network::delete_route,
    network DeleteSecurityGroup => network::delete_security_group,
    network RevokeSecurityGroupIngress => network::revoke_ingress,
    network AuthorizeSecurityGroupEgress => network::authorize_egress,
    network RevokeSecurityGroupEgress => network::revoke_egress,
    network CreateNetworkAcl => network::create_network_acl,
    network DeleteNetworkAcl => network::delete_network_acl,
    network CreateNetworkAclEntry => network::create_network_acl_entry,
    network ReplaceNetworkAclEntry => network::replace_network_acl_entry,
    network DeleteNetworkAclEntry => network::delete_network_acl_entry,
    network ReplaceNetworkAclAssociation => network::replace_network_acl_association,
    network DetachInternetGateway => network::detach_internet_gateway,
    network DeleteInternetGateway => network::delete_internet_gateway,
    network CreateEgressOnlyInternetGateway => network::create_egress_only_internet_gateway,
    network DeleteEgressOnlyInternetGateway => network::delete_egress_only_internet_gateway,
    network AllocateAddress => network::allocate_address,
    network ReleaseAddress => network::release_address,
    network CreateNatGateway => network::create_nat_gateway,
    network DeleteNatGateway => network::delete_nat_gateway,
    network CreateVpcPeeringConnection => network::create_vpc_peering_connection,
    network AcceptVpcPeeringConnection => network::accept_vpc_peering_connection,
    network RejectVpcPeeringConnection => network::reject_vpc_peering_connection,
    network DeleteVpcPeeringConnection => network::delete_vpc_peering_connection,
    world CreateVpcEndpoint => World::create_vpc_endpoint,
    world ModifyVpcEndpoint => World::modify_vpc_endpoint,
    network DeleteVpcEndpoints => network::delete_vpc_endpoints,
    network CreateManagedPrefixList => network::create_managed_prefix_list,
    network DeleteManagedPrefixList => network::delete_managed_prefix_list,
    network RunInstances => network::run_instances,
    network TerminateInstances => network::terminate_instances,
    network ModifyNetworkInterfaceAttribute => network::modify_network_interface_attribute,
    network DeleteNetworkInterface => network::delete_network_interface,
    network DetachNetworkInterface => network::detach_network_interface,
    network AssociateAddress => network::associate_address,
    network DisassociateAddress => network::disassociate_address,
    network CreateDbSubnetGroup => network::create_db_subnet_group,
    network DeleteDbSubnetGroup => network::delete_db_subnet_group,
    network CreateDbInstance => network::create_db_instance,
    network ModifyDbInstance => network::modify_db_instance,
    network DeleteDbInstance => network::delete_db_instance,
    network CreateFileSystem => network::create_file_system,
    network DeleteFileSystem => network::delete_file_system,
    network CreateAccessPoint => network::create_access_point,
    network DeleteAccessPoint => network::delete_access_point,
    network CreateMountTarget => network::create_mount_target,
    network ModifyMountTargetSecurityGroups => network::modify_mount_target_security_groups,
    network DeleteMountTarget => network::delete_mount_target,
    network CreateLoadBalancer => network::create_load_balancer,
    network DeleteLoadBalancer => network::delete_load_balancer,
    network ModifyLoadBalancerAttributes => network::modify_load_balancer_attributes,
    network SetSecurityGroups => network::set_security_groups,
    network CreateListener => network::create_listener,
    network DeleteListener => network::delete_listener,
    network CreateTargetGroup => network::create_target_group,
    network DeleteTargetGroup => network::delete_target_group,
    network ModifyTargetGroup => network::modify_target_group,
    network ModifyTargetGroupAttributes => network::modify_target_group_attributes,
    network RegisterTargets => network::register_targets,
    network DeregisterTargets => network::deregister_targets,
    network CreateHostedZone => network::create_hosted_zone,
    network DeleteHostedZone => network::delete_hosted_zone,
    network AssociateVpcWithHostedZone => network::associate_vpc_with_hosted_zone,
    network ChangeResourceRecordSets => network::change_resource_record_sets,
    network CreatePrivateDnsNamespace => network::create_private_dns_namespace,
    network DeleteNamespace => network::delete_namespace,
    network CreateDiscoveryService => network::create_discovery_service,
    network DeleteDiscoveryService => network::delete_discovery_service,
    network RegisterInstance => network::register_instance,
    network DeregisterInstance => network::deregister_instance,
    network PutHost => network::put_host,
    world EnforcePermissions => World::enforce_permissions,
    iam ActAs => iam::act_as,
    iam PutServiceControlPolicy => iam::put_service_control_policy,
    iam CreateRole => iam::create_role,
    iam UpdateAssumeRolePolicy => iam::update_assume_role_policy,
    iam DeleteRole => iam::delete_role,
    iam AttachRolePolicy => iam::attach_role_policy,
    iam DetachRolePolicy => iam::detach_role_policy,
    iam PutRolePolicy => iam::put_role_policy,
    iam DeleteRolePolicy => iam::delete_role_policy,
    iam PutRolePermissionsBoundary => iam::put_role_permissions_boundary,
    iam DeleteRolePermissionsBoundary => iam::delete_role_permissions_boundary,
    iam CreateUser => iam::create_user,
    iam DeleteUser => iam::delete_user,
    iam AttachUserPolicy => iam::attach_user_policy,
    iam DetachUserPolicy => iam::detach_user_policy,
    iam PutUserPolicy => iam::put_user_policy,
    iam DeleteUserPolicy => iam::delete_user_policy,
    iam PutUserPermissionsBoundary => iam::put_user_permissions_boundary,
    iam DeleteUserPermissionsBoundary => iam::delete_user_permissions_boundary,
    iam CreatePolicy => iam::create_policy,
    iam CreatePolicyVersion => iam::create_policy_version,
    iam DeletePolicy => iam::delete_policy,
    stores CreateRepository => stores::create_repository,
    stores DeleteRepository => stores::delete_repository,
    stores PutImageTagMutability => stores::put_image_tag_mutability,
    stores BatchDeleteImage => stores::batch_delete_image,
    world CreateSecret => World::create_secret,
    stores PutSecretValue => stores::put_secret_value,
    stores DeleteSecret => stores::delete_secret,
    stores RestoreSecret => stores::restore_secret,
    world PutParameter => World::put_parameter,
    stores DeleteParameter => stores::delete_parameter,
    stores CreateBucket => stores::create_bucket,
    stores DeleteBucket => stores::delete_bucket,
    stores PutObject => stores::put_object,
    stores DeleteObject => stores::delete_object,
    stores PutRepository => stores::put_repository,
    stores TakeRepository => stores::take_repository,
    stores PushImage => stores::push_image,
    stores SetPresumed => stores::set_presumed,
    world ExecuteCommand => World::execute_command,
    rules PutRule => bridge::put_rule,
    rules EnableRule => bridge::enable_rule,
    rules DisableRule => bridge::disable_rule,
    rules DeleteRule => bridge::delete_rule,
    rules PutTargets => bridge::put_targets,
    rules RemoveTargets => bridge::remove_targets,
    groups PutLogForwarder => |groups, _, input, step| observe::put_log_forwarder(groups, input, step),
    groups CreateLogGroup => observe::create_log_group,
    groups DeleteLogGroup => observe::delete_log_group,
    groups PutRetentionPolicy => observe::put_retention_policy,
    groups DeleteRetentionPolicy => observe::delete_retention_policy,
    groups PutSubscriptionFilter => observe::put_subscription_filter,
    groups DeleteSubscriptionFilter => observe::delete_subscription_filter,
    world StopTask => World::stop_task,
    world StartTask => World::start_task,
    world DeregisterTaskDefinition => World::deregister_task_definition,
    world DeleteTaskDefinitions => World::delete_task_definitions,
    world DescribeTaskDefinition => World::describe_task_definition,
    world ListTaskDefinitions => World::list_task_definitions,
    world ListTaskDefinitionFamilies => World::list_task_definition_families,
    world PutAccountSetting => |world: &mut World, it: &PutAccountSetting, cause, log| world.put_account_setting(&it.name, &it.value, cause, log),
    world PutAccountSettingDefault => |world: &mut World, it: &PutAccountSettingDefault, cause, log| world.put_account_setting(&it.name, &it.value, cause, log),
    world DescribeTasks => World::describe_tasks,
    world ListTasks => World::list_tasks,
    world DescribeClusters => World::describe_clusters,
    world ListClusters => World::list_clusters,
    world CreateCluster => World::create_cluster,
    world DeleteCluster => World::delete_cluster,
    world PutClusterCapacityProviders => World::put_cluster_capacity_providers,
    world CreateService => World::create_service,
    world UpdateService => World::update_service,
    world DeleteService => World::delete_service,
    world DescribeServices => World::describe_services,
    world ListServices => World::list_services,
    world SetLimits => World::set_limits,
    world SetPace => World::set_pace,
    world SetSpotCapacity => World::set_spot_capacity,
    world InterruptTask => World::interrupt_task,
    world RetireTask => World::retire_task,
    world SetInterfaceProvisioning => World::set_interface_provisioning,
    world SetDemand => World::set_demand,
    world ClearDemand => World::clear_demand,
    world PutImage => World::put_image,
    world SetAsOf => World::set_as_of,
};

/// The input of a call that was found by its action.
fn input_of<T: Action>(call: &Call) -> Result<&T, ApiError> {
    call.input().ok_or_else(|| {
        ApiError::new(
            "InvalidParameterValue",
            format!("{} takes another input.", T::NAME),
            "Write the call anew.",
        )
    })
}

impl World {
    pub(super) fn network_call(
        &mut self,
        cause: Cause,
        log: &mut Vec<Event>,
        answer: impl FnOnce(&mut Network, &mut Step<'_>) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let before = self.events;
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let reply = answer(&mut self.network, &mut step);
        let later = step.take_later();
        self.remember(later, cause, before);
        reply
    }

    pub(super) fn stores_call(
        &mut self,
        cause: Cause,
        log: &mut Vec<Event>,
        answer: impl FnOnce(&mut Stores, &mut Step<'_>) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        answer(Arc::make_mut(&mut self.stores), &mut step)
    }

    /// A call about rules. A rule that it changed waits for its next time.
    fn rules_call(
        &mut self,
        cause: Cause,
        log: &mut Vec<Event>,
        answer: impl FnOnce(&mut Rules, &mut Step<'_>) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let before: Vec<(String, u32)> = self.rule_versions();
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let reply = answer(&mut self.observe.rules, &mut step)?;
        for (name, version) in self.rule_versions() {
            if !before.contains(&(name.clone(), version)) {
                self.set_time(&name, cause);
            }
        }
        Ok(reply)
    }

    fn rule_versions(&self) -> Vec<(String, u32)> {
        let all = self.observe.rules.all();
        all.map(|it| (it.name.to_string(), it.version)).collect()
    }

    fn groups_call(
        &mut self,
        cause: Cause,
        log: &mut Vec<Event>,
        answer: impl FnOnce(&mut LogGroups, &mut Here<'_>, &mut Step<'_>) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let mut here = Here {
            there: &mut Arc::make_mut(&mut self.stores).log_groups,
            revisions: &self.revisions,
        };
        answer(&mut self.observe.groups, &mut here, &mut step)
    }

    pub(super) fn run_task(
        &mut self,
        input: &RunTask,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let launch = (self.settings.authority.plan)(self, input, cause, log)?;
        Ok(self.launch(&launch, cause, log))
    }

    /// Starts tasks that were decided on.
    pub(super) fn launch(&mut self, launch: &Launch, cause: Cause, log: &mut Vec<Event>) -> Reply {
        let before = self.events;
        let mut reply = Reply::Done;
        let (images, catalogue) = (self.images.clone(), self.settings.authority.catalogue);
        let does = |image: &str| {
            let said = workload::said_of(image, &images);
            said.unwrap_or_else(|| Arc::new(catalogue(image)))
        };
        let later = self.with_parts(cause, log, |parts, step| {
            reply = task::launch(parts, launch, &does, step);
        });
        self.schedule(later, cause, before);
        reply
    }

    fn stop_task(
        &mut self,
        input: &StopTask,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let before = self.events;
        let mut reply = Ok(Reply::Done);
        let later = self.with_parts(cause, log, |parts, step| {
            reply = task::stop_task(parts, input, step);
        });
        self.schedule(later, cause, before);
        reply
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "every call answers in the same way"
    )]
    fn set_as_of(
        &mut self,
        input: &SetAsOf,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        self.as_of = input.date;
        self.log(Fact::AsOf { date: input.date }, cause, log);
        Ok(Reply::Done)
    }

    fn send_requests(
        &mut self,
        input: &SendRequests,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let ends = traffic::Ends {
            network: &self.network,
            tasks: &self.tasks,
            ways: self.settings.authority.ways,
        };
        let stream = traffic::send_requests(&mut self.traffic, &ends, input, &mut step)?;
        self.begin_stream(stream, cause);
        Ok(Reply::Done)
    }

    fn set_traffic(
        &mut self,
        input: &SetTraffic,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let ends = traffic::Ends {
            network: &self.network,
            tasks: &self.tasks,
            ways: self.settings.authority.ways,
        };
        let stream = traffic::set_traffic(&mut self.traffic, &ends, input, &mut step)?;
        if let Some(stream) = stream {
            self.begin_stream(stream, cause);
        }
        Ok(Reply::Done)
    }

    fn begin_stream(&mut self, stream: u64, cause: Cause) {
        let due = Due::Request(stream);
        self.queue.push(self.now, Timer { due, cause });
    }
}
