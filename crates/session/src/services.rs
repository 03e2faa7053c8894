//! Services of ECS, as plain cards for the panel that makes and changes them.

use crate::session::Session;
use fargate_core::service::{Service, ServiceStatus};
use fargate_core::units::SimTime;

/// A service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceCard {
    /// Its name.
    pub name: String,
    /// `ACTIVE` or `DRAINING`.
    pub status: &'static str,
    /// Whether it can be changed still.
    pub active: bool,
    /// Tasks that it keeps running.
    pub desired: u32,
    /// Its tasks that are RUNNING.
    pub running: u32,
    /// Its tasks that are on their way there.
    pub pending: u32,
    /// The revision of its primary deployment.
    pub definition: String,
    /// Its deployments, the primary first: `PRIMARY web:2, IN_PROGRESS`.
    pub deployments: Vec<String>,
    /// What it told, the newest first.
    pub events: Vec<(SimTime, String)>,
}

impl Session {
    /// The services at the moment shown that are not deleted, in the order of their names.
    pub fn services(&self) -> Vec<ServiceCard> {
        let all = self.world().services().all();
        let all = all.filter(|it| it.status != ServiceStatus::Inactive);
        all.map(|it| self.service_card(it)).collect()
    }

    fn service_card(&self, service: &Service) -> ServiceCard {
        let (running, pending) = self.world().service_counts(service, None);
        let deployments = service.deployments.iter().enumerate().map(|(place, it)| {
            let status = if place == 0 { "PRIMARY" } else { "ACTIVE" };
            format!("{status} {}, {}", it.task_definition, it.rollout.aws())
        });
        ServiceCard {
            name: service.name.clone(),
            status: service.status.aws(),
            active: service.status == ServiceStatus::Active,
            desired: service.desired(),
            running,
            pending,
            definition: service.primary().task_definition.clone(),
            deployments: deployments.collect(),
            events: service
                .events
                .iter()
                .map(|it| (it.at, it.message.clone()))
                .collect(),
        }
    }
}
