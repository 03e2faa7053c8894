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
use crate::engine::answer;
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::LogGroups as Present;
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
    /// What is set of those that somebody changed. Whether one is there at all, the stores say.
    changed: Shelf<Arc<str>, LogGroup>,
    /// The functions that subscription filters send lines to.
    forwarders: Shelf<Arc<str>, Forwarder>,
}

impl LogGroups {
    /// The group of that name; `None` where it was deleted and not made again.
    pub fn named(&self, name: &str, there: &Present) -> Option<LogGroup> {
        if there.is_missing(name) {
            return None;
        }
        let made = there.made_at(name);
        let changed = self.changed.get(&Arc::from(name));
        // what was set of one that was deleted is not set of the next one of its name
        let changed = changed.filter(|group| group.made == made);
        Some(changed.map_or_else(|| LogGroup::new(name, made), |group| (**group).clone()))
    }

    /// The group of that name, which somebody made or a definition names.
    pub fn find(&self, name: &str, revisions: &Revisions, there: &Present) -> Option<LogGroup> {
        let known = there.is_made(name) || names(revisions).any(|it| it == name);
        known.then(|| self.named(name, there)).flatten()
    }

    /// All groups, by name.
    pub fn all(&self, revisions: &Revisions, there: &Present) -> Vec<LogGroup> {
        let made = there.made().map(str::to_owned);
        let mut all: Vec<String> = made.chain(names(revisions)).collect();
        all.sort_unstable();
        all.dedup();
        all.iter()
            .filter_map(|name| self.named(name, there))
            .collect()
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

    /// The group, to be changed.
    fn change(&mut self, name: &str, here: &Here<'_>) -> Result<&mut LogGroup, ApiError> {
        let group = self
            .find(name, here.revisions, here.there)
            .ok_or_else(not_found)?;
        let name = group.name.clone();
        self.changed.insert(name.clone(), group);
        self.changed.get_mut(&name).ok_or_else(not_found)
    }
}

/// What says which groups are there.
#[derive(Debug)]
pub(crate) struct Here<'a> {
    /// Those that calls and starts made or deleted.
    pub(crate) there: &'a mut Present,
    /// The definitions that name groups.
    pub(crate) revisions: &'a Revisions,
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

/// Logs that a group changed.
fn changed(name: &str, how: String, step: &mut Step<'_>) -> Reply {
    answer::changed("Log group", name, how, step)
}

/// `CreateLogGroup`.
pub(crate) fn create_log_group(
    groups: &LogGroups,
    here: &mut Here<'_>,
    input: &CreateLogGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    check_name(name)?;
    if groups.find(name, here.revisions, here.there).is_some() {
        return Err(ApiError::new(
            "ResourceAlreadyExistsException",
            "The specified log group already exists",
            "Use it: groups that registered definitions name are there until they are deleted.",
        ));
    }
    if here.there.len() >= MAX_GROUPS {
        return Err(ApiError::new(
            "LimitExceededException",
            "Resource limit exceeded.",
            "Delete a group first; this playground keeps at most 1,000.",
        ));
    }
    here.there.make(name, step.now);
    Ok(answer::made("Log group", name, "", step))
}

/// `DeleteLogGroup`.
pub(crate) fn delete_log_group(
    groups: &LogGroups,
    here: &mut Here<'_>,
    input: &DeleteLogGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    let found = groups.find(name, here.revisions, here.there);
    found.ok_or_else(not_found)?;
    here.there.delete(name);
    Ok(answer::deleted("Log group", name, step))
}

/// `PutRetentionPolicy`.
pub(crate) fn put_retention_policy(
    groups: &mut LogGroups,
    here: &mut Here<'_>,
    input: &PutRetentionPolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let days = input.retention_in_days;
    let name = &input.log_group_name;
    let group = groups.change(name, here)?;
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
    here: &mut Here<'_>,
    input: &DeleteRetentionPolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    groups.change(name, here)?.retention_days = None;
    Ok(changed(name, "keeps lines for ever".to_owned(), step))
}

/// `PutSubscriptionFilter`.
pub(crate) fn put_subscription_filter(
    groups: &mut LogGroups,
    here: &mut Here<'_>,
    input: &PutSubscriptionFilter,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    let function = input.destination_arn.rsplit(':').next().unwrap_or_default();
    let is_there = groups.forwarder(function).is_some();
    let group = groups.change(name, here)?;
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
    here: &mut Here<'_>,
    input: &DeleteSubscriptionFilter,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    let group = groups.change(name, here)?;
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
