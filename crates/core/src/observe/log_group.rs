//! Log groups of CloudWatch Logs, and the calls that make and change them.
//!
//! A group that a registered definition names is there from the beginning, as if the console had made it with the definition,
//! until somebody deletes it: a beginner's first task need not fail for a group that nobody told them of.
//!
//! Source: API reference of CloudWatch Logs (`CreateLogGroup`, `PutRetentionPolicy`, `PutSubscriptionFilter`), its quotas.

use super::awslogs::LogOptions;
use super::filter::Filter;
use super::pipeline::Forwarder;
use crate::call::{
    CreateLogGroup, DeleteLogGroup, DeleteRetentionPolicy, DeleteSubscriptionFilter,
    PutRetentionPolicy, PutSubscriptionFilter,
};
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::task_definition::Revisions;
use crate::units::SimTime;
use std::sync::Arc;

/// What `retentionInDays` may be. Source: API reference of `PutRetentionPolicy`.
pub const RETENTION_DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];
/// Characters of a group's name at most. Source: API reference of `CreateLogGroup`.
const MAX_NAME: usize = 512;
/// Subscription filters of a group at most. Source: 'CloudWatch Logs quotas'.
const MAX_FILTERS: usize = 2;
/// Groups that the simulated account keeps, so that nothing grows without bound.
const MAX_GROUPS: usize = 1_000;

/// A log group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name, such as `/ecs/web`.
    pub name: Arc<str>,
    /// When it was made: it has no older line.
    pub made: SimTime,
    /// Days after which a line is deleted; `None` where lines are kept for ever.
    pub retention_days: Option<u32>,
    /// What sends lines on.
    pub filters: Vec<SubscriptionFilter>,
}

impl LogGroup {
    /// A group that is made at a moment.
    pub(super) fn new(name: &str, made: SimTime) -> Self {
        Self {
            name: name.into(),
            made,
            retention_days: None,
            filters: Vec::new(),
        }
    }
}

/// A subscription filter of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionFilter {
    /// Its name.
    pub name: String,
    /// Which lines it sends on.
    pub pattern: String,
    /// The function's ARN.
    pub destination: String,
    /// Since when.
    pub since: SimTime,
}

/// The log groups of the account.
#[derive(Clone, Debug, Default)]
pub struct LogGroups {
    /// Those that somebody made or changed.
    made: Shelf<Arc<str>, LogGroup>,
    /// Those that were deleted, whoever names them.
    deleted: Shelf<Arc<str>, SimTime>,
    /// The functions that subscription filters send lines to.
    forwarders: Shelf<Arc<str>, Forwarder>,
}

impl LogGroups {
    /// The group that a task of a definition logs to; `None` where it was deleted and not made again.
    pub fn named(&self, name: &str) -> Option<LogGroup> {
        let name: Arc<str> = name.into();
        if let Some(group) = self.made.get(&name) {
            return Some((**group).clone());
        }
        let is_there = self.deleted.get(&name).is_none();
        is_there.then(|| LogGroup::new(&name, SimTime::default()))
    }

    /// Whether a task that logs to a group of that name finds none.
    pub fn is_missing(&self, name: &str) -> bool {
        self.named(name).is_none()
    }

    /// The group of that name, which somebody made or a definition names.
    pub fn find(&self, name: &str, revisions: &Revisions) -> Option<LogGroup> {
        let known =
            self.made.get(&Arc::from(name)).is_some() || names(revisions).any(|it| it == name);
        known.then(|| self.named(name)).flatten()
    }

    /// All groups, by name.
    pub fn all(&self, revisions: &Revisions) -> Vec<LogGroup> {
        let made = self.made.iter().map(|(name, _)| name.to_string());
        let mut all: Vec<String> = made.chain(names(revisions)).collect();
        all.sort_unstable();
        all.dedup();
        all.iter().filter_map(|name| self.named(name)).collect()
    }

    /// The function of that name.
    pub fn forwarder(&self, name: &str) -> Option<&Forwarder> {
        self.forwarders.get(&Arc::from(name)).map(AsRef::as_ref)
    }

