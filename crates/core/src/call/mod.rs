//! Calls: everything that can be asked of the simulated account, in the AWS API's own shape.
//!
//! A document is a list of timed calls. Each is saved as `{"action": "ecs:RunTask", "input": {…}}`, where the input is
//! what AWS's API takes; the `playground` service has the few that AWS has no API for.
//!
//! An input is a structure in a [`wire!`](macro@crate::wire) table, which says how JSON calls its members, and a line in
//! `calls!` below, which says its action. What it does to the account says `world/handlers.rs`.

mod definitions;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod elbv2;
mod ends;
mod events;
mod exec;
mod forwarder;
mod hidden;
mod iam;
mod logs;
mod playground;
mod rds;
mod registries;
mod route53;
mod run_options;
mod s3;
mod secrets;
mod servicediscovery;
mod services;
mod tasks;
mod upkeep;

pub use definitions::*;
pub use ec2::*;
pub use ecr::*;
pub use ecs::{
    AssignPublicIp, AwsvpcConfiguration, LaunchType, NetworkConfiguration, RegisterTaskDefinition,
    RunTask, StopTask,
};
pub use efs::*;
pub use elbv2::*;
pub use ends::{TrafficSource, TrafficTarget};
pub use events::*;
pub use exec::*;
pub use forwarder::*;
pub use hidden::Hidden;
pub use iam::*;
pub use logs::*;
pub use playground::{
    ClearDemand, InterruptTask, PaceName, PutHost, PutImage, SendRequests, SetAsOf, SetDemand,
    SetLimits, SetPace, SetSpotCapacity, SetTraffic,
};
pub use rds::*;
pub use registries::*;
pub use route53::*;
pub use run_options::*;
pub use s3::*;
pub use secrets::*;
pub use servicediscovery::*;
pub use services::*;
pub use tasks::*;
pub use upkeep::*;

use crate::text::Node;
use crate::wire::{FromJson, MISSING, Misfits, Others, Slot, ToJson, Writer, print};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// What an action is asked with: a type whose name in JSON is known.
pub trait Action: FromJson + Input {
    /// Service and action, such as `ecs:RunTask`.
    const NAME: &'static str;
}

/// The input of any action.
pub trait Input: ToJson + fmt::Debug + Any + Send + Sync {}

impl<T: ToJson + fmt::Debug + Any + Send + Sync> Input for T {}

/// One request to the simulated account: an action with its input.
///
/// The input hides its type, so that a program holds only the code of those actions that it names.
#[derive(Clone, Debug)]
pub struct Call {
    action: &'static str,
    input: Arc<dyn Input>,
}

impl Call {
    /// Service and action, such as `ecs:RunTask`.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// The input, where the call is of that action.
    pub fn input<T: Action>(&self) -> Option<&T> {
        (&*self.input as &dyn Any).downcast_ref()
    }

    /// The input as JSON without blanks, as AWS's command line takes it.
    pub fn input_json(&self) -> String {
        let mut out = Writer::default();
        self.input.write(&mut out);
        out.finish()
    }

    /// Every service and action that a call can have.
    pub fn actions() -> impl Iterator<Item = &'static str> {
        READERS.iter().map(|(action, _)| *action)
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.action == other.action && print(self) == print(other)
    }
}

impl Eq for Call {}

impl<T: Action> From<T> for Call {
    fn from(input: T) -> Self {
        Self {
            action: T::NAME,
            input: Arc::new(input),
        }
    }
}

impl ToJson for Call {
    fn write(&self, out: &mut Writer) {
        let input: &dyn ToJson = &*self.input;
        out.open('{');
        out.member("action", &self.action);
        out.member("input", input);
        out.close('}');
    }
}

impl FromJson for Call {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        const SLOTS: &[Slot] = &[("action", true), ("input", true)];
        let members = misfits.members(node, SLOTS, Others::Ignored);
        let action = members.get("action");
        let name = misfits.text(action);
        let found = READERS.iter().find(|(known, _)| *known == name);
        let Some((_, read)) = found else {
            misfits.wrong(
                action,
                "an action that this version knows, such as \"ecs:RunTask\"",
            );
            return READERS[0].1(&MISSING, misfits);
        };
        read(members.get("input"), misfits)
    }
}

