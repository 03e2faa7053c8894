//! The seam to the façade: what the page uses of it, in one place.
//!
//! Until the façade lands this stands in for it: one task that runs, a clock that moves.

use fargate_core::call::Call;
use fargate_core::task::TaskState;
use fargate_core::units::{CpuUnits, MiB, NanoUsd, SimSpan, SimTime};
use fargate_session::view::{
    ClockCard, ContainerCard, ContainerState, CostCard, CpuCard, EventLine, FamilyCard, Flight,
    FlightEnd, GroupCard, HistoryCard, InterfaceCard, MemoryCard, Place, RequestsCard,
    RevisionCard, RuleCard, RunCard, Shared, Stage, SubnetCard, TaskCard, TraceCard, View, VpcCard,
};
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Reply;
#[derive(Clone, Debug)]
pub struct ApiError {
    pub code: String,
    pub message: String,
}
#[derive(Clone, Debug)]
pub struct OpenError(pub String);
impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub reached: SimTime,
    pub behind: bool,
}

pub struct Session {
    view: View,
}

impl Session {
    pub fn first_light() -> Self {
        Self { view: sample() }
    }
    pub fn empty_vpc() -> Self {
        let mut view = sample();
        view.tasks.clear();
        view.subnets.clear();
        view.title = Arc::from("An empty VPC");
        Self { view }
    }
    pub fn open(text: &str) -> Result<Self, OpenError> {
        if text == "first" {
            Ok(Self::first_light())
        } else {
            Err(OpenError("it is not a scenario".to_owned()))
        }
    }
    pub fn save(&self) -> String {
        "first".to_owned()
    }
    pub fn send(&mut self, call: Call) -> Result<Reply, ApiError> {
        match call {
            Call::SendRequests(_) => {
                self.view.requests.delivered += 100;
                Ok(Reply)
            }
            other => Err(ApiError {
                code: "NotYetException".to_owned(),
                message: format!("{} is not there yet.", other.action()),
            }),
        }
    }
    pub fn advance(&mut self, span: SimSpan, _events: u32) -> Progress {
        self.view.clock.end = self.view.clock.end + span;
        self.view.clock.now = self.view.clock.end;
        Progress {
            reached: self.view.clock.now,
            behind: false,
        }
    }
    pub fn seek(&mut self, to: SimTime) {
        self.view.clock.now = to;
        self.view.clock.past = to < self.view.clock.end;
    }
    pub fn back_to_live(&mut self) {
        self.seek(self.view.clock.end);
    }
    pub fn step_on(&mut self) {
        self.advance(SimSpan(1_000), 1);
    }
    pub fn step_back(&mut self) {
        self.seek(SimTime(self.view.clock.now.0.saturating_sub(1_000)));
    }
    pub fn undo(&mut self) -> Option<String> {
        None
    }
    pub fn redo(&mut self) -> Option<String> {
        None
    }
    pub fn reset(&mut self) {
        self.view = sample();
    }
    pub fn view(&self, _flights: SimSpan) -> View {
        let mut view = self.view.clone();
        if let Some(flight) = view.flights.first_mut() {
            flight.progress = (self.view.clock.now.0 % 2_400) as f64 / 2_400.0;
        }
        view
    }
    pub fn trace(&self, _flight: u64) -> Option<TraceCard> {
        None
    }
}