    /// The functions, by name.
    pub fn forwarders(&self) -> impl Iterator<Item = &Arc<Forwarder>> {
        self.forwarders.values()
    }

    /// Puts a function in the place of one of the same name.
    pub(super) fn put_forwarder(&mut self, name: Arc<str>, forwarder: Forwarder) {
        self.forwarders.insert(name, forwarder);
    }

    /// Makes a group, as `awslogs-create-group` does too.
    pub(crate) fn make(&mut self, name: &str, now: SimTime) {
        let name: Arc<str> = name.into();
        self.deleted.remove(&name);
        let group = LogGroup::new(&name, now);
        self.made.insert(name, group);
    }

    /// The group, to be changed.
    fn change(&mut self, name: &str, revisions: &Revisions) -> Result<&mut LogGroup, ApiError> {
        let group = self.find(name, revisions).ok_or_else(not_found)?;
        let name = group.name.clone();
        if self.made.get(&name).is_none() {
            self.made.insert(name.clone(), group);
        }
        self.made.get_mut(&name).ok_or_else(not_found)
    }
}

/// The groups that registered definitions name.
fn names(revisions: &Revisions) -> impl Iterator<Item = String> + '_ {
    let all = revisions.families().flat_map(|(_, revisions)| revisions);
    let options = all.flat_map(|revision| LogOptions::of(revision));
    options.filter_map(|(_, options)| options.group)
}

fn not_found() -> ApiError {
    ApiError::new(
        "ResourceNotFoundException",
        "The specified log group does not exist.",
        "Make it with logs:CreateLogGroup, or correct its name.",
    )
}

/// AWS's words for a value that its model does not take.
fn constraint(value: &str, member: &str, what: &str, cure: &'static str) -> ApiError {
    let message = format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must {what}"
    );
    ApiError::new("InvalidParameterException", message, cure)
}

fn check_name(name: &str) -> Result<(), ApiError> {
    const CURE: &str = "Use 1 to 512 of the letters a to z and A to Z, digits, and . - _ / #.";
    let member = "logGroupName";
    if name.is_empty() {
        let what = "have length greater than or equal to 1";
        return Err(constraint(name, member, what, CURE));
    }
    if name.chars().count() > MAX_NAME {
        let what = "have length less than or equal to 512";
        return Err(constraint(name, member, what, CURE));
    }
    let good = |letter: char| letter.is_ascii_alphanumeric() || ".-_/#".contains(letter);
    if !name.chars().all(good) {
        let what = "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+";
        return Err(constraint(name, member, what, CURE));
    }
    if name.starts_with("aws/") {
        return Err(ApiError::new(
            "InvalidParameterException",
            "Log groups starting with AWS/ are reserved for AWS.",
            "Begin the name with something else, such as /ecs/.",
        ));
    }
    Ok(())
}

fn changed(name: &str, how: String, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Changed {
        what: "Log group",
        id: name.to_owned(),
        how,
    });
    Reply::Done
}

/// `CreateLogGroup`.
pub(crate) fn create_log_group(
    groups: &mut LogGroups,
    revisions: &Revisions,
    input: &CreateLogGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    check_name(name)?;
    if groups.find(name, revisions).is_some() {
        return Err(ApiError::new(
            "ResourceAlreadyExistsException",
            "The specified log group already exists",
            "Use it: groups that registered definitions name are there until they are deleted.",
        ));
    }
    if groups.made.len() >= MAX_GROUPS {
        return Err(ApiError::new(
            "LimitExceededException",
            "Resource limit exceeded.",
            "Delete a group first; this playground keeps at most 1,000.",
        ));
    }
    groups.make(name, step.now);
    step.log(Fact::Made {
        what: "Log group",
        id: name.clone(),
        name: String::new(),
    });
    Ok(Reply::Made(name.clone()))
}

/// `DeleteLogGroup`.
pub(crate) fn delete_log_group(
    groups: &mut LogGroups,
    revisions: &Revisions,
    input: &DeleteLogGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    groups.find(name, revisions).ok_or_else(not_found)?;
    let key: Arc<str> = name.as_str().into();
    groups.made.remove(&key);
    groups.deleted.insert(key, step.now);
    step.log(Fact::Deleted {
        what: "Log group",
        id: name.clone(),
    });
    Ok(Reply::Done)
}

