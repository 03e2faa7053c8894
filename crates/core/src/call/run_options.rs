//! What few callers of `RunTask` say. Members are spelled as in the ECS API; what the service checks itself, such as the values of
//! `propagateTags`, is kept as it was sent.

use super::Hidden;
use crate::wire;

wire! {
    /// Members of `RunTask` beside its definition, its number, its place and its network.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RunTaskOptions {
        /// The cluster's name or ARN; `default` where absent.
        pub cluster: Option<String> = "cluster" optional,
        /// Which capacity providers the tasks are spread over, instead of a launch type.
        pub capacity_provider_strategy: Vec<CapacityProviderStrategyItem> = "capacityProviderStrategy" optional,
        /// Whether tasks are tagged with their cluster.
        pub enable_ecs_managed_tags: Option<bool> = "enableECSManagedTags" optional,
        /// Whether ECS Exec may run commands in the containers.
        pub enable_execute_command: Option<bool> = "enableExecuteCommand" optional,
        /// The task group; `family:` and the family where absent.
        pub group: Option<String> = "group" optional,
        /// What is other than the definition says.
        pub overrides: Option<TaskOverride> = "overrides" optional,
        /// Not on Fargate.
        pub placement_constraints: Vec<PlacementRule> = "placementConstraints" optional,
        /// Not on Fargate.
        pub placement_strategy: Vec<PlacementRule> = "placementStrategy" optional,
        /// `TASK_DEFINITION` or `NONE`.
        pub propagate_tags: Option<String> = "propagateTags" optional,
        /// The caller's own number of the request.
        pub reference_id: Option<String> = "referenceId" optional,
        /// Who started the tasks, as `ListTasks` can ask.
        pub started_by: Option<String> = "startedBy" optional,
        /// Tags of the tasks.
        pub tags: Vec<EcsTag> = "tags" optional,
        /// EBS volumes for volumes of the definition that are configured at launch.
        pub volume_configurations: Vec<TaskVolumeConfiguration> = "volumeConfigurations" optional,
        /// The same token with the same members gives the same tasks.
        pub client_token: Option<String> = "clientToken" optional,
    }

    /// One capacity provider of a strategy.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CapacityProviderStrategyItem {
        /// `FARGATE` or `FARGATE_SPOT`.
        pub capacity_provider: String = "capacityProvider",
        /// Its part of the tasks beyond the base, 0 to 1,000; 0 where absent.
        pub weight: Option<i32> = "weight" optional,
        /// How many tasks it runs at least, 0 to 100,000; 0 where absent.
        pub base: Option<i32> = "base" optional,
    }

    /// A constraint or a strategy of placement on container instances.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PlacementRule {
        /// Its type.
        pub kind: Option<String> = "type" optional,
        /// What a constraint demands.
        pub expression: Option<String> = "expression" optional,
        /// What a strategy goes by.
        pub field: Option<String> = "field" optional,
    }

    /// `overrides`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TaskOverride {
        /// What is other in containers.
        pub container_overrides: Vec<ContainerOverride> = "containerOverrides" optional,
        /// CPU of the task.
        pub cpu: Option<String> = "cpu" optional,
        /// Memory of the task.
        pub memory: Option<String> = "memory" optional,
        /// The role that Fargate takes to start the task.
        pub execution_role_arn: Option<String> = "executionRoleArn" optional,
        /// The role of the containers.
        pub task_role_arn: Option<String> = "taskRoleArn" optional,
        /// The disk.
        pub ephemeral_storage: Option<EphemeralStorage> = "ephemeralStorage" optional,
    }

    /// One entry of `containerOverrides`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ContainerOverride {
        /// The container.
        pub name: Option<String> = "name" optional,
        /// The command instead of the definition's.
        pub command: Vec<String> = "command" optional,
        /// Variables that come to the definition's, or take their places.
        pub environment: Vec<KeyValuePair> = "environment" optional,
        /// CPU units.
        pub cpu: Option<u32> = "cpu" optional,
        /// The hard limit, in MiB.
        pub memory: Option<u32> = "memory" optional,
        /// The soft limit, in MiB.
        pub memory_reservation: Option<u32> = "memoryReservation" optional,
    }

    /// A name with a value.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct KeyValuePair {
        /// The name.
        pub name: String = "name",
        /// The value.
        pub value: Option<String> = "value" optional,
    }

    /// `ephemeralStorage`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct EphemeralStorage {
        /// GiB.
        pub size_in_gib: u32 = "sizeInGiB",
    }

    /// One entry of `volumeConfigurations`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TaskVolumeConfiguration {
        /// The volume of the definition.
        pub name: String = "name",
        /// The EBS volume.
        pub managed_ebs_volume: Option<TaskManagedEbsVolume> = "managedEBSVolume" optional,
    }

    /// `managedEBSVolume`: an EBS volume that ECS makes for a task.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TaskManagedEbsVolume {
        /// The role with which ECS makes it.
        pub role_arn: String = "roleArn",
        /// GiB.
        pub size_in_gib: Option<u32> = "sizeInGiB" optional,
        /// What it is made from.
        pub snapshot_id: Option<String> = "snapshotId" optional,
        /// Its type; `gp3` where absent.
        pub volume_type: Option<String> = "volumeType" optional,
        /// Operations a second.
        pub iops: Option<u32> = "iops" optional,
        /// MiB a second.
        pub throughput: Option<u32> = "throughput" optional,
        /// MiB a second with which it is filled from its snapshot.
        pub volume_initialization_rate: Option<u32> = "volumeInitializationRate" optional,
        /// Whether it is encrypted.
        pub encrypted: Option<bool> = "encrypted" optional,
        /// With which key.
        pub kms_key_id: Option<String> = "kmsKeyId" optional,
        /// `xfs` where absent.
        pub filesystem_type: Option<String> = "filesystemType" optional,
        /// What becomes of it with the task.
        pub termination_policy: Option<VolumeTerminationPolicy> = "terminationPolicy" optional,
        /// Its tags.
        pub tag_specifications: Vec<VolumeTags> = "tagSpecifications" optional,
    }

    /// `terminationPolicy` of an EBS volume.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct VolumeTerminationPolicy {
        /// Whether it goes with its task.
        pub delete_on_termination: bool = "deleteOnTermination",
    }

    /// Tags of an EBS volume that ECS makes.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct VolumeTags {
        /// `volume`.
        pub resource_type: String = "resourceType",
        /// The tags.
        pub tags: Vec<EcsTag> = "tags" optional,
        /// `TASK_DEFINITION`, `SERVICE` or `NONE`.
        pub propagate_tags: Option<String> = "propagateTags" optional,
    }

    /// A tag of a thing of ECS, whose members are spelled otherwise than EC2's.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct EcsTag {
        /// The key.
        pub key: String = "key",
        /// The value; empty where absent.
        pub value: Option<String> = "value" optional,
    }
}

impl Hidden<RunTaskOptions> {
    /// The members of another such call: a token is for one, and what a service started is run without it.
    #[must_use]
    pub fn again(&self) -> Self {
        let untokened = |options: &RunTaskOptions| RunTaskOptions {
            client_token: None,
            group: options
                .group
                .clone()
                .filter(|it| !it.starts_with("service:")),
            started_by: options
                .started_by
                .clone()
                .filter(|it| !it.starts_with("ecs-svc/")),
            ..options.clone()
        };
        let again = self.get().map(untokened);
        let again = again.filter(|it| *it != RunTaskOptions::default());
        again.map_or_else(Self::default, Self::from)
    }
}
