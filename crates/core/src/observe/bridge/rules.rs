//! Rules and their targets: what starts a task, at which times or after which events.

use super::pattern::Pattern;
use super::schedule::Schedule;
use crate::call::{
    DeleteRule, DisableRule, EcsParameters, EnableRule, LaunchType, PutRule, PutTargets,
    RemoveTargets, RuleState, RunTask, Target,
};
use crate::engine::answer;
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::observe::object::{Object, texts};
use crate::wire;
use std::sync::Arc;

/// Rules of a bus at most. Source: 'Amazon EventBridge quotas'.
const MAX_RULES: usize = 300;
/// Targets of a rule at most. Source: 'Amazon EventBridge quotas'.
const MAX_TARGETS: usize = 5;

/// A rule of the default bus.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: Arc<str>,
    /// What it waits for.
    pub when: When,
    /// Whether it works.
    pub enabled: bool,
    /// What it starts.
    pub targets: Vec<Target>,
    /// How often it was put: a time that was set before does not count any more.
    pub version: u32,
}

/// What a rule waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// An event; with the pattern as it was written.
    Event(Pattern, String),
    /// A time; with the expression as it was written.
    Time(Schedule, String),
}

/// The rules of the account.
#[derive(Clone, Debug, Default)]
pub struct Rules(Shelf<Arc<str>, Rule>);

impl Rules {
    /// The rules, by name.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.0.values()
    }

    /// The rule of that name.
    pub fn get(&self, name: &str) -> Option<&Arc<Rule>> {
        self.0.get(&Arc::from(name))
    }

    /// The rules that work and start something.
    pub(super) fn working(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.all()
            .filter(|rule| rule.enabled && !rule.targets.is_empty())
    }

    /// Whether some rule waits for an event.
    pub(crate) fn listen(&self) -> bool {
        let mut working = self.working();
        working.any(|rule| matches!(rule.when, When::Event(..)))
    }

    fn change(&mut self, name: &str) -> Result<&mut Rule, ApiError> {
        self.0.get_mut(&Arc::from(name)).ok_or_else(|| {
            ApiError::new(
                "ResourceNotFoundException",
                format!("Rule {name} does not exist on EventBus default."),
                "Name a rule of this scenario.",
            )
        })
    }
}

fn invalid(message: impl Into<String>, cure: impl Into<String>) -> ApiError {
    ApiError::new("ValidationException", message, cure.into())
}

/// Logs that a rule changed.
fn changed(rule: &str, how: &str, step: &mut Step<'_>) -> Reply {
    answer::changed("Rule", rule, how, step)
}

/// `PutRule`.
pub(crate) fn put_rule(
    rules: &mut Rules,
    input: &PutRule,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.name;
    let good = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    if !(1..=64).contains(&name.chars().count()) || !name.chars().all(good) {
        return Err(invalid(
            format!(
                "1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"
            ),
            "Use 1 to 64 letters, digits, dots, hyphens and underscores.",
        ));
    }
    let when = match (&input.event_pattern, &input.schedule_expression) {
        (None, None) => {
            return Err(invalid(
                "Parameter(s) EventPattern or ScheduleExpression must be specified.",
                "Give the rule a pattern or a schedule.",
            ));
        }
        (Some(_), Some(_)) => {
            return Err(ApiError::new(
                "ValidationException",
                "Rules with both EventPattern and ScheduleExpression are not modelled.",
                "Make two rules.",
            ));
        }
        (Some(text), None) => {
            let pattern = Pattern::read(text).map_err(|bad| {
                let message = format!("Event pattern is not valid. Reason: {}", bad.reason);
                ApiError::new("InvalidEventPatternException", message, bad.cure)
            })?;
            When::Event(pattern, text.clone())
        }
        (None, Some(text)) => {
            let schedule = Schedule::read(text)
                .map_err(|cure| invalid("Parameter ScheduleExpression is not valid.", cure))?;
            When::Time(schedule, text.clone())
        }
    };
    let key: Arc<str> = name.as_str().into();
    let old = rules.0.get(&key);
    if old.is_none() && rules.0.len() >= MAX_RULES {
        return Err(ApiError::new(
            "LimitExceededException",
            "The requested resource exceeds the maximum number allowed.",
            "Delete a rule first.",
        ));
    }
    let rule = Rule {
        name: key.clone(),
        when,
        enabled: input.state != Some(RuleState::Disabled),
        targets: old.map(|it| it.targets.clone()).unwrap_or_default(),
        version: old.map_or(0, |it| it.version + 1),
    };
    let is_new = old.is_none();
    rules.0.insert(key, rule);
    if is_new {
        return Ok(answer::made("Rule", name, "", step));
    }
    changed(name, "is changed", step);
    Ok(Reply::Made(name.clone()))
}

