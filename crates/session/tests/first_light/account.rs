//! What the tests share: a session on the shipped scenario, and short ways to say what a person does.

use fargate_core::call::{
    AssignPublicIp, AuthorizeSecurityGroupIngress, AwsvpcConfiguration, Call, CreateSubnet,
    IpPermission, LaunchType, NetworkConfiguration, RegisterTaskDefinition,
    RevokeSecurityGroupIngress, RunTask, SendRequests, SetDemand, StopTask, TagSpecification,
    TrafficSource,
};
use fargate_core::error::{ApiError, Reply};
use fargate_core::ids::{SecurityGroupId, SubnetId, TaskId};
use fargate_core::task::TaskState;
use fargate_core::text::Json;
use fargate_core::units::{Date, SimSpan};
use fargate_core::world::Budget;
use fargate_session::Session;
use fargate_session::view::{FlightEnd, TaskCard, View};
use serde_json::{Value, json};

/// The shipped scenario: one task that runs.
pub(crate) struct Account {
    pub(crate) session: Session,
}

impl Account {
    pub(crate) fn first_light() -> Self {
        Self {
            session: Session::first_light(Date::new(2026, 6, 1)),
        }
    }

    pub(crate) fn view(&mut self) -> View {
        self.session.view(SimSpan::secs(3))
    }

    pub(crate) fn wait(&mut self, seconds: u64) {
        self.session
            .advance(SimSpan::secs(seconds), Budget(u32::MAX));
    }

    pub(crate) fn send(&mut self, call: impl Into<Call>) -> Result<Reply, ApiError> {
        self.session.send(call.into())
    }

    pub(crate) fn must(&mut self, call: impl Into<Call>) -> Reply {
        let call = call.into();
        self.session
            .send(call.clone())
            .unwrap_or_else(|error| panic!("{call:?}: {error}"))
    }

    pub(crate) fn task(&mut self) -> TaskId {
        self.view().tasks.keys().next().unwrap().clone()
    }

    pub(crate) fn card(&mut self, id: &TaskId) -> TaskCard {
        TaskCard::clone(self.view().tasks.get(id).expect("the task is shown"))
    }

    pub(crate) fn group(&mut self) -> SecurityGroupId {
        self.view().groups.keys().next().unwrap().clone()
    }

    pub(crate) fn subnet(&mut self) -> SubnetId {
        self.view().subnets.keys().next().unwrap().clone()
    }

    pub(crate) fn add_subnet(&mut self, cidr: &str) -> SubnetId {
        let vpc_id = self.view().vpc.unwrap().id.as_str().into();
        let reply = self.must(CreateSubnet {
            vpc_id,
            cidr_block: cidr.to_owned(),
            availability_zone: Some("us-east-1b".to_owned()),
            tag_specifications: TagSpecification::name("subnet", "Public b"),
            ..Default::default()
        });
        let Reply::Made(id) = reply else {
            panic!("{reply:?}")
        };
        id.into()
    }

    pub(crate) fn run_task(&mut self, subnet: &SubnetId, public: bool, count: u32) -> Vec<TaskId> {
        let security_groups = vec![self.group()];
        let reply = self.must(run(subnet, security_groups, public, count));
        let Reply::Tasks(ids) = reply else {
            panic!("{reply:?}")
        };
        ids
    }

    /// Waits until a task is in a state; gives the seconds that took.
    pub(crate) fn wait_for(&mut self, id: &TaskId, state: TaskState) -> f64 {
        let start = self.session.now();
        for _ in 0..20_000 {
            if self.card(id).state == state {
                return (self.session.now() - start).0 as f64 / 1_000.0;
            }
            self.session.advance(SimSpan(100), Budget(u32::MAX));
        }
        panic!(
            "{id} never came to {state:?}, it is {:?}",
            self.card(id).state
        );
    }

