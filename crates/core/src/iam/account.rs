//! The account's users, roles and policies, and which of them apply to whom.

use super::evaluate::{Applied, Decision, Layer, Request, decide};
use super::managed::{MANAGED, managed};
use super::policy::Purpose;
use super::principal::{CustomerPolicy, Document, Kind, Principal};
use super::{ACCOUNT, Context, REGION};
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::event::Fact;
use litemap::LiteMap;
use std::sync::Arc;

/// The service that tasks assume their roles as.
pub const TASKS: &str = "ecs-tasks.amazonaws.com";
/// The root user.
pub const ROOT: &str = "arn:aws:iam::123456789012:root";
/// The policy that allows everything.
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// IAM of one account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whether calls and starting tasks are asked for permission.
    pub enforced: bool,
    /// The ARN of the principal that makes the calls.
    pub caller: String,
    /// Users and roles, by kind and name in small letters: names differ in more than capitals.
    pub principals: Shelf<(Kind, String), Principal>,
    /// The account's own policies, by ARN.
    pub policies: Shelf<String, CustomerPolicy>,
    /// Service control policies of the account.
    pub controls: Vec<(String, Document)>,
    /// The policies of VPC endpoints that have one, by the ids of these.
    pub endpoints: LiteMap<String, Document>,
    /// The customer keys that secrets and parameters are encrypted with, by the ARNs of these.
    pub(super) keys: LiteMap<String, String>,
}

/// The trust policy of roles that tasks assume.
pub const TRUST_TASKS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "ecs-tasks.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}"#;

impl Default for Account {
    /// As ECS's console leaves an account: the execution role, the service-linked role, and nobody but the root user.
    fn default() -> Self {
        let mut account = Self {
            enforced: false,
            caller: ROOT.to_owned(),
            principals: Shelf::default(),
            policies: Shelf::default(),
            controls: Vec::new(),
            endpoints: LiteMap::new(),
            keys: LiteMap::new(),
        };
        let of_ecs = TRUST_TASKS.replace(TASKS, "ecs.amazonaws.com");
        for (name, path, trust, policy) in [
            (
                "ecsTaskExecutionRole",
                "/",
                TRUST_TASKS,
                "AmazonECSTaskExecutionRolePolicy",
            ),
            (
                "AWSServiceRoleForECS",
                "/aws-service-role/ecs.amazonaws.com/",
                &of_ecs,
                "AmazonECSServiceRolePolicy",
            ),
        ] {
            let trust = Document::new(trust, Purpose::Trust);
            let mut role = Principal::new(Kind::Role, name, path, Some(trust));
            let found = MANAGED.iter().find(|it| it.name == policy);
            role.attached
                .extend(found.map(super::managed::Managed::arn));
            account.put(role);
        }
        account
    }
}

impl Account {
    /// The user or role of a name.
    pub fn principal(&self, kind: Kind, name: &str) -> Option<&Arc<Principal>> {
        self.principals.get(&(kind, name.to_lowercase()))
    }

    /// The user or role of a name, to be changed.
    pub(super) fn principal_mut(&mut self, kind: Kind, name: &str) -> Option<&mut Principal> {
        self.principals.get_mut(&(kind, name.to_lowercase()))
    }

    /// Puts a user or role in.
    pub(super) fn put(&mut self, principal: Principal) {
        let key = (principal.kind, principal.name.to_lowercase());
        self.principals.insert(key, principal);
    }

    /// The role that an ARN or a bare name means.
    pub fn role(&self, named: &str) -> Option<&Arc<Principal>> {
        let name = named.rsplit('/').next().unwrap_or(named);
        let role = self.principal(Kind::Role, name)?;
        (!named.starts_with("arn:") || role.arn() == named).then_some(role)
    }

    /// Makes a role that a definition names, unless it is there: one that tasks can assume, and that may do what every execution
    /// role may where it is one.
    pub(crate) fn presume(&mut self, named: &str, execution: bool, step: &mut Step<'_>) {
        let own = format!("arn:aws:iam::{ACCOUNT}:role/");
        let path = match named.strip_prefix(&own) {
            Some(path) => path,
            None if named.starts_with("arn:") => return,
            None => named,
        };
        let (path, name) = path.rsplit_once('/').map_or_else(
            || ("/".to_owned(), path),
            |(path, name)| (format!("/{path}/"), name),
        );
        if name.is_empty() || self.principal(Kind::Role, name).is_some() {
            return;
        }
        let trust = Document::new(TRUST_TASKS, Purpose::Trust);
        let mut role = Principal::new(Kind::Role, name, &path, Some(trust));
        let policy = MANAGED
            .iter()
            .filter(|it| it.name == "AmazonECSTaskExecutionRolePolicy");
        role.attached.extend(
            policy
                .filter(|_| execution)
                .map(super::managed::Managed::arn),
        );
        step.log(Fact::Made {
            what: "Role",
            id: role.arn(),
            name: name.to_owned(),
        });
        self.put(role);
    }

    /// The user or role of an ARN.
    pub fn of_arn(&self, arn: &str) -> Option<&Arc<Principal>> {
        self.principals.values().find(|it| it.arn() == arn)
    }

    /// The policy of an ARN: its name and what it says.
    pub fn policy(&self, arn: &str) -> Option<(Arc<str>, Document)> {
        if let Some(policy) = managed(arn) {
            return Some((policy.name.into(), policy.document()));
        }
        let own = self.policies.get(&arn.to_owned())?;
        Some((own.name.as_str().into(), own.document.clone()))
    }