/// `EnableRule`.
pub(crate) fn enable_rule(
    rules: &mut Rules,
    input: &EnableRule,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rule = rules.change(&input.name)?;
    (rule.enabled, rule.version) = (true, rule.version + 1);
    Ok(changed(&input.name, "works", step))
}

/// `DisableRule`.
pub(crate) fn disable_rule(
    rules: &mut Rules,
    input: &DisableRule,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rule = rules.change(&input.name)?;
    (rule.enabled, rule.version) = (false, rule.version + 1);
    Ok(changed(&input.name, "no longer works", step))
}

/// `DeleteRule`.
pub(crate) fn delete_rule(
    rules: &mut Rules,
    input: &DeleteRule,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rule = rules.change(&input.name)?;
    if !rule.targets.is_empty() {
        return Err(invalid(
            "Rule can't be deleted since it has targets.",
            "Remove its targets first, with events:RemoveTargets.",
        ));
    }
    rules.0.remove(&Arc::from(input.name.as_str()));
    Ok(answer::deleted("Rule", &input.name, step))
}

/// `PutTargets`.
pub(crate) fn put_targets(
    rules: &mut Rules,
    input: &PutTargets,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rule = rules.change(&input.rule)?;
    for target in &input.targets {
        check(target)?;
        let place = rule.targets.iter().position(|it| it.id == target.id);
        match place {
            Some(place) => rule.targets[place] = target.clone(),
            None if rule.targets.len() >= MAX_TARGETS => {
                return Err(ApiError::new(
                    "LimitExceededException",
                    "The requested resource exceeds the maximum number allowed.",
                    "A rule has at most five targets.",
                ));
            }
            None => rule.targets.push(target.clone()),
        }
    }
    Ok(changed(&input.rule, "has other targets", step))
}

fn check(target: &Target) -> Result<(), ApiError> {
    let arn = &target.arn;
    if !arn.starts_with("arn:aws:ecs:") || !arn.contains(":cluster/") {
        return Err(invalid(
            format!("Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."),
            "Name the cluster: arn:aws:ecs:us-east-1:123456789012:cluster/default. Other targets are not modelled.",
        ));
    }
    if target.role_arn.is_none() {
        return Err(invalid(
            format!("RoleArn is required for target {arn}."),
            "Name a role that may run the task, such as arn:aws:iam::123456789012:role/ecsEventsRole.",
        ));
    }
    let Some(parameters) = &target.ecs_parameters else {
        return Err(invalid(
            format!("EcsParameters is required for target {arn}."),
            "Say which task definition is to run, and where.",
        ));
    };
    let count = parameters.task_count.unwrap_or(1);
    if count == 0 || count > 10 {
        return Err(invalid(
            format!("Parameter TaskCount {count} is not valid."),
            "Run 1 to 10 tasks at a time.",
        ));
    }
    Ok(())
}

/// `RemoveTargets`.
pub(crate) fn remove_targets(
    rules: &mut Rules,
    input: &RemoveTargets,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let rule = rules.change(&input.rule)?;
    rule.targets.retain(|it| !input.ids.contains(&it.id));
    Ok(changed(&input.rule, "has fewer targets", step))
}

/// What EventBridge asks ECS for a target.
///
/// # Errors
/// Where the parameters make no call.
pub fn run_task_input(parameters: &EcsParameters) -> Result<RunTask, ApiError> {
    let launch = match parameters.launch_type {
        Some(LaunchType::Fargate) => Some("FARGATE"),
        Some(LaunchType::Ec2) => Some("EC2"),
        Some(LaunchType::External) => Some("EXTERNAL"),
        None => None,
    };
    let mut run = Object::default()
        .text("taskDefinition", &parameters.task_definition_arn)
        .raw("count", &parameters.task_count.unwrap_or(1).to_string())
        .maybe("launchType", launch)
        .maybe("platformVersion", parameters.platform_version.as_deref());
    if let Some(network) = &parameters.network_configuration {
        let own = &network.awsvpc;
        let public = own.assign_public_ip.map(|it| wire::print(&it));
        let mut awsvpc = Object::default()
            .raw("subnets", &texts(own.subnets.iter().map(String::as_str)))
            .raw(
                "securityGroups",
                &texts(own.security_groups.iter().map(String::as_str)),
            );
        if let Some(public) = public {
            awsvpc = awsvpc.raw("assignPublicIp", &public);
        }
        let network = Object::default().raw("awsvpcConfiguration", &awsvpc.finish());
        run = run.raw("networkConfiguration", &network.finish());
    }
    wire::parse(&run.finish()).map_err(|error| invalid(error.to_string(), "Put the target again."))
}