    /// Sends one request from the Internet; gives how it ended and its number.
    pub(crate) fn request(&mut self, task: &TaskId, port: u16) -> (FlightEnd, u64) {
        let from = TrafficSource::Internet;
        self.must(SendRequests {
            from,
            to: task.clone().into(),
            port,
            count: 1,
            rate_tenths: 10,
        });
        self.session.advance(SimSpan(10), Budget(u32::MAX));
        let view = self.view();
        let flight = view
            .flights
            .iter()
            .rev()
            .find(|flight| !flight.label.is_empty())
            .expect("a request was sent");
        (flight.end, flight.id)
    }

    pub(crate) fn demand(
        &mut self,
        task: &TaskId,
        container: &str,
        cpu: Option<u32>,
        memory: Option<u32>,
    ) {
        self.must(SetDemand {
            task: task.clone(),
            container: container.to_owned(),
            cpu,
            memory,
        });
    }

    pub(crate) fn stop(&mut self, task: &TaskId) {
        self.must(StopTask {
            task: task.clone(),
            ..Default::default()
        });
    }

    pub(crate) fn allow(&mut self, port: u16, block: &str) {
        let group_id = self.group();
        let ip_permissions = vec![IpPermission::tcp(port, block)];
        self.must(AuthorizeSecurityGroupIngress {
            group_id,
            ip_permissions,
        });
    }

    pub(crate) fn remove_rule(&mut self, port: u16, block: &str) {
        let group_id = self.group();
        let ip_permissions = vec![IpPermission::tcp(port, block)];
        self.must(RevokeSecurityGroupIngress {
            group_id,
            ip_permissions,
        });
    }
}

pub(crate) fn run(
    subnet: &SubnetId,
    security_groups: Vec<SecurityGroupId>,
    public: bool,
    count: u32,
) -> RunTask {
    let public = if public {
        AssignPublicIp::Enabled
    } else {
        AssignPublicIp::Disabled
    };
    RunTask {
        task_definition: "scorekeep".to_owned(),
        count: Some(count),
        launch_type: Some(LaunchType::Fargate),
        platform_version: Some("LATEST".to_owned()),
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: vec![subnet.clone()],
                security_groups,
                assign_public_ip: Some(public),
            },
        }),
        options: fargate_core::call::Hidden::default(),
    }
}

/// Runs a definition of these containers with a task of 1 vCPU and 2 GB, and shows it some seconds after its containers may
/// start, or after it failed before that.
pub(crate) fn running(containers: &Value, more: &Value, public: bool, seconds: u64) -> TaskCard {
    let mut account = Account::first_light();
    let mut definition = json!({
        "family": "t", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048",
        "containerDefinitions": containers
    });
    for (name, value) in more.as_object().unwrap() {
        definition[name] = value.clone();
    }
    let images: [(&str, Value); 4] = [
        ("cached", json!({ "idleMemory": 900, "cacheMemory": 700 })),
        ("patient", json!({ "readyMs": 40_000 })),
        ("failing", json!({ "exitMs": 3_000, "exitCode": 2 })),
        ("huge", json!({ "sizeMib": 9_000, "unpackedMib": 14_000 })),
    ];
    for (image, does) in images {
        let (call, _) = account.session.say_image(image, &does.to_string());
        account.must(call.unwrap());
    }
    let definition = Json::of(&fargate_core::text::read(&definition.to_string()).root);
    account.must(Call::from(RegisterTaskDefinition { definition }));
    let (subnet, group) = (account.subnet(), account.group());
    let call = RunTask {
        task_definition: "t".to_owned(),
        ..run(&subnet, vec![group], public, 1)
    };
    let Reply::Tasks(tasks) = account.must(call) else {
        panic!("tasks are run");
    };
    while account.card(&tasks[0]).state < TaskState::Activating {
        account.session.advance(SimSpan(100), Budget(u32::MAX));
    }
    account.wait(seconds);
    account.card(&tasks[0])
}
