//! ECS's calls: task definitions and tasks. Members are spelled as in the ECS API.

use super::{Hidden, RunTaskOptions};
use crate::ids::{SecurityGroupId, SubnetId, TaskId};
use crate::text::{Json, Member, Node, Value};
use crate::wire;
use crate::wire::{FromJson, Misfits, Others, Slot, ToJson, Writer};

/// Input of `RegisterTaskDefinition`: the definition itself, every member kept as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterTaskDefinition {
    /// The definition.
    pub definition: Json,
}

impl FromJson for RegisterTaskDefinition {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let definition = Json::read(node, misfits);
        Self { definition }
    }
}

impl ToJson for RegisterTaskDefinition {
    fn write(&self, out: &mut Writer) {
        self.definition.write(out);
    }
}

/// Input of `RunTask`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunTask {
    /// `family`, `family:revision`, or the ARN.
    pub task_definition: String,
    /// How many, 1 to 10; 1 where absent.
    pub count: Option<u32>,
    /// Where they run; the cluster's default strategy where absent, and EC2 where it has none.
    pub launch_type: Option<LaunchType>,
    /// The platform version; LATEST where absent.
    pub platform_version: Option<String>,
    /// The network of the tasks; awsvpc demands it.
    pub network_configuration: Option<NetworkConfiguration>,
    /// What few callers say: its code is not in a program that neither says nor hears it.
    pub options: Hidden<RunTaskOptions>,
}

/// The members of `RunTask`: its own, then those of [`RunTaskOptions`].
const RUN_TASK: &[Slot] = &[
    ("taskDefinition", true),
    ("count", false),
    ("launchType", false),
    ("platformVersion", false),
    ("networkConfiguration", false),
    ("cluster", false),
    ("capacityProviderStrategy", false),
    ("enableECSManagedTags", false),
    ("enableExecuteCommand", false),
    ("group", false),
    ("overrides", false),
    ("placementConstraints", false),
    ("placementStrategy", false),
    ("propagateTags", false),
    ("referenceId", false),
    ("startedBy", false),
    ("tags", false),
    ("volumeConfigurations", false),
    ("clientToken", false),
];
/// How many of them are its own.
const OWN: usize = 5;

impl FromJson for RunTask {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let members = misfits.members(node, RUN_TASK, Others::Refused);
        let own = |name: &str| RUN_TASK[..OWN].iter().any(|(own, _)| *own == name);
        let rest = node.members().iter().filter(|it| !own(&it.key.name));
        let rest: Vec<Member> = rest.cloned().collect();
        let options = if rest.is_empty() {
            Hidden::default()
        } else {
            let (span, value) = (node.span, Value::Object(rest));
            RunTaskOptions::read(&Node { span, value }, misfits).into()
        };
        Self {
            task_definition: FromJson::read(members.get("taskDefinition"), misfits),
            count: FromJson::read(members.get("count"), misfits),
            launch_type: FromJson::read(members.get("launchType"), misfits),
            platform_version: FromJson::read(members.get("platformVersion"), misfits),
            network_configuration: FromJson::read(members.get("networkConfiguration"), misfits),
            options,
        }
    }
}

impl ToJson for RunTask {
    fn write(&self, out: &mut Writer) {
        out.open('{');
        out.member("taskDefinition", &self.task_definition);
        out.optional("count", &self.count);
        out.optional("launchType", &self.launch_type);
        out.optional("platformVersion", &self.platform_version);
        out.optional("networkConfiguration", &self.network_configuration);
        self.options.write_members(out);
        out.close('}');
    }
}

wire! {
    /// `launchType`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum LaunchType {
        /// On Fargate.
        Fargate = "FARGATE",
        /// On the cluster's own container instances.
        Ec2 = "EC2",
        /// On machines outside AWS that are registered with the cluster.
        External = "EXTERNAL",
    }

    /// `networkConfiguration`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NetworkConfiguration {
        /// The network of awsvpc tasks.
        pub awsvpc_configuration: AwsvpcConfiguration = "awsvpcConfiguration",
    }

    /// `awsvpcConfiguration`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AwsvpcConfiguration {
        /// The subnets to choose from, 1 to 16.
        pub subnets: Vec<SubnetId> = "subnets",
        /// The groups of the interface, at most 5; the VPC's default group where there are none.
        pub security_groups: Vec<SecurityGroupId> = "securityGroups" optional,
        /// Whether the interface gets a public address; DISABLED where absent.
        pub assign_public_ip: Option<AssignPublicIp> = "assignPublicIp" optional,
    }

    /// `assignPublicIp`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AssignPublicIp {
        /// The interface gets a public address.
        Enabled = "ENABLED",
        /// It gets none.
        Disabled = "DISABLED",
    }

    /// Input of `StopTask`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct StopTask {
        /// The task's id or ARN.
        pub task: TaskId = "task",
        /// The task's cluster, by name or ARN. Where it is absent the task is looked for in all clusters, as ids are of one task alone here;
        /// AWS looks in `default`.
        pub cluster: Option<String> = "cluster" optional,
        /// Why; becomes the task's `stoppedReason`.
        pub reason: Option<String> = "reason" optional,
    }
}
