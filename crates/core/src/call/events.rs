//! EventBridge's calls, as far as rules that start tasks need them. Members are spelled as in its API.

use super::{AssignPublicIp, LaunchType};
use crate::wire;

wire! {
    /// Input of `PutRule`: a rule, in the place of one of the same name.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutRule {
        /// Its name.
        pub name: String = "Name",
        /// When it is due: `rate(5 minutes)`, `cron(0 12 * * ? *)`.
        pub schedule_expression: Option<String> = "ScheduleExpression" optional,
        /// Which events it is for: a JSON text.
        pub event_pattern: Option<String> = "EventPattern" optional,
        /// Whether it works; ENABLED where absent.
        pub state: Option<RuleState> = "State" optional,
        /// What it is for.
        pub description: Option<String> = "Description" optional,
    }

    /// Whether a rule works.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum RuleState {
        /// It does.
        Enabled = "ENABLED",
        /// It does not.
        Disabled = "DISABLED",
    }

    /// Input of `EnableRule`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct EnableRule {
        /// The rule.
        pub name: String = "Name",
    }

    /// Input of `DisableRule`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DisableRule {
        /// The rule.
        pub name: String = "Name",
    }

    /// Input of `DeleteRule`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRule {
        /// The rule.
        pub name: String = "Name",
    }

    /// Input of `PutTargets`: what a rule starts; a target of the same id is replaced.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutTargets {
        /// The rule.
        pub rule: String = "Rule",
        /// The targets.
        pub targets: Vec<Target> = "Targets",
    }

    /// Something that a rule starts.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Target {
        /// Its id among the rule's.
        pub id: String = "Id",
        /// What it is: a cluster's ARN.
        pub arn: String = "Arn",
        /// The role in which EventBridge runs the task.
        pub role_arn: Option<String> = "RoleArn" optional,
        /// Which task, and where.
        pub ecs_parameters: Option<EcsParameters> = "EcsParameters" optional,
    }

    /// Which task a rule starts, and where.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct EcsParameters {
        /// The definition, by its ARN.
        pub task_definition_arn: String = "TaskDefinitionArn",
        /// How many; 1 where absent.
        pub task_count: Option<u32> = "TaskCount" optional,
        /// Where they run.
        pub launch_type: Option<LaunchType> = "LaunchType" optional,
        /// The platform version; LATEST where absent.
        pub platform_version: Option<String> = "PlatformVersion" optional,
        /// The network of the tasks.
        pub network_configuration: Option<TargetNetwork> = "NetworkConfiguration" optional,
    }

    /// `NetworkConfiguration` of a target.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TargetNetwork {
        /// The network of awsvpc tasks.
        pub awsvpc: TargetAwsvpc = "awsvpcConfiguration",
    }

    /// `awsvpcConfiguration` of a target, whose members begin with capitals here.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TargetAwsvpc {
        /// The subnets to choose from.
        pub subnets: Vec<String> = "Subnets",
        /// The groups of the interface.
        pub security_groups: Vec<String> = "SecurityGroups" optional,
        /// Whether the interface gets a public address.
        pub assign_public_ip: Option<AssignPublicIp> = "AssignPublicIp" optional,
    }

    /// Input of `RemoveTargets`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RemoveTargets {
        /// The rule.
        pub rule: String = "Rule",
        /// The ids of the targets.
        pub ids: Vec<String> = "Ids",
    }
}
