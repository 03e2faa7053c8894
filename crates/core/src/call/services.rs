//! ECS's calls about services. Members are spelled as in the ECS API; what the service checks itself, such as the values of
//! `schedulingStrategy`, is kept as it was sent.

use super::{
    CapacityProviderStrategyItem, EcsTag, LaunchType, NetworkConfiguration, PlacementRule,
};
use crate::wire;

wire! {
    /// Input of `CreateService`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateService {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// Its name.
        pub service_name: String = "serviceName",
        /// `family`, `family:revision`, or the ARN.
        pub task_definition: Option<String> = "taskDefinition" optional,
        /// Tasks that it keeps running.
        pub desired_count: Option<i32> = "desiredCount" optional,
        /// Where they run; the cluster's default strategy where neither this nor a strategy is given, and EC2 where it has none.
        pub launch_type: Option<LaunchType> = "launchType" optional,
        /// Which capacity providers the tasks are spread over, instead of a launch type.
        pub capacity_provider_strategy: Vec<CapacityProviderStrategyItem> = "capacityProviderStrategy" optional,
        /// The platform version; LATEST where absent.
        pub platform_version: Option<String> = "platformVersion" optional,
        /// How a deployment goes on.
        pub deployment_configuration: Option<DeploymentConfiguration> = "deploymentConfiguration" optional,
        /// The network of the tasks; awsvpc demands it.
        pub network_configuration: Option<NetworkConfiguration> = "networkConfiguration" optional,
        /// The target groups that the tasks are registered with.
        pub load_balancers: Vec<ServiceLoadBalancer> = "loadBalancers" optional,
        /// Seconds after a task's start in which bad health checks are not looked at; 0 where absent.
        pub health_check_grace_period_seconds: Option<i32> = "healthCheckGracePeriodSeconds" optional,
        /// `REPLICA` or `DAEMON`; `REPLICA` where absent.
        pub scheduling_strategy: Option<String> = "schedulingStrategy" optional,
        /// Who rolls deployments out; `ECS` where absent.
        pub deployment_controller: Option<DeploymentController> = "deploymentController" optional,
        /// Not on Fargate.
        pub placement_constraints: Vec<PlacementRule> = "placementConstraints" optional,
        /// Not on Fargate.
        pub placement_strategy: Vec<PlacementRule> = "placementStrategy" optional,
        /// Tags of the service.
        pub tags: Vec<EcsTag> = "tags" optional,
        /// Whether tasks are tagged with their cluster and service.
        pub enable_ecs_managed_tags: Option<bool> = "enableECSManagedTags" optional,
        /// `TASK_DEFINITION`, `SERVICE` or `NONE`.
        pub propagate_tags: Option<String> = "propagateTags" optional,
        /// Whether ECS Exec may run commands in the containers.
        pub enable_execute_command: Option<bool> = "enableExecuteCommand" optional,
        /// The same token with the same members gives the same service.
        pub client_token: Option<String> = "clientToken" optional,
    }

    /// Input of `UpdateService`. What is absent stays as it is.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct UpdateService {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// The service's name or ARN.
        pub service: String = "service",
        /// Tasks that it keeps running.
        pub desired_count: Option<i32> = "desiredCount" optional,
        /// `family`, `family:revision`, or the ARN.
        pub task_definition: Option<String> = "taskDefinition" optional,
        /// Which capacity providers the tasks are spread over.
        pub capacity_provider_strategy: Vec<CapacityProviderStrategyItem> = "capacityProviderStrategy" optional,
        /// The platform version.
        pub platform_version: Option<String> = "platformVersion" optional,
        /// Whether the tasks are replaced though nothing else changes.
        pub force_new_deployment: Option<bool> = "forceNewDeployment" optional,
        /// How a deployment goes on.
        pub deployment_configuration: Option<DeploymentConfiguration> = "deploymentConfiguration" optional,
        /// The network of the tasks.
        pub network_configuration: Option<NetworkConfiguration> = "networkConfiguration" optional,
        /// The target groups that the tasks are registered with; an empty list takes them out.
        pub load_balancers: Option<Vec<ServiceLoadBalancer>> = "loadBalancers" optional,
        /// Seconds after a task's start in which bad health checks are not looked at.
        pub health_check_grace_period_seconds: Option<i32> = "healthCheckGracePeriodSeconds" optional,
        /// Whether tasks are tagged with their cluster and service.
        pub enable_ecs_managed_tags: Option<bool> = "enableECSManagedTags" optional,
        /// `TASK_DEFINITION`, `SERVICE` or `NONE`.
        pub propagate_tags: Option<String> = "propagateTags" optional,
        /// Whether ECS Exec may run commands in the containers.
        pub enable_execute_command: Option<bool> = "enableExecuteCommand" optional,
    }

    /// Input of `DeleteService`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteService {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// The service's name or ARN.
        pub service: String = "service",
        /// Whether it is deleted though it is not scaled to 0.
        pub force: Option<bool> = "force" optional,
    }

    /// Input of `DescribeServices`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DescribeServices {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// Names or ARNs, at most 10.
        pub services: Vec<String> = "services",
        /// `TAGS` where tags are to be shown.
        pub include: Vec<String> = "include" optional,
    }

    /// Input of `ListServices`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ListServices {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// Where the last page ended.
        pub next_token: Option<String> = "nextToken" optional,
        /// How many a page holds, 1 to 100; 10 where absent.
        pub max_results: Option<i32> = "maxResults" optional,
        /// Those of that launch type.
        pub launch_type: Option<String> = "launchType" optional,
        /// Those of that scheduling strategy.
        pub scheduling_strategy: Option<String> = "schedulingStrategy" optional,
    }

    /// `deploymentConfiguration`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeploymentConfiguration {
        /// What stops a deployment that fails.
        pub deployment_circuit_breaker: Option<DeploymentCircuitBreaker> = "deploymentCircuitBreaker" optional,
        /// Tasks that may run at a time, in percent of the desired count, rounded down.
        pub maximum_percent: Option<i32> = "maximumPercent" optional,
        /// Tasks that have to stay healthy, in percent of the desired count, rounded up.
        pub minimum_healthy_percent: Option<i32> = "minimumHealthyPercent" optional,
        /// `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`; `ROLLING` where absent.
        pub strategy: Option<String> = "strategy" optional,
    }

    /// `deploymentCircuitBreaker`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeploymentCircuitBreaker {
        /// Whether a deployment that cannot come to a steady state fails.
        pub enable: bool = "enable",
        /// Whether the last completed deployment is rolled out then.
        pub rollback: bool = "rollback",
        /// Whether a healthy task lets failures before it be forgotten; true where absent.
        pub reset_on_healthy_task: Option<bool> = "resetOnHealthyTask" optional,
        /// How many failures are borne; half of the desired count, 3 to 200, where absent.
        pub threshold_configuration: Option<ThresholdConfiguration> = "thresholdConfiguration" optional,
    }

    /// `thresholdConfiguration` of a circuit breaker.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ThresholdConfiguration {
        /// `COUNT`, `BOUNDED_PERCENT` or `UNBOUNDED_PERCENT`.
        pub kind: String = "type",
        /// Failures, or percent of the desired count.
        pub value: i32 = "value",
    }

    /// `deploymentController`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeploymentController {
        /// `ECS`, `CODE_DEPLOY` or `EXTERNAL`.
        pub kind: String = "type",
    }

    /// An item of `loadBalancers`: a container port that is registered with a target group.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ServiceLoadBalancer {
        /// The target group.
        pub target_group_arn: Option<String> = "targetGroupArn" optional,
        /// The container.
        pub container_name: Option<String> = "containerName" optional,
        /// The port of the container.
        pub container_port: Option<u16> = "containerPort" optional,
    }
}
