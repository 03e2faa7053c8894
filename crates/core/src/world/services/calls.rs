//! `CreateService`, `UpdateService` and `DeleteService`.

use super::check;
use crate::call::{CreateService, DeleteService, UpdateService};
use crate::engine::chance;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::service::{self, Deployment, Rollout, Service, ServiceStatus, words};
use crate::wire::print;
use crate::world::World;
use crate::world::describe::invalid;

impl World {
    /// `CreateService`.
    pub(in crate::world) fn create_service(
        &mut self,
        input: &CreateService,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let cluster = self.cluster(input.cluster.as_deref())?.name;
        check::name(&input.service_name)?;
        check::token(input.client_token.as_deref())?;
        let sent = print(input);
        if let Some(there) = self
            .services
            .get(&service::key(&cluster, &input.service_name))
        {
            match there.status {
                ServiceStatus::Active if there.created == sent => {
                    return Ok(Reply::Shown(self.service_reply(there)));
                }
                ServiceStatus::Active => {
                    return Err(invalid(
                        "Creation of service was not idempotent.",
                        format!(
                            "A service {0} is there already: change it with UpdateService, or choose another name.",
                            input.service_name
                        ),
                    ));
                }
                ServiceStatus::Draining => {
                    return Err(invalid(
                        "Unable to Start a service that is still Draining.",
                        "Wait until the deleted service is INACTIVE, or choose another name.",
                    ));
                }
                ServiceStatus::Inactive => {}
            }
        }
        let mut wish = input.clone();
        let revision = check::wish(self, &wish, true)?;
        wish.desired_count = Some(wish.desired_count.unwrap_or(0));
        wish.client_token = None;
        let first = self.deployment(&wish, revision, cause);
        let service = Service::new(wish, sent, first, self.now);
        let name = service.name.clone();
        self.services.put(service);
        let fact = Fact::Made {
            what: "Service",
            id: name.clone(),
            name: String::new(),
        };
        self.log(fact, cause, log);
        self.wake_soon(&name, log);
        let made = self.service_known(&name)?;
        Ok(Reply::Shown(self.service_reply(made)))
    }

    /// `UpdateService`.
    pub(in crate::world) fn update_service(
        &mut self,
        input: &UpdateService,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        self.cluster(input.cluster.as_deref())?;
        let mut service =
            Service::clone(self.service_found(input.cluster.as_deref(), &input.service)?);
        if service.status != ServiceStatus::Active {
            return Err(ApiError::new(
                "ServiceNotActiveException",
                "Service was not ACTIVE.",
                "It was deleted: create it anew once it is INACTIVE.",
            ));
        }
        let before = service.wish.clone();
        let wish = &mut service.wish;
        changed(&mut wish.desired_count, input.desired_count);
        changed(&mut wish.task_definition, input.task_definition.clone());
        changed(&mut wish.platform_version, input.platform_version.clone());
        changed(
            &mut wish.network_configuration,
            input.network_configuration.clone(),
        );
        if let Some(percents) = &input.deployment_configuration {
            let held = wish.deployment_configuration.get_or_insert_default();
            changed(&mut held.maximum_percent, percents.maximum_percent);
            changed(
                &mut held.minimum_healthy_percent,
                percents.minimum_healthy_percent,
            );
            changed(&mut held.strategy, percents.strategy.clone());
            changed(
                &mut held.deployment_circuit_breaker,
                percents.deployment_circuit_breaker.clone(),
            );
        }
        changed(
            &mut wish.health_check_grace_period_seconds,
            input.health_check_grace_period_seconds,
        );
        changed(
            &mut wish.enable_ecs_managed_tags,
            input.enable_ecs_managed_tags,
        );
        changed(&mut wish.propagate_tags, input.propagate_tags.clone());
        changed(
            &mut wish.enable_execute_command,
            input.enable_execute_command,
        );
        if !input.capacity_provider_strategy.is_empty() {
            wish.capacity_provider_strategy
                .clone_from(&input.capacity_provider_strategy);
            wish.launch_type = None;
        }
        if let Some(balancers) = &input.load_balancers {
            wish.load_balancers.clone_from(balancers);
        }
        let revision = check::wish(self, wish, input.task_definition.is_some())?;
        let forced = input.force_new_deployment == Some(true);
        // a definition that is named starts a deployment only where it is another revision
        let other_revision =
            input.task_definition.is_some() && *revision != *service.primary().task_definition;
        let revision = if input.task_definition.is_some() {
            revision
        } else {
            service.primary().task_definition.clone()
        };
        service.wish.task_definition = Some(revision.clone());
        let wish = &service.wish;
        let anew = forced
            || other_revision
            || wish.network_configuration != before.network_configuration
            || wish.platform_version != before.platform_version
            || wish.load_balancers != before.load_balancers;
        let mut how = Vec::new();
        if wish.desired_count != before.desired_count {
            how.push(format!("wants {} tasks", service.desired()));
        }
        if anew {
            let deployment = self.deployment(wish, revision, cause);
            how.push(words::rolls_out(
                &deployment.task_definition,
                &deployment.id,
            ));
            service.deployments.insert(0, deployment);
            service.retry_at = None;
            service.unplaced = None;
            service.resolved();
        }
        if how.is_empty() {
            how.push("is updated".to_owned());
        }
        service.steady &= !anew && service.wish.desired_count == before.desired_count;
        let name = service.name.clone();
        self.services.put(service);
        let fact = Fact::Changed {
            what: "Service",
            id: name.clone(),
            how: how.join(" and "),
        };
        self.log(fact, cause, log);
        self.wake_soon(&name, log);
        let service = self.service_known(&name)?;
        Ok(Reply::Shown(self.service_reply(service)))
    }

