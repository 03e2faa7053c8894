//! ECS's calls that ask about tasks and clusters, and `StartTask`. Members are spelled as in the ECS API.

use super::{CapacityProviderStrategyItem, EcsTag, NetworkConfiguration};
use crate::wire;

wire! {
    /// Input of `StartTask`: tasks on container instances that the caller names.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct StartTask {
        /// `family`, `family:revision`, or the ARN.
        pub task_definition: String = "taskDefinition",
        /// The container instances, 1 to 10: a task on each.
        pub container_instances: Vec<String> = "containerInstances",
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// The task group.
        pub group: Option<String> = "group" optional,
        /// Who started the tasks.
        pub started_by: Option<String> = "startedBy" optional,
        /// The network of the tasks; awsvpc demands it.
        pub network_configuration: Option<NetworkConfiguration> = "networkConfiguration" optional,
    }

    /// Input of `DescribeTasks`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DescribeTasks {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// Ids or ARNs, at most 100.
        pub tasks: Vec<String> = "tasks",
        /// `TAGS` where tags are to be shown.
        pub include: Vec<String> = "include" optional,
    }

    /// Input of `ListTasks`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ListTasks {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// Those on that container instance.
        pub container_instance: Option<String> = "containerInstance" optional,
        /// Those of that family.
        pub family: Option<String> = "family" optional,
        /// Where the last page ended.
        pub next_token: Option<String> = "nextToken" optional,
        /// How many a page holds, 1 to 100; 100 where absent.
        pub max_results: Option<i32> = "maxResults" optional,
        /// Those that were started by that.
        pub started_by: Option<String> = "startedBy" optional,
        /// Those of that service.
        pub service_name: Option<String> = "serviceName" optional,
        /// Those that are wanted so, `RUNNING`, `PENDING` or `STOPPED`; `RUNNING` where absent.
        pub desired_status: Option<String> = "desiredStatus" optional,
        /// Those of that launch type.
        pub launch_type: Option<String> = "launchType" optional,
    }

    /// Input of `DescribeClusters`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DescribeClusters {
        /// Names or ARNs; `default` where there is none.
        pub clusters: Vec<String> = "clusters" optional,
    }

    /// Input of `ListClusters`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ListClusters {
        /// How many a page holds, 1 to 100.
        pub max_results: Option<i32> = "maxResults" optional,
    }

    /// Input of `CreateCluster`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateCluster {
        /// Its name; `default` where absent.
        pub cluster_name: Option<String> = "clusterName" optional,
        /// The providers that can be used in it.
        pub capacity_providers: Vec<String> = "capacityProviders" optional,
        /// What is meant where a call names neither a launch type nor a strategy.
        pub default_strategy: Vec<CapacityProviderStrategyItem> = "defaultCapacityProviderStrategy" optional,
        /// Tags of the cluster.
        pub tags: Vec<EcsTag> = "tags" optional,
    }

    /// Input of `DeleteCluster`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteCluster {
        /// The cluster's name or ARN.
        pub cluster: String = "cluster",
    }

    /// Input of `PutClusterCapacityProviders`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutClusterCapacityProviders {
        /// The cluster's name or ARN.
        pub cluster: String = "cluster",
        /// The providers that can be used in it.
        pub capacity_providers: Vec<String> = "capacityProviders",
        /// What is meant where a call names neither a launch type nor a strategy.
        pub default_strategy: Vec<CapacityProviderStrategyItem> = "defaultCapacityProviderStrategy",
    }
}
