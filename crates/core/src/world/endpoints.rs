//! Policies of VPC endpoints: the network makes and changes the endpoint, IAM keeps what its policy says.
//!
//! Source: 'Control access to VPC endpoints using endpoint policies' (without one, everything is let through).

use super::World;
use crate::call::{CreateVpcEndpoint, ModifyVpcEndpoint};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, Fact};
use crate::iam;
use crate::network;

impl World {
    /// `CreateVpcEndpoint`.
    pub(super) fn create_vpc_endpoint(
        &mut self,
        input: &CreateVpcEndpoint,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let reply = self.network_call(cause, log, |network, step| {
            network::create_vpc_endpoint(network, input, step)
        })?;
        if let (Reply::Made(id), Some(text)) = (&reply, &input.policy_document) {
            self.guard(id, Some(text), cause, log)?;
        }
        Ok(reply)
    }

    /// `ModifyVpcEndpoint`.
    pub(super) fn modify_vpc_endpoint(
        &mut self,
        input: &ModifyVpcEndpoint,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let reset = input.reset_policy == Some(true);
        if reset && input.policy_document.is_some() {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "The parameters PolicyDocument and ResetPolicy cannot be used together.",
                "Give the policy, or set it back to the one that lets everything through.",
            ));
        }
        let reply = self.network_call(cause, log, |network, step| {
            network::modify_vpc_endpoint(network, input, step)
        })?;
        if reset || input.policy_document.is_some() {
            let id = input.vpc_endpoint_id.as_str();
            self.guard(id, input.policy_document.as_deref(), cause, log)?;
        }
        Ok(reply)
    }

    /// Puts the policy of an endpoint; `None` for the one that lets everything through.
    fn guard(
        &mut self,
        endpoint: &str,
        text: Option<&str>,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<(), ApiError> {
        self.iam_call(cause, log, |account, step: &mut Step<'_>| {
            iam::guard(account, endpoint, text)?;
            let how = match text {
                Some(_) => "has a policy",
                None => "lets everything through",
            };
            step.log(Fact::Changed {
                what: "Endpoint",
                id: endpoint.to_owned(),
                how: how.to_owned(),
            });
            Ok(Reply::Done)
        })?;
        Ok(())
    }
}