/// `PutRetentionPolicy`.
pub(crate) fn put_retention_policy(
    groups: &mut LogGroups,
    revisions: &Revisions,
    input: &PutRetentionPolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let days = input.retention_in_days;
    let name = &input.log_group_name;
    let group = groups.change(name, revisions)?;
    if !RETENTION_DAYS.contains(&days) {
        let known = RETENTION_DAYS.iter();
        let known: Vec<String> = known.map(u32::to_string).collect();
        let what = format!("satisfy enum value set: [{}]", known.join(", "));
        let cure = "Choose one of these numbers of days.";
        return Err(constraint(
            &days.to_string(),
            "retentionInDays",
            &what,
            cure,
        ));
    }
    group.retention_days = Some(days);
    let unit = if days == 1 { "day" } else { "days" };
    Ok(changed(
        name,
        format!("keeps lines for {days} {unit}"),
        step,
    ))
}

/// `DeleteRetentionPolicy`.
pub(crate) fn delete_retention_policy(
    groups: &mut LogGroups,
    revisions: &Revisions,
    input: &DeleteRetentionPolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    groups.change(name, revisions)?.retention_days = None;
    Ok(changed(name, "keeps lines for ever".to_owned(), step))
}

/// `PutSubscriptionFilter`.
pub(crate) fn put_subscription_filter(
    groups: &mut LogGroups,
    revisions: &Revisions,
    input: &PutSubscriptionFilter,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    let function = input.destination_arn.rsplit(':').next().unwrap_or_default();
    let is_there = groups.forwarder(function).is_some();
    let group = groups.change(name, revisions)?;
    if let Err(bad) = Filter::read(&input.filter_pattern) {
        return Err(ApiError::new(
            "InvalidParameterException",
            "Invalid filter pattern",
            format!("{} (character {}). {}", bad.what, bad.at + 1, bad.cure),
        ));
    }
    if input.filter_name.is_empty() {
        let (what, cure) = ("have length greater than or equal to 1", "Name the filter.");
        return Err(constraint("", "filterName", what, cure));
    }
    if !input.destination_arn.starts_with("arn:aws:lambda:") {
        return Err(ApiError::new(
            "InvalidParameterException",
            "destinationArn for vendor lambda cannot be used with the specified destination.",
            "Name a function: arn:aws:lambda:us-east-1:123456789012:function:NAME. Streams and Firehose are not modelled.",
        ));
    }
    if !is_there {
        return Err(ApiError::new(
            "InvalidParameterException",
            "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
            "Make the function first, with playground:PutLogForwarder.",
        ));
    }
    let filter = SubscriptionFilter {
        name: input.filter_name.clone(),
        pattern: input.filter_pattern.clone(),
        destination: input.destination_arn.clone(),
        since: step.now,
    };
    let place = group.filters.iter().position(|it| it.name == filter.name);
    match place {
        Some(place) => group.filters[place] = filter,
        None if group.filters.len() >= MAX_FILTERS => {
            return Err(ApiError::new(
                "LimitExceededException",
                "Resource limit exceeded.",
                "A group has at most two subscription filters; delete one first.",
            ));
        }
        None => group.filters.push(filter),
    }
    Ok(changed(name, format!("sends lines to {function}"), step))
}

/// `DeleteSubscriptionFilter`.
pub(crate) fn delete_subscription_filter(
    groups: &mut LogGroups,
    revisions: &Revisions,
    input: &DeleteSubscriptionFilter,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    let group = groups.change(name, revisions)?;
    let place = group
        .filters
        .iter()
        .position(|it| it.name == input.filter_name);
    let place = place.ok_or_else(|| {
        ApiError::new(
            "ResourceNotFoundException",
            "The specified subscription filter does not exist.",
            "Name a filter that the group has.",
        )
    })?;
    group.filters.remove(place);
    let how = format!("no longer sends lines by {}", input.filter_name);
    Ok(changed(name, how, step))
}