    /// `DeleteService`.
    pub(in crate::world) fn delete_service(
        &mut self,
        input: &DeleteService,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        self.cluster(input.cluster.as_deref())?;
        let mut service =
            Service::clone(self.service_found(input.cluster.as_deref(), &input.service)?);
        if service.status == ServiceStatus::Inactive {
            return Err(ApiError::new(
                "ServiceNotFoundException",
                "Service not found.",
                "It is deleted already.",
            ));
        }
        if service.desired() > 0 && input.force != Some(true) {
            return Err(invalid(
                "The service cannot be stopped while it is scaled above 0.",
                "Scale it to 0 with UpdateService first, or delete it with force.",
            ));
        }
        if service.deployments.len() > 1 && input.force != Some(true) {
            return Err(invalid(
                "The service cannot be stopped while deployments are active.",
                "Wait until the tasks of its earlier deployment have stopped, or delete it with force.",
            ));
        }
        service.status = ServiceStatus::Draining;
        service.wish.desired_count = Some(0);
        let name = service.name.clone();
        self.services.put(service);
        let fact = Fact::Changed {
            what: "Service",
            id: name.clone(),
            how: "is deleted: it is DRAINING".to_owned(),
        };
        self.log(fact, cause, log);
        self.wake_soon(&name, log);
        let service = self.service_known(&name)?;
        Ok(Reply::Shown(self.service_reply(service)))
    }

    /// A deployment that a call begins. Its number is drawn for the call.
    fn deployment(&self, wish: &CreateService, revision: String, cause: Cause) -> Deployment {
        let id = service::deployment_id(self.settings.seed, &service::key_of(wish), cause);
        Deployment {
            id: id.into(),
            task_definition: revision,
            network: wish.network_configuration.clone(),
            platform_version: wish.platform_version.clone(),
            load_balancers: wish.load_balancers.clone(),
            created_at: self.now,
            updated_at: self.now,
            rollout: Rollout::InProgress,
            failed: 0,
            ran: false,
            level: 0,
            level_at: self.now,
            not_before: self.now,
        }
    }

    /// Has a service looked at soon, because of the last event.
    fn wake_soon(&mut self, name: &str, log: &[Event]) {
        let Some(event) = log.last() else {
            return;
        };
        let subject = format!("{name}/{}", self.now.0);
        let ms = chance::between(
            self.settings.seed,
            "service scheduler",
            &subject,
            super::LOOKS.0,
            super::LOOKS.1,
        );
        let at = self.now + crate::units::SimSpan(ms);
        self.wake(name, at, Cause::Event(event.id));
    }
}

/// Puts a member that is given in the place of what was there.
fn changed<T>(held: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *held = given;
    }
}
