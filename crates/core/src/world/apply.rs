//! Applying a call: AWS's answer, and the change if it accepts. A refused call changes nothing.

use super::{Due, Timer, World};
use crate::call::{Call, ClearDemand, PutImage, RegisterTaskDefinition, SetDemand};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::finding::{AwsError, Finding};
use crate::ids::TaskId;
use crate::network;
use crate::task;
use crate::task::{Container, Demand, MOST_CPU, MOST_MEMORY};
use crate::task_definition::{self, Context, Revision, Verdict};
use crate::traffic;
use crate::workload::{self, Workload};
use litemap::LiteMap;
use std::sync::Arc;

/// Characters that an image's name may have. Source: API reference of `ContainerDefinition`.
const MAX_IMAGE_NAME: usize = 255;
/// Images that a scenario can say something about, so that nothing grows without bound.
const MAX_IMAGES: usize = 200;

impl World {
    /// Applies the call that stands at `number` of the document. A refused call leaves the world and the log as they were.
    pub fn apply(
        &mut self,
        number: u32,
        call: &Call,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let mut draft = self.clone();
        let logged = log.len();
        match draft.accept(Cause::Call(number), call, log) {
            Ok(reply) => {
                *self = draft;
                Ok(reply)
            }
            Err(error) => {
                log.truncate(logged);
                Err(error)
            }
        }
    }

    fn accept(
        &mut self,
        cause: Cause,
        call: &Call,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let before = self.events;
        let mut step = Step::new(self.now, self.settings.seed, cause, &mut self.events, log);
        let net = &mut self.network;
        match call {
            Call::CreateVpc(input) => network::create_vpc(net, input, &mut step),
            Call::CreateSubnet(input) => network::create_subnet(net, input, &mut step),
            Call::CreateInternetGateway(input) => {
                network::create_internet_gateway(net, input, &mut step)
            }
            Call::AttachInternetGateway(input) => {
                network::attach_internet_gateway(net, input, &mut step)
            }
            Call::CreateRoute(input) => network::create_route(net, input, &mut step),
            Call::DeleteRoute(input) => network::delete_route(net, input, &mut step),
            Call::CreateSecurityGroup(input) => {
                network::create_security_group(net, input, &mut step)
            }
            Call::AuthorizeSecurityGroupIngress(input) => {
                network::authorize_ingress(net, input, &mut step)
            }
            Call::RevokeSecurityGroupIngress(input) => {
                network::revoke_ingress(net, input, &mut step)
            }
            Call::RegisterTaskDefinition(input) => self.register(input, cause, log),
            Call::RunTask(input) => {
                let mut reply = Ok(Reply::Done);
                let (revisions, images) = (self.revisions.clone(), self.images.clone());
                let as_of = self.as_of;
                let later = self.with_parts(cause, log, |parts, step| {
                    reply = task::run_task(parts, &revisions, &images, as_of, input, step);
                });
                self.schedule(later, cause, before);
                reply
            }
            Call::StopTask(input) => {
                let mut reply = Ok(Reply::Done);
                let later = self.with_parts(cause, log, |parts, step| {
                    reply = task::stop_task(parts, input, step);
                });
                self.schedule(later, cause, before);
                reply
            }
            Call::SetDemand(input) => self.set_demand(input, cause, log),
            Call::ClearDemand(input) => self.clear_demand(input, cause, log),
            Call::PutImage(input) => {
                put_image(Arc::make_mut(&mut self.images), input)?;
                step.log(Fact::ImageSaid {
                    image: input.image.clone(),
                    said: input.behaviour.is_some(),
                });
                Ok(Reply::Done)
            }
            Call::SetAsOf(input) => {
                self.as_of = input.date;
                step.log(Fact::AsOf { date: input.date });
                Ok(Reply::Done)
            }
            Call::SendRequests(input) => {
                let stream =
                    traffic::send_requests(&mut self.traffic, &self.tasks, input, &mut step)?;
                self.queue.push(
                    self.now,
                    Timer {
                        due: Due::Request(stream),
                        cause,
                    },
                );
                Ok(Reply::Done)
            }
            Call::SetTraffic(input) => {
                let stream =
                    traffic::set_traffic(&mut self.traffic, &self.tasks, input, &mut step)?;
                if let Some(stream) = stream {
                    self.queue.push(
                        self.now,
                        Timer {
                            due: Due::Request(stream),
                            cause,
                        },
                    );
                }
                Ok(Reply::Done)
            }
        }
    }

