//! What an account decides: who may do what, by which way, and who may assume a role.

use super::account::Account;
use super::evaluate::{Applied, Decision, Layer, Request, decide};
use super::{ACCOUNT, Context, Kind, REGION};

/// The policy that allows everything.
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

impl Account {
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