    /// What applies to a user or role: its policies, its boundary, and the account's service control policies.
    pub fn applied(&self, principal: &Principal) -> Vec<Applied> {
        let mut all = self.controls();
        let attached = principal.attached.iter().filter_map(|arn| self.policy(arn));
        let inline = principal.inline.iter();
        let inline = inline.map(|(name, it)| (Arc::from(name.as_str()), it.clone()));
        all.extend(attached.chain(inline).map(|(name, it)| Applied {
            name,
            layer: Layer::Identity,
            policy: it.policy,
        }));
        if let Some(arn) = &principal.boundary {
            // a boundary that is gone lets nothing through
            let (name, policy) = self.policy(arn).map_or_else(
                || (Arc::from(arn.as_str()), Arc::default()),
                |(name, it)| (name, it.policy),
            );
            all.push(Applied {
                name,
                layer: Layer::Boundary,
                policy,
            });
        }
        all
    }

    fn controls(&self) -> Vec<Applied> {
        let controls = self.controls.iter().map(|(name, it)| Applied {
            name: name.as_str().into(),
            layer: Layer::ServiceControl,
            policy: it.policy.clone(),
        });
        controls.collect()
    }

    /// Decides what the principal of an ARN may do: the root user, a user, or a role. One that is not there may do nothing.
    pub fn decide(
        &self,
        arn: &str,
        session: Option<&str>,
        action: &str,
        resource: &str,
        context: Context,
    ) -> Decision {
        self.decide_by_way(arn, session, action, resource, context, &[])
    }

    /// The same for a request that comes by way of VPC endpoints, by their ids: their policies have to let it through, too.
    pub fn decide_by_way(
        &self,
        arn: &str,
        session: Option<&str>,
        action: &str,
        resource: &str,
        context: Context,
        endpoints: &[String],
    ) -> Decision {
        let found = self.of_arn(arn);
        let mut applied = if self.enforced || endpoints.is_empty() {
            found.map_or_else(|| self.controls(), |it| self.applied(it))
        } else {
            // whoever asks may do everything: what an endpoint's policy says is said all the same
            self.everything()
        };
        applied.extend(self.guards(endpoints));
        let mut context = context
            .with("aws:PrincipalArn", arn)
            .with("aws:PrincipalAccount", ACCOUNT)
            .with("aws:ResourceAccount", ACCOUNT)
            .with("aws:SecureTransport", "true");
        let mut principal = arn.to_owned();
        match found.map(|it| (it.kind, &it.name)) {
            Some((Kind::User, name)) => {
                context = context
                    .with("aws:username", name)
                    .with("aws:PrincipalType", "User");
            }
            Some((Kind::Role, name)) => {
                let session = session.unwrap_or("playground");
                principal = format!("arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}");
                context = context.with("aws:PrincipalType", "AssumedRole");
            }
            // a role that is presumed to be there
            None => {
                if let Some((_, path)) = arn.split_once(":role/").filter(|_| !self.enforced) {
                    let name = path.rsplit('/').next().unwrap_or(path);
                    let session = session.unwrap_or("playground");
                    principal = format!("arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}");
                }
            }
        }
        let request = Request {
            principal,
            action: action.to_owned(),
            resource: resource.to_owned(),
            context,
        };
        decide(request, &applied)
    }

    /// Decides a request by a link that a service signed, as Amazon ECR does for the layers of an image: who asks is an account of
    /// AWS's own, and of this account only the policies of VPC endpoints have a say. Source: Amazon ECR user guide, 'Minimum Amazon S3
    /// bucket permissions for Amazon ECR'; users whose policies ask for `aws:PrincipalAccount` have their layers refused.
    pub fn decide_signed(&self, action: &str, resource: &str, endpoints: &[String]) -> Decision {
        const AWS: &str = "an account of AWS";
        let mut applied = self.everything();
        applied.extend(self.guards(endpoints));
        let request = Request {
            principal: AWS.to_owned(),
            action: action.to_owned(),
            resource: resource.to_owned(),
            context: Context::default()
                .with("aws:PrincipalArn", AWS)
                .with("aws:PrincipalAccount", AWS)
                .with("aws:ResourceAccount", AWS)
                .with("aws:SecureTransport", "true"),
        };
        decide(request, &applied)
    }

    /// The policies of endpoints.
    fn guards(&self, endpoints: &[String]) -> impl Iterator<Item = Applied> {
        endpoints.iter().filter_map(|id| {
            Some(Applied {
                name: id.as_str().into(),
                layer: Layer::Endpoint,
                policy: self.endpoints.get(id)?.policy.clone(),
            })
        })
    }

    /// What allows everything.
    fn everything(&self) -> Vec<Applied> {
        let policy = self.policy(ADMINISTRATOR);
        let policy = policy.map(|(name, it)| Applied {
            name,
            layer: Layer::Identity,
            policy: it.policy,
        });
        policy.into_iter().collect()
    }

    /// Decides whether a service may assume a role. `None` where there is no such role.
    pub fn assume(&self, role: &str, service: &str) -> Option<Decision> {
        let role = self.role(role)?;
        let trust = role.trust.as_ref()?;
        let applied = Applied {
            name: format!("the trust policy of {}", role.name).into(),
            layer: Layer::Trust,
            policy: trust.policy.clone(),
        };
        let request = Request {
            principal: service.to_owned(),
            action: "sts:AssumeRole".to_owned(),
            resource: role.arn(),
            // ECS names no cluster and no task there, only the account. Source: 'Cross-service confused deputy prevention'
            context: Context::default()
                .with("aws:SourceAccount", ACCOUNT)
                .with("aws:SourceArn", format!("arn:aws:ecs:{REGION}:{ACCOUNT}:*")),
        };
        Some(decide(request, &[applied]))
    }
}
