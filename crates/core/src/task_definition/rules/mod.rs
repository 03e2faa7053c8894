//! The rules: what AWS refuses, and what it accepts but will not do what was meant.
//!
//! Each rule is one file with its page beside it, and one line in [`RULES`]. The page's examples are the rule's tests.

mod names;
mod needs;
mod subject;
#[cfg(test)]
mod tests;

pub(crate) use names::nearest;
pub(crate) use needs::needs;
pub(crate) use subject::{Container, Subject};

use crate::finding::{Finding, Moment, Severity};
use crate::text::Span;

/// When a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applies {
    /// To every definition.
    Always,
    /// At registration where `requiresCompatibilities` names FARGATE; else only if the task is to run there.
    Fargate,
}

/// One rule.
pub(crate) struct Rule {
    /// Its stable code; the file is named after it.
    pub(crate) code: &'static str,
    /// When it applies.
    pub(crate) applies: Applies,
    /// The page that documents it.
    pub(crate) source: &'static str,
    /// Adds what it finds, without code and source, which the list adds.
    pub(crate) check: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// An error that AWS reports at registration; its words are to be added.
fn error(span: Span, message: impl Into<String>) -> Finding {
    Finding::new("", Severity::Error, Moment::Register, span, message)
}

/// An error that the clients report before they send anything; their words are to be added.
fn client_error(span: Span, message: impl Into<String>) -> Finding {
    Finding::new("", Severity::Error, Moment::Read, span, message)
}

/// Something that AWS accepts, but that will likely not do what was meant.
fn warning(span: Span, message: impl Into<String>) -> Finding {
    Finding::new("", Severity::Warning, Moment::Register, span, message)
}

/// What registers, but would be refused when it is to run as the context says.
fn at_run(span: Span, message: impl Into<String>) -> Finding {
    Finding::new("", Severity::Warning, Moment::Run, span, message)
}

/// Advice.
fn hint(span: Span, message: impl Into<String>) -> Finding {
    Finding::new("", Severity::Hint, Moment::Register, span, message)
}

/// The code of nearly all refusals at registration.
const CLIENT: &str = "ClientException";

/// The code of what the clients refuse before they send anything.
const PARAM: &str = "ParamValidationError";

/// The code of what cannot be parsed.
const INVALID: &str = "InvalidParameterException";

const API: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html";
const API_CONTAINER: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html";
const API_PORT_MAPPING: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html";
const FARGATE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html";
const LOGS: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html";
const EXECUTION_ROLE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html";
const ROLES: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html";
const QUOTAS: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html";

/// The page of a rule, in Markdown: what it checks, why AWS refuses it, examples, source. `None` for a code that no rule
/// has. What the readers of JSON and YAML say has no page.
pub fn explain(code: &str) -> Option<&'static str> {
    let index = RULES.iter().position(|rule| rule.code == code)?;
    PAGES.get(index).copied()
}

/// The codes of all rules, in the order in which AWS checks.
pub fn rule_codes() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code)
}

macro_rules! rules {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+
        /// Every rule, in the order in which AWS checks. AWS answers with the first refusal only; which comes first
        /// is observed for a few pairs, the rest is the playground's choice.
        pub(crate) static RULES: &[&Rule] = &[$(&$module::RULE),+];
        /// Their pages, in the same order.
        static PAGES: &[&str] = &[$(include_str!(concat!(stringify!($module), ".md"))),+];
    };
}

rules! {
    // the clients, before anything is sent
    wrapped_definition,
    read_only_member,
    unknown_member,
    missing_member,
    wrong_type,
    // the service
    task_size_syntax,
    unknown_value,
    family_name,
    containers_present,
    containers_count,
    container_name,
    container_name_unique,
    container_image,
    container_memory_missing,
    container_memory_order,
    container_port,
    ulimit_order,
    number_range,
    timeout_minimum,
    environment_files,
    volume_name,
    volume_kinds,
    mount_points,
    efs_volume,
    depends_on,
    essential_container,
    host_port_differs,
    duplicate_port,
    awsvpc_unsupported,
    proxy_configuration,
    ec2_task_cpu,
    fargate_task_size_missing,
    fargate_network_mode,
    fargate_size,
    container_cpu_sum,
    container_memory_limit,
    memory_reservation_sum,
    fargate_stop_timeout,
    fargate_unsupported,
    fargate_privileges,
    inference_accelerators,
    ec2_ephemeral_storage,
    fargate_log_driver,
    awslogs_options,
    fargate_awslogs_prefix,
    firelens,
    fargate_execution_role,
    role_arn,
    secrets_role,
    secrets,
    tags_empty,
    tag_limits,
    definition_size,
    // `RunTask` and `CreateService`
    launch_type,
    platform_version,
    template_service,
    // what AWS accepts
    template_form,
    placeholder,
    port_protocol,
    fargate_not_requested,
    documented_limit,
    log_options,
    memory_minimum,
    platform_unsupported,
    image_latest,
    plain_secret,
    all_essential,
    no_log_configuration,
}
