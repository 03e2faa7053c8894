//! A cluster, those of the account, and the calls that make and delete one.
//!
//! Source: API reference of `CreateCluster` and `DeleteCluster`. An account here has the cluster `default` from its beginning, with both
//! capacity providers of Fargate, as the console makes it. The words of the refusals are those of public issues.

use super::World;
use super::describe::invalid;
use super::launch::parts;
use crate::call::{CreateCluster, DeleteCluster};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::service::{Service, ServiceStatus};
use crate::task::{self, Part, Provider, TaskState};
use crate::text::Json;
use crate::wire::Writer;
use litemap::LiteMap;
use std::any::Any;
use std::sync::Arc;

/// Characters of a name.
const MAX_NAME: usize = 255;
/// Clusters of an account. Source: 'Amazon ECS endpoints and quotas'.
const MAX_CLUSTERS: usize = 10_000;

/// A cluster.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) name: String,
    /// Whether it is ACTIVE: a deleted one is INACTIVE.
    pub(super) active: bool,
    /// Its capacity providers.
    pub(super) providers: Vec<Provider>,
    /// Its default strategy.
    pub(super) strategy: Vec<Part>,
}

impl Cluster {
    /// The one that an account begins with.
    fn first() -> Self {
        Self {
            name: task::CLUSTER.to_owned(),
            active: true,
            providers: Provider::ALL.to_vec(),
            strategy: Vec::new(),
        }
    }

    /// AWS's status.
    pub(super) const fn status(&self) -> &'static str {
        if self.active { "ACTIVE" } else { "INACTIVE" }
    }
}

/// Clusters by name.
type Shelf = LiteMap<String, Cluster>;

/// The account's clusters as the world holds them. As long as there is the first one alone, as it began, that is nothing; what it holds
/// hides its type, so that a program that makes no call about clusters does not hold the code for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Clusters(Option<Arc<dyn Any + Send + Sync>>);

impl Clusters {
    /// All of them, in the order of their names, deleted ones too.
    pub(super) fn all(&self) -> Vec<Cluster> {
        let held = self.0.as_ref().and_then(|it| it.downcast_ref::<Shelf>());
        held.map_or_else(
            || vec![Cluster::first()],
            |all| all.values().cloned().collect(),
        )
    }

    /// The cluster of that name.
    pub(super) fn get(&self, name: &str) -> Option<Cluster> {
        self.all().into_iter().find(|it| it.name == name)
    }

    /// Puts a cluster in, in the place of one of the same name.
    pub(super) fn put(&mut self, cluster: Cluster) {
        let all = self.all().into_iter();
        let mut all: Shelf = all.map(|it| (it.name.clone(), it)).collect();
        all.insert(cluster.name.clone(), cluster);
        self.0 = Some(Arc::new(all));
    }
}

impl World {
    /// The cluster that a call names, or `default`.
    ///
    /// # Errors
    /// `ClusterNotFoundException` where there is none, and where it was deleted.
    pub(super) fn cluster(&self, named: Option<&str>) -> Result<Cluster, ApiError> {
        let name = named.map_or(task::CLUSTER, task::cluster_in);
        let refuse = |message: &str, cure: String| {
            ApiError::new("ClusterNotFoundException", message.to_owned(), cure)
        };
        match self.limits.clusters.get(name) {
            Some(cluster) if cluster.active => Ok(cluster),
            Some(_) => Err(refuse(
                "The referenced cluster was inactive.",
                format!("Create '{name}' again, or name another cluster: it was deleted."),
            )),
            None => Err(refuse(
                "Cluster not found.",
                format!("Create the cluster '{name}' first, or leave it out: default is there."),
            )),
        }
    }

    /// Whether tasks can be run in the cluster that a call names, or in `default`: whether it is ACTIVE.
    pub fn has_cluster(&self, named: Option<&str>) -> bool {
        self.cluster(named).is_ok()
    }

    /// `CreateCluster`. One that is there is answered as it is; one that was deleted is ACTIVE again.
    pub(super) fn create_cluster(
        &mut self,
        input: &CreateCluster,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let name = input.cluster_name.as_deref().unwrap_or(task::CLUSTER);
        let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
        if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(known) {
            return Err(invalid(
                "Invalid cluster name. Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed.",
                "Write the name of those characters.",
            ));
        }
        let there = self.limits.clusters.get(name).filter(|it| it.active);
        if there.is_none() {
            let active = self.limits.clusters.all();
            if active.iter().filter(|it| it.active).count() >= MAX_CLUSTERS {
                return Err(ApiError::new(
                    "ClientException",
                    "The limit for clusters of this account has been reached.",
                    "Delete some clusters first; an account has 10,000 at most.",
                ));
            }
            let providers = super::clusters::providers(&input.capacity_providers)?;
            let cluster = Cluster {
                name: name.to_owned(),
                active: true,
                strategy: parts(&input.default_strategy, &providers)?,
                providers,
            };
            Arc::make_mut(&mut self.limits).clusters.put(cluster);
            let fact = Fact::Made {
                what: "Cluster",
                id: name.to_owned(),
                name: String::new(),
            };
            self.log(fact, cause, log);
        }
        Ok(self.shown_cluster(name))
    }

    /// `DeleteCluster`: it is INACTIVE from then on, and can still be described.
    pub(super) fn delete_cluster(
        &mut self,
        input: &DeleteCluster,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let mut cluster = self.cluster(Some(&input.cluster))?;
        let name = cluster.name.clone();
        let works = |it: &Service| it.cluster() == name && it.status == ServiceStatus::Active;
        if self.services.all().any(|it| works(it)) {
            return Err(ApiError::new(
                "ClusterContainsServicesException",
                "The Cluster cannot be deleted while Services are active.",
                "Delete its services first, with force where they are not scaled to 0.",
            ));
        }
        let lives = |it: &task::Task| it.cluster() == name && it.state() != TaskState::Stopped;
        if self.tasks.values().any(|it| lives(it)) {
            return Err(ApiError::new(
                "ClusterContainsTasksException",
                "The Cluster cannot be deleted while Tasks are active.",
                "Stop its tasks first, and wait until they are STOPPED.",
            ));
        }
        cluster.active = false;
        Arc::make_mut(&mut self.limits).clusters.put(cluster);
        let fact = Fact::Changed {
            what: "Cluster",
            id: name.clone(),
            how: "is deleted: it is INACTIVE".to_owned(),
        };
        self.log(fact, cause, log);
        Ok(self.shown_cluster(&name))
    }

    fn shown_cluster(&self, name: &str) -> Reply {
        let mut out = Writer::default();
        out.open('{');
        if let Some(cluster) = self.limits.clusters.get(name) {
            out.name("cluster");
            self.write_cluster(&cluster, &mut out);
        }
        out.close('}');
        Reply::Shown(Json::known(&out.finish()))
    }
}
