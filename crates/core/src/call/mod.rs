//! Calls: everything that can be asked of the simulated account, in the AWS API's own shape.
//!
//! A document is a list of timed calls. Each is saved as `{"action": "ecs:RunTask", "input": {…}}`, where the input is
//! what AWS's API takes; the `playground` service has the few that AWS has no API for.
//!
//! An input is a structure in a [`wire!`](macro@crate::wire) table, which says how JSON calls its members, and a line in
//! `calls!` below, which says its action. What it does to the account says `world/handlers.rs`.

mod ec2;
mod ecs;
mod playground;

pub use ec2::*;
pub use ecs::{
    AssignPublicIp, AwsvpcConfiguration, LaunchType, NetworkConfiguration, RegisterTaskDefinition,
    RunTask, StopTask,
};
pub use playground::{
    ClearDemand, PutImage, SendRequests, SetAsOf, SetDemand, SetTraffic, TrafficSource,
};

use crate::text::Node;
use crate::wire::{FromJson, MISSING, Misfits, Others, Slot, ToJson, Writer, print};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// What an action is asked with: a type whose name in JSON is known.
pub trait Action: FromJson + Input {
    /// Service and action, such as `ecs:RunTask`.
    const NAME: &'static str;
}

/// The input of any action.
pub trait Input: ToJson + fmt::Debug + Any + Send + Sync {}

impl<T: ToJson + fmt::Debug + Any + Send + Sync> Input for T {}

/// One request to the simulated account: an action with its input.
///
/// The input hides its type, so that a program holds only the code of those actions that it names.
#[derive(Clone, Debug)]
pub struct Call {
    action: &'static str,
    input: Arc<dyn Input>,
}

impl Call {
    /// Service and action, such as `ecs:RunTask`.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// The input, where the call is of that action.
    pub fn input<T: Action>(&self) -> Option<&T> {
        (&*self.input as &dyn Any).downcast_ref()
    }

    /// Every service and action that a call can have.
    pub fn actions() -> impl Iterator<Item = &'static str> {
        READERS.iter().map(|(action, _)| *action)
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.action == other.action && print(self) == print(other)
    }
}

impl Eq for Call {}

impl<T: Action> From<T> for Call {
    fn from(input: T) -> Self {
        Self {
            action: T::NAME,
            input: Arc::new(input),
        }
    }
}

impl ToJson for Call {
    fn write(&self, out: &mut Writer) {
        let input: &dyn ToJson = &*self.input;
        out.open('{');
        out.member("action", &self.action);
        out.member("input", input);
        out.close('}');
    }
}

impl FromJson for Call {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        const SLOTS: &[Slot] = &[("action", true), ("input", true)];
        let members = misfits.members(node, SLOTS, Others::Ignored);
        let action = members.get("action");
        let name = misfits.text(action);
        let found = READERS.iter().find(|(known, _)| *known == name);
        let Some((_, read)) = found else {
            misfits.wrong(
                action,
                "an action that this version knows, such as \"ecs:RunTask\"",
            );
            return READERS[0].1(&MISSING, misfits);
        };
        read(members.get("input"), misfits)
    }
}

macro_rules! calls {
    ($($action:literal $name:ident)*) => {
        $(impl Action for $name {
            const NAME: &'static str = $action;
        })*

        /// How the input of each action is read.
        const READERS: &[(&str, fn(&Node, &mut Misfits) -> Call)] = &[$(
            ($action, |input, misfits| $name::read(input, misfits).into()),
        )*];
    };
}

calls! {
    // Makes a VPC with its main route table and default security group.
    "ec2:CreateVpc" CreateVpc
    // Makes a subnet.
    "ec2:CreateSubnet" CreateSubnet
    // Makes an internet gateway.
    "ec2:CreateInternetGateway" CreateInternetGateway
    // Attaches an internet gateway to a VPC.
    "ec2:AttachInternetGateway" AttachInternetGateway
    // Adds a route to a route table.
    "ec2:CreateRoute" CreateRoute
    // Takes a route out of a route table.
    "ec2:DeleteRoute" DeleteRoute
    // Makes a security group, which lets everything out and nothing in.
    "ec2:CreateSecurityGroup" CreateSecurityGroup
    // Adds inbound rules to a security group.
    "ec2:AuthorizeSecurityGroupIngress" AuthorizeSecurityGroupIngress
    // Takes inbound rules out of a security group.
    "ec2:RevokeSecurityGroupIngress" RevokeSecurityGroupIngress
    // Registers a revision of a task definition.
    "ecs:RegisterTaskDefinition" RegisterTaskDefinition
    // Runs tasks.
    "ecs:RunTask" RunTask
    // Stops a task.
    "ecs:StopTask" StopTask
    // Sets what a container would use if it could.
    "playground:SetDemand" SetDemand
    // Gives a container's demand back to its image and the traffic.
    "playground:ClearDemand" ClearDemand
    // Sets the date whose rules apply.
    "playground:SetAsOf" SetAsOf
    // Says what an image does when it runs.
    "playground:PutImage" PutImage
    // Sends a number of requests to a task.
    "playground:SendRequests" SendRequests
    // Sets the background traffic to a task.
    "playground:SetTraffic" SetTraffic
}
