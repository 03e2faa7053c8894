//! What an image asks of AWS: an action on a resource, at its start or for each request that it answers.
//!
//! It is written as a permission is: `s3:GetObject arn:aws:s3:::scores/settings.json`, with `request` before it where each request
//! leads to it. A refusal at its start ends it with exit code 1; one for a request has that answered with 500.

use super::Workload;

/// The services that can be asked: the prefix of their actions, their endpoint, and how they say that somebody may not. Source: the
/// 'Common errors' of their API references, and for S3 'Error responses'.
const SERVICES: &[(&str, &str, &str)] = &[
    ("s3", "s3", "AccessDenied"),
    ("dynamodb", "dynamodb", "AccessDeniedException"),
    ("sqs", "sqs", "AccessDenied"),
    ("sns", "sns", "AuthorizationError"),
    ("secretsmanager", "secretsmanager", "AccessDeniedException"),
    ("ssm", "ssm", "AccessDeniedException"),
    ("kms", "kms", "AccessDeniedException"),
    ("sts", "sts", "AccessDenied"),
    ("logs", "logs", "AccessDeniedException"),
    ("ecr", "ecr.api", "AccessDeniedException"),
    ("ecs", "ecs", "AccessDeniedException"),
];

/// Something that an image asks of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwsAsk<'a> {
    /// Service and action, such as `s3:GetObject`.
    pub action: &'a str,
    /// The resource's ARN, or `*`.
    pub resource: &'a str,
    /// Whether each request leads to it; else the start does.
    pub each_request: bool,
}

impl<'a> AwsAsk<'a> {
    /// Reads one; the error says what would be understood.
    pub fn read(text: &'a str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (each_request, action, resource) = match words.as_slice() {
            ["request", action, resource] => (true, *action, *resource),
            [action, resource] => (false, *action, *resource),
            _ => {
                return Err("an action and a resource, such as s3:GetObject arn:aws:s3:::scores/settings.json, with request before it where each request leads to it".to_owned());
            }
        };
        let ask = Self {
            action,
            resource,
            each_request,
        };
        let name = ask.operation();
        if ask.service().is_none() || name.is_empty() || !name.chars().all(char::is_alphanumeric) {
            let known: Vec<&str> = SERVICES.iter().map(|it| it.0).collect();
            return Err(format!(
                "an action without wildcards of one of {}, such as dynamodb:GetItem",
                known.join(", ")
            ));
        }
        let parts = resource.splitn(6, ':').collect::<Vec<_>>();
        let is_arn = matches!(parts.as_slice(), ["arn", "aws", _, _, _, rest] if !rest.is_empty());
        if resource != "*" && !is_arn {
            return Err("an action on *, or on a resource by its ARN, arn:aws:…".to_owned());
        }
        Ok(ask)
    }

    fn service(&self) -> Option<&'static (&'static str, &'static str, &'static str)> {
        let prefix = self.action.split_once(':')?.0;
        SERVICES.iter().find(|it| it.0 == prefix)
    }

    /// The service as endpoints name it: `s3`, `ecr.api`.
    pub fn endpoint(&self) -> &'static str {
        self.service().map_or("", |it| it.1)
    }

    /// How the service says that somebody may not: `AccessDenied`.
    pub fn denied(&self) -> &'static str {
        self.service().map_or("AccessDenied", |it| it.2)
    }

    /// The operation, as SDKs name it: `GetObject`.
    pub fn operation(&self) -> &'a str {
        self.action.split_once(':').map_or("", |it| it.1)
    }

    /// The bucket of an object or bucket in S3.
    pub fn bucket(&self) -> Option<&'a str> {
        let rest = self.resource.strip_prefix("arn:aws:s3:::")?;
        rest.split('/').next().filter(|it| !it.contains('*'))
    }
}

impl Workload {
    /// What it asks of AWS, each with its place among `asks`.
    pub fn aws_asks(&self) -> impl Iterator<Item = (usize, AwsAsk<'_>)> {
        let all = self.asks.iter().enumerate();
        all.filter_map(|(place, text)| Some((place, AwsAsk::read(text).ok()?)))
    }
}