    fn register(
        &mut self,
        input: &RegisterTaskDefinition,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let context = Context::fargate(self.as_of);
        let reading = self
            .settings
            .judge
            .read(input.definition.as_str(), &context);
        if let Verdict::Refused { finding, aws } = &reading.verdict {
            return Err(refusal(reading.findings.get(*finding), aws.as_ref()));
        }
        let family = reading.definition.family.clone();
        let number = self.revisions.next_number(&family);
        let name: Arc<str> = format!("{family}:{number}").into();
        self.revisions.add(
            &family,
            Revision {
                name: name.clone(),
                number,
                described: task_definition::described(
                    &reading.document,
                    &reading.definition,
                    number,
                    &reading.compatibilities,
                    &context,
                ),
                compatibilities: reading.compatibilities,
                definition: Arc::new(reading.definition),
                needs: reading.needs,
                sent: input.definition.clone(),
                registered_at: self.now,
            },
        );
        self.log(
            Fact::Registered {
                revision: name.to_string(),
            },
            cause,
            log,
        );
        Ok(Reply::Registered {
            family,
            revision: number,
        })
    }

    fn container_of(&mut self, task: &TaskId, name: &str) -> Result<&mut Container, ApiError> {
        let task = self
            .tasks
            .get_mut(task)
            .ok_or_else(|| bad_demand("The referenced task was not found.".to_owned()))?;
        let container = task
            .containers
            .iter_mut()
            .find(|container| *container.name == *name);
        container.ok_or_else(|| bad_demand(format!("The task has no container '{name}'.")))
    }

    fn set_demand(
        &mut self,
        input: &SetDemand,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        if input.cpu.is_some_and(|cpu| cpu > MOST_CPU) {
            return Err(bad_demand(format!("cpu must be at most {MOST_CPU}.")));
        }
        if input.memory.is_some_and(|memory| memory > MOST_MEMORY) {
            return Err(bad_demand(format!("memory must be at most {MOST_MEMORY}.")));
        }
        let container = self.container_of(&input.task, &input.container)?;
        container.demand.cpu = input.cpu.or(container.demand.cpu);
        container.demand.memory = input.memory.or(container.demand.memory);
        let (container, task) = (container.name.clone(), input.task.clone());
        self.log(
            Fact::DemandSet {
                task,
                container,
                cpu: input.cpu,
                memory: input.memory,
            },
            cause,
            log,
        );
        self.settle(&input.task, cause, log);
        Ok(Reply::Done)
    }

    fn clear_demand(
        &mut self,
        input: &ClearDemand,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let container = self.container_of(&input.task, &input.container)?;
        container.demand = Demand::default();
        let (container, task) = (container.name.clone(), input.task.clone());
        self.log(Fact::DemandCleared { task, container }, cause, log);
        self.settle(&input.task, cause, log);
        Ok(Reply::Done)
    }
}

/// `PutImage`: what a person says is held to the same bounds as what they type.
fn put_image(
    images: &mut LiteMap<String, Arc<Workload>>,
    input: &PutImage,
) -> Result<(), ApiError> {
    let refuse = |message: String, cure: String| {
        Err(ApiError::new("InvalidParameterException", message, cure))
    };
    if !(1..=MAX_IMAGE_NAME).contains(&input.image.len()) {
        let message = format!("image must have 1 to {MAX_IMAGE_NAME} characters.");
        return refuse(
            message,
            "Name the image as a task definition does.".to_owned(),
        );
    }
    let Some(behaviour) = &input.behaviour else {
        return match images.remove(&input.image) {
            Some(_) => Ok(()),
            None => refuse(
                format!("Nothing was said about image '{}'.", input.image),
                "Name an image that this scenario says something about.".to_owned(),
            ),
        };
    };
    let (_, findings) = workload::read(&workload::said(behaviour));
    if let Some(finding) = findings.into_iter().next() {
        return refuse(finding.message, finding.help);
    }
    if images.len() >= MAX_IMAGES && !images.contains_key(&input.image) {
        let message = format!("A scenario can say what {MAX_IMAGES} images do.");
        return refuse(message, "Take one back first.".to_owned());
    }
    images.insert(input.image.clone(), Arc::new((**behaviour).clone()));
    Ok(())
}

/// The refusal of a definition: AWS's words, and the cure of the finding that decided.
fn refusal(finding: Option<&Finding>, aws: Option<&AwsError>) -> ApiError {
    let cure = finding
        .map(|it| it.help.clone())
        .filter(|help| !help.is_empty());
    let cure = cure.unwrap_or_else(|| "The editor marks the place and offers the cure.".to_owned());
    match (aws, finding) {
        (Some(aws), _) => ApiError::new(aws.code, aws.message.clone(), cure),
        (None, Some(finding)) => {
            ApiError::new("ParamValidationError", finding.message.clone(), cure)
        }
        (None, None) => ApiError::new("ParamValidationError", "Invalid JSON received.", cure),
    }
}

fn bad_demand(message: String) -> ApiError {
    ApiError::new(
        "InvalidParameterException",
        message,
        "Name a container of a task of this scenario, and a smaller demand.",
    )
}