macro_rules! calls {
    ($($action:literal $name:ident)*) => {
        $(impl Action for $name {
            const NAME: &'static str = $action;
        })*

        /// How the input of each action is read.
        const READERS: &[(&str, fn(&Node, &mut Misfits) -> Call)] = &[$(
            ($action, |input, misfits| $name::read(input, misfits).into()),
        )*];
    };
}

calls! {
    "ec2:CreateVpc" CreateVpc
    "ec2:CreateSubnet" CreateSubnet
    "ec2:CreateInternetGateway" CreateInternetGateway
    "ec2:AttachInternetGateway" AttachInternetGateway
    "ec2:CreateRoute" CreateRoute
    "ec2:DeleteRoute" DeleteRoute
    "ec2:CreateSecurityGroup" CreateSecurityGroup
    "ec2:AuthorizeSecurityGroupIngress" AuthorizeSecurityGroupIngress
    "ec2:RevokeSecurityGroupIngress" RevokeSecurityGroupIngress
    "ec2:DeleteVpc" DeleteVpc
    "ec2:ModifyVpcAttribute" ModifyVpcAttribute
    "ec2:AssociateVpcCidrBlock" AssociateVpcCidrBlock
    "ec2:DeleteSubnet" DeleteSubnet
    "ec2:ModifySubnetAttribute" ModifySubnetAttribute
    "ec2:AssociateSubnetCidrBlock" AssociateSubnetCidrBlock
    "ec2:CreateRouteTable" CreateRouteTable
    "ec2:DeleteRouteTable" DeleteRouteTable
    "ec2:AssociateRouteTable" AssociateRouteTable
    "ec2:DisassociateRouteTable" DisassociateRouteTable
    "ec2:ReplaceRouteTableAssociation" ReplaceRouteTableAssociation
    "ec2:ReplaceRoute" ReplaceRoute
    "ec2:DeleteSecurityGroup" DeleteSecurityGroup
    "ec2:AuthorizeSecurityGroupEgress" AuthorizeSecurityGroupEgress
    "ec2:RevokeSecurityGroupEgress" RevokeSecurityGroupEgress
    "ec2:CreateNetworkAcl" CreateNetworkAcl
    "ec2:DeleteNetworkAcl" DeleteNetworkAcl
    "ec2:CreateNetworkAclEntry" CreateNetworkAclEntry
    "ec2:ReplaceNetworkAclEntry" ReplaceNetworkAclEntry
    "ec2:DeleteNetworkAclEntry" DeleteNetworkAclEntry
    "ec2:ReplaceNetworkAclAssociation" ReplaceNetworkAclAssociation
    "ec2:DetachInternetGateway" DetachInternetGateway
    "ec2:DeleteInternetGateway" DeleteInternetGateway
    "ec2:CreateEgressOnlyInternetGateway" CreateEgressOnlyInternetGateway
    "ec2:DeleteEgressOnlyInternetGateway" DeleteEgressOnlyInternetGateway
    "ec2:AllocateAddress" AllocateAddress
    "ec2:ReleaseAddress" ReleaseAddress
    "ec2:CreateNatGateway" CreateNatGateway
    "ec2:DeleteNatGateway" DeleteNatGateway
    "ec2:CreateVpcPeeringConnection" CreateVpcPeeringConnection
    "ec2:AcceptVpcPeeringConnection" AcceptVpcPeeringConnection
    "ec2:RejectVpcPeeringConnection" RejectVpcPeeringConnection
    "ec2:DeleteVpcPeeringConnection" DeleteVpcPeeringConnection
    "ec2:CreateVpcEndpoint" CreateVpcEndpoint
    "ec2:ModifyVpcEndpoint" ModifyVpcEndpoint
    "ec2:DeleteVpcEndpoints" DeleteVpcEndpoints
    "ec2:CreateManagedPrefixList" CreateManagedPrefixList
    "ec2:DeleteManagedPrefixList" DeleteManagedPrefixList
    "ec2:RunInstances" RunInstances
    "ec2:TerminateInstances" TerminateInstances
    "ec2:ModifyNetworkInterfaceAttribute" ModifyNetworkInterfaceAttribute
    "ec2:DeleteNetworkInterface" DeleteNetworkInterface
    "ec2:DetachNetworkInterface" DetachNetworkInterface
    "ec2:AssociateAddress" AssociateAddress
    "ec2:DisassociateAddress" DisassociateAddress
    "rds:CreateDBSubnetGroup" CreateDbSubnetGroup
    "rds:DeleteDBSubnetGroup" DeleteDbSubnetGroup
    "rds:CreateDBInstance" CreateDbInstance
    "rds:ModifyDBInstance" ModifyDbInstance
    "rds:DeleteDBInstance" DeleteDbInstance
    "efs:CreateFileSystem" CreateFileSystem
    "efs:DeleteFileSystem" DeleteFileSystem
    "efs:CreateAccessPoint" CreateAccessPoint
    "efs:DeleteAccessPoint" DeleteAccessPoint
    "efs:CreateMountTarget" CreateMountTarget
    "efs:ModifyMountTargetSecurityGroups" ModifyMountTargetSecurityGroups
    "efs:DeleteMountTarget" DeleteMountTarget
    "elbv2:CreateLoadBalancer" CreateLoadBalancer
    "elbv2:DeleteLoadBalancer" DeleteLoadBalancer
    "elbv2:ModifyLoadBalancerAttributes" ModifyLoadBalancerAttributes
    "elbv2:SetSecurityGroups" SetSecurityGroups
    "elbv2:CreateListener" CreateListener
    "elbv2:DeleteListener" DeleteListener
    "elbv2:CreateTargetGroup" CreateTargetGroup
    "elbv2:DeleteTargetGroup" DeleteTargetGroup
    "elbv2:ModifyTargetGroup" ModifyTargetGroup
    "elbv2:ModifyTargetGroupAttributes" ModifyTargetGroupAttributes
    "elbv2:RegisterTargets" RegisterTargets
    "elbv2:DeregisterTargets" DeregisterTargets
    "route53:CreateHostedZone" CreateHostedZone
    "route53:DeleteHostedZone" DeleteHostedZone
    "route53:AssociateVPCWithHostedZone" AssociateVpcWithHostedZone
    "route53:ChangeResourceRecordSets" ChangeResourceRecordSets
    "servicediscovery:CreatePrivateDnsNamespace" CreatePrivateDnsNamespace
    "servicediscovery:DeleteNamespace" DeleteNamespace
    "servicediscovery:CreateService" CreateDiscoveryService
    "servicediscovery:DeleteService" DeleteDiscoveryService
    "servicediscovery:RegisterInstance" RegisterInstance
    "servicediscovery:DeregisterInstance" DeregisterInstance
    "ecr:CreateRepository" CreateRepository
    "ecr:DeleteRepository" DeleteRepository
    "ecr:PutImageTagMutability" PutImageTagMutability
    "ecr:BatchDeleteImage" BatchDeleteImage
    "secretsmanager:CreateSecret" CreateSecret
    "secretsmanager:PutSecretValue" PutSecretValue
    "secretsmanager:DeleteSecret" DeleteSecret
    "secretsmanager:RestoreSecret" RestoreSecret
    "ssm:PutParameter" PutParameter
    "ssm:DeleteParameter" DeleteParameter
    "s3:CreateBucket" CreateBucket
    "s3:DeleteBucket" DeleteBucket
    "s3:PutObject" PutObject
    "s3:DeleteObject" DeleteObject
    "logs:CreateLogGroup" CreateLogGroup
    "logs:DeleteLogGroup" DeleteLogGroup
    "playground:PutRepository" PutRepository
    "playground:TakeRepository" TakeRepository
    "playground:PushImage" PushImage
    "playground:SetPresumed" SetPresumed
    "ecs:ExecuteCommand" ExecuteCommand
    "events:PutRule" PutRule
    "events:EnableRule" EnableRule
    "events:DisableRule" DisableRule
    "events:DeleteRule" DeleteRule
    "events:PutTargets" PutTargets
    "events:RemoveTargets" RemoveTargets
    "logs:PutRetentionPolicy" PutRetentionPolicy
    "logs:DeleteRetentionPolicy" DeleteRetentionPolicy
    "logs:PutSubscriptionFilter" PutSubscriptionFilter
    "logs:DeleteSubscriptionFilter" DeleteSubscriptionFilter
    "ecs:RegisterTaskDefinition" RegisterTaskDefinition
    "ecs:DeregisterTaskDefinition" DeregisterTaskDefinition
    "ecs:DeleteTaskDefinitions" DeleteTaskDefinitions
    "ecs:DescribeTaskDefinition" DescribeTaskDefinition
    "ecs:ListTaskDefinitions" ListTaskDefinitions
    "ecs:ListTaskDefinitionFamilies" ListTaskDefinitionFamilies
    "ecs:PutAccountSetting" PutAccountSetting
    "ecs:PutAccountSettingDefault" PutAccountSettingDefault
    "ecs:RunTask" RunTask
    "ecs:StopTask" StopTask
    "ecs:StartTask" StartTask
    "ecs:DescribeTasks" DescribeTasks
    "ecs:ListTasks" ListTasks
    "ecs:DescribeClusters" DescribeClusters
    "ecs:ListClusters" ListClusters
    "ecs:CreateCluster" CreateCluster
    "ecs:DeleteCluster" DeleteCluster
    "ecs:PutClusterCapacityProviders" PutClusterCapacityProviders
    "ecs:CreateService" CreateService
    "ecs:UpdateService" UpdateService
    "ecs:DeleteService" DeleteService
    "ecs:DescribeServices" DescribeServices
    "ecs:ListServices" ListServices
    "playground:SetLimits" SetLimits
    "playground:SetPace" SetPace
    "playground:SetSpotCapacity" SetSpotCapacity
    "playground:InterruptTask" InterruptTask
    "playground:RetireTask" RetireTask
    "playground:SetInterfaceProvisioning" SetInterfaceProvisioning
    "playground:SetDemand" SetDemand
    "playground:ClearDemand" ClearDemand
    "playground:SetAsOf" SetAsOf
    "playground:PutImage" PutImage
    "playground:PutHost" PutHost
    "playground:PutLogForwarder" PutLogForwarder
    "playground:SendRequests" SendRequests
    "playground:SetTraffic" SetTraffic
    "playground:EnforcePermissions" EnforcePermissions
    "playground:ActAs" ActAs
    "playground:PutServiceControlPolicy" PutServiceControlPolicy
    "iam:CreateRole" CreateRole
    "iam:UpdateAssumeRolePolicy" UpdateAssumeRolePolicy
    "iam:DeleteRole" DeleteRole
    "iam:AttachRolePolicy" AttachRolePolicy
    "iam:DetachRolePolicy" DetachRolePolicy
    "iam:PutRolePolicy" PutRolePolicy
    "iam:DeleteRolePolicy" DeleteRolePolicy
    "iam:PutRolePermissionsBoundary" PutRolePermissionsBoundary
    "iam:DeleteRolePermissionsBoundary" DeleteRolePermissionsBoundary
    "iam:CreateUser" CreateUser
    "iam:DeleteUser" DeleteUser
    "iam:AttachUserPolicy" AttachUserPolicy
    "iam:DetachUserPolicy" DetachUserPolicy
    "iam:PutUserPolicy" PutUserPolicy
    "iam:DeleteUserPolicy" DeleteUserPolicy
    "iam:PutUserPermissionsBoundary" PutUserPermissionsBoundary
    "iam:DeleteUserPermissionsBoundary" DeleteUserPermissionsBoundary
    "iam:CreatePolicy" CreatePolicy
    "iam:CreatePolicyVersion" CreatePolicyVersion
    "iam:DeletePolicy" DeletePolicy
}