fn sample() -> View {
    let zone: Arc<str> = Arc::from("us-east-1a");
    let (subnet, group, task) = (
        "subnet-0a".into(),
        "sg-0a".into(),
        "9f2c0000000000000000000000000000".into(),
    );
    let container = |name: &str, port, cpu, memory| ContainerCard {
        name: format!("scorekeep-{name}"),
        short_name: name.to_owned(),
        image: format!("scorekeep/{name}:14"),
        state: ContainerState::Running,
        essential: true,
        ports: vec![port],
        exit_code: None,
        reason: None,
        cpu,
        memory,
    };
    let cost = CostCard {
        so_far: NanoUsd(823_000),
        per_hour: NanoUsd(49_370_000),
        billed_seconds: 60,
        minimum: true,
    };
    let card = TaskCard {
        id: TaskIdOf::clone(&task),
        short_id: "9f2c".to_owned(),
        definition: "scorekeep:7".to_owned(),
        state: TaskState::Running,
        cpu: CpuUnits(1_024),
        memory: MiB(2_048),
        size: "1 vCPU, 2 GB".to_owned(),
        subnet: SubnetIdOf::clone(&subnet),
        groups: vec![GroupIdOf::clone(&group)],
        interface: Some(InterfaceCard {
            id: "eni-0a91c7".into(),
            mac: "0a:1b:2c:3d:4e:5f".to_owned(),
            private_ip: [172, 31, 1, 164].into(),
            public_ip: Some([203, 0, 113, 24].into()),
            attachment: "ATTACHED",
        }),
        stages: vec![
            Stage {
                state: TaskState::Provisioning,
                from: SimTime(2_000),
                until: Some(SimTime(11_000)),
            },
            Stage {
                state: TaskState::Pending,
                from: SimTime(11_000),
                until: Some(SimTime(42_000)),
            },
            Stage {
                state: TaskState::Activating,
                from: SimTime(42_000),
                until: Some(SimTime(46_000)),
            },
            Stage {
                state: TaskState::Running,
                from: SimTime(46_000),
                until: None,
            },
        ],
        containers: vec![
            container(
                "frontend",
                8_080,
                CpuCard {
                    share: 256,
                    entitled: 256,
                    wants: 700,
                    granted: 524,
                    borrowed: 268,
                    lent: 0,
                    by_hand: false,
                },
                MemoryCard {
                    reservation: Some(512),
                    limit: None,
                    wants: 610,
                    uses: 610,
                    by_hand: false,
                },
            ),
            container(
                "api",
                5_000,
                CpuCard {
                    share: 768,
                    entitled: 768,
                    wants: 500,
                    granted: 500,
                    borrowed: 0,
                    lent: 268,
                    by_hand: false,
                },
                MemoryCard {
                    reservation: Some(512),
                    limit: Some(1_024),
                    wants: 720,
                    uses: 720,
                    by_hand: false,
                },
            ),
        ],
        cpu_sentence: "frontend borrows 268 units that api leaves idle.".to_owned(),
        memory_sentence: "718 MiB are free for all.".to_owned(),
        stop: None,
        cost,
    };
    let json: Arc<str> = Arc::from("{\n  \"family\": \"scorekeep\"\n}");
    View {
        title: Arc::from("Scorekeep"),
        clock: ClockCard {
            now: SimTime(58_000),
            end: SimTime(58_000),
            past: false,
        },
        history: Shared::new(HistoryCard {
            undo: None,
            redo: None,
            runs: vec![RunCard {
                title: "Run 1".to_owned(),
                from: None,
            }],
            current: 0,
        }),
        zones: Shared::new(vec![
            zone.clone(),
            Arc::from("us-east-1b"),
            Arc::from("us-east-1c"),
        ]),
        vpc: Some(Shared::new(VpcCard {
            id: "vpc-0a".to_owned(),
            cidr: "172.31.0.0/16".to_owned(),
            internet_gateway: Some("igw-0a".to_owned()),
        })),
        subnets: [(
            SubnetIdOf::clone(&subnet),
            Shared::new(SubnetCard {
                id: subnet.clone(),
                name: "Public a".to_owned(),
                cidr: "172.31.1.0/24".to_owned(),
                zone,
                public: true,
                default_route: "default → igw".to_owned(),
                free: 250,
                used: 1,
                size: 256,
            }),
        )]
        .into(),
        groups: [(
            GroupIdOf::clone(&group),
            Shared::new(GroupCard {
                id: group.clone(),
                name: "sg-web".to_owned(),
                order: 1,
                ingress: vec![RuleCard {
                    id: "sgr-0a".to_owned(),
                    label: "TCP 8080 from anywhere".to_owned(),
                    revoke: Call::RevokeSecurityGroupIngress(
                        fargate_core::call::RevokeSecurityGroupIngress {
                            group_id: group.clone(),
                            ip_permissions: vec![fargate_core::call::IpPermission::tcp(
                                8_080,
                                "0.0.0.0/0",
                            )],
                        },
                    ),
                }],
                egress: vec![],
            }),
        )]
        .into(),
        tasks: [(TaskIdOf::clone(&task), Shared::new(card))].into(),
        families: Shared::new(vec![FamilyCard {
            family: "scorekeep".to_owned(),
            revisions: vec![RevisionCard {
                name: "scorekeep:7".to_owned(),
                revision: 7,
                json: json.clone(),
                sent: json,
                registered_at: SimTime(1_000),
                fargate: true,
            }],
        }]),
        requests: RequestsCard {
            delivered: 12,
            denied: 0,
            rate_tenths: 10,
        },
        flights: vec![Flight {
            id: 1,
            sent: SimTime(57_000),
            places: Shared::new(vec![
                Place::Internet,
                Place::Gateway,
                Place::Route(subnet.clone()),
                Place::Subnet(subnet),
                Place::Group(group),
                Place::Interface(task.clone()),
                Place::Container(task.clone(), 0),
            ]),
            end: FlightEnd::Delivered,
            progress: 0.4,
            label: "GET /",
        }],
        cost,
        events: Shared::new(vec![EventLine {
            id: 1,
            at: SimTime(46_000),
            text: "scorekeep 9f2c is running. It took 44 seconds.".to_owned(),
            trouble: false,
            task: Some(task),
        }]),
        event_count: 1,
    }
}
type TaskIdOf = fargate_core::ids::TaskId;
type SubnetIdOf = fargate_core::ids::SubnetId;
type GroupIdOf = fargate_core::ids::SecurityGroupId;
