//! AWS's own managed policies, by their ARNs. Source: AWS Managed Policy Reference, the default versions.

use super::policy::Purpose;
use super::principal::Document;

/// A policy of AWS's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Managed {
    /// Its name.
    pub name: &'static str,
    /// The path before it in its ARN.
    path: &'static str,
    /// Its document.
    pub text: &'static str,
}

macro_rules! managed {
    ($($path:literal $name:literal)*) => {
        /// The policies of AWS's that are known here.
        pub const MANAGED: &[Managed] = &[$(Managed {
            name: $name,
            path: $path,
            text: include_str!(concat!("data/managed/", $name, ".json")),
        }),*];
    };
}

managed! {
    "service-role/" "AmazonECSTaskExecutionRolePolicy"
    "" "AmazonEC2ContainerRegistryReadOnly"
    "" "AmazonEC2ContainerRegistryPullOnly"
    "" "CloudWatchLogsFullAccess"
    "" "AdministratorAccess"
    "service-role/" "AmazonEC2ContainerServiceforEC2Role"
    "service-role/" "AmazonEC2ContainerServiceEventsRole"
    "service-role/" "AmazonEC2ContainerServiceRole"
    "aws-service-role/" "AmazonECSServiceRolePolicy"
    "aws-service-role/" "AWSApplicationAutoscalingECSServicePolicy"
    "" "AWSCodeDeployRoleForECS"
}

impl Managed {
    /// Its ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy/{}{}", self.path, self.name)
    }

    /// Whether only a service can attach it, to its own role.
    pub fn of_service(&self) -> bool {
        self.path == "aws-service-role/"
    }

    /// What it says.
    pub fn document(&self) -> Document {
        Document::new(self.text, Purpose::Identity)
    }
}

/// The policy of that ARN.
pub fn managed(arn: &str) -> Option<&'static Managed> {
    MANAGED.iter().find(|it| it.arn() == arn)
}
