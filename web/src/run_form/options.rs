//! What the folded part of the form says, as members of the call.

use fargate_core::call::{
    CapacityProviderStrategyItem, EcsTag, Hidden, LaunchType, RunTaskOptions, TaskOverride,
};
use fargate_core::wire::parse;

/// The fields of the folded part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// `FARGATE` or a strategy: empty for the launch type.
    Strategy,
    /// The base on demand.
    Base,
    /// The weight on demand.
    Weight,
    /// The base on Spot.
    SpotBase,
    /// The weight on Spot.
    SpotWeight,
    /// The platform version.
    Platform,
    /// The group.
    Group,
    /// Who starts them.
    StartedBy,
    /// Tags, a line each.
    Tags,
    /// Whether the definition's tags come along: empty for no.
    Propagate,
    /// Whether ECS Exec may run commands: empty for no.
    Exec,
    /// Overrides as JSON.
    Overrides,
    /// The client token.
    Token,
}

/// How many fields there are.
pub(crate) const FIELDS: usize = Field::Token as usize + 1;

/// What the folded part adds to a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// `None` where a strategy is asked for.
    pub(crate) launch_type: Option<LaunchType>,
    /// The platform version; LATEST where absent.
    pub(crate) platform: Option<String>,
    /// Everything else.
    pub(crate) rest: Hidden<RunTaskOptions>,
}

/// Reads the fields. `Err` says what cannot be sent.
pub(crate) fn options(value: impl Fn(Field) -> String) -> Result<Options, String> {
    let text = |field| Some(value(field).trim().to_owned()).filter(|text| !text.is_empty());
    let strategy = if text(Field::Strategy).is_some() {
        let items = [
            item("FARGATE", text(Field::Base), text(Field::Weight))?,
            item(
                "FARGATE_SPOT",
                text(Field::SpotBase),
                text(Field::SpotWeight),
            )?,
        ];
        let items: Vec<_> = items.into_iter().flatten().collect();
        if items.is_empty() {
            return Err("Give a capacity provider a weight, such as 1.".to_owned());
        }
        items
    } else {
        Vec::new()
    };
    let overrides = text(Field::Overrides)
        .map(|json| parse::<TaskOverride>(&json).map_err(|error| format!("Overrides, {error}.")));
    let options = RunTaskOptions {
        enable_execute_command: text(Field::Exec).map(|_| true),
        group: text(Field::Group),
        overrides: overrides.transpose()?,
        propagate_tags: text(Field::Propagate).map(|_| "TASK_DEFINITION".to_owned()),
        started_by: text(Field::StartedBy),
        tags: value(Field::Tags).lines().filter_map(tag).collect(),
        client_token: text(Field::Token),
        capacity_provider_strategy: strategy,
        ..RunTaskOptions::default()
    };
    let launch_type = options.capacity_provider_strategy.is_empty();
    Ok(Options {
        launch_type: launch_type.then_some(LaunchType::Fargate),
        platform: text(Field::Platform),
        rest: if options == RunTaskOptions::default() {
            Hidden::default()
        } else {
            options.into()
        },
    })
}

/// One provider of the strategy; `None` where nothing is said of it.
fn item(
    provider: &str,
    base: Option<String>,
    weight: Option<String>,
) -> Result<Option<CapacityProviderStrategyItem>, String> {
    if base.is_none() && weight.is_none() {
        return Ok(None);
    }
    let number = |what: &str, text: Option<String>| {
        let number = text.map(|text| text.parse::<i32>());
        number
            .transpose()
            .map_err(|_| format!("Write the {what} of {provider} as a whole number."))
    };
    Ok(Some(CapacityProviderStrategyItem {
        capacity_provider: provider.to_owned(),
        weight: number("weight", weight)?,
        base: number("base", base)?,
    }))
}

/// A line such as `team=blue`.
fn tag(line: &str) -> Option<EcsTag> {
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    let (key, value) = (key.trim(), value.trim());
    (!line.trim().is_empty()).then(|| EcsTag {
        key: key.to_owned(),
        value: (!value.is_empty()).then(|| value.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_core::call::{Call, RunTask};

    /// The call's further members as JSON, or what is wrong.
    fn said(fields: &[(Field, &str)]) -> String {
        let value = |field| {
            let found = fields.iter().find(|(it, _)| *it == field);
            found.map_or_else(String::new, |(_, text)| (*text).to_owned())
        };
        match options(value) {
            Err(problem) => problem,
            Ok(Options {
                launch_type,
                platform,
                rest,
            }) => {
                let run = RunTask {
                    task_definition: String::new(),
                    launch_type,
                    platform_version: platform,
                    options: rest,
                    ..RunTask::default()
                };
                let json = Call::from(run).input_json();
                json.replacen(r#"{"taskDefinition":"","#, "{", 1)
            }
        }
    }

    #[test]
    fn the_fields_become_members_of_the_call() {
        use Field::*;
        for (fields, json) in [
            (vec![], r#"{"launchType":"FARGATE"}"#),
            (
                vec![(Platform, " 1.4.0 ")],
                r#"{"launchType":"FARGATE","platformVersion":"1.4.0"}"#,
            ),
            // what is typed for a strategy waits while the launch type is chosen
            (vec![(SpotWeight, "1")], r#"{"launchType":"FARGATE"}"#),
            (
                vec![(Strategy, "on"), (Base, "1"), (SpotWeight, "4")],
                r#"{"capacityProviderStrategy":[{"capacityProvider":"FARGATE","base":1},{"capacityProvider":"FARGATE_SPOT","weight":4}]}"#,
            ),
            (
                vec![(Strategy, "on")],
                "Give a capacity provider a weight, such as 1.",
            ),
            (
                vec![(Strategy, "on"), (Weight, "many")],
                "Write the weight of FARGATE as a whole number.",
            ),
            (
                vec![(Group, "g"), (StartedBy, "ada"), (Exec, "on"), (Token, "t")],
                r#"{"launchType":"FARGATE","enableExecuteCommand":true,"group":"g","startedBy":"ada","clientToken":"t"}"#,
            ),
            (
                vec![(Tags, "team = blue\n\nempty\n"), (Propagate, "on")],
                r#"{"launchType":"FARGATE","propagateTags":"TASK_DEFINITION","tags":[{"key":"team","value":"blue"},{"key":"empty"}]}"#,
            ),
            (
                vec![(Overrides, r#"{"cpu":"512"}"#)],
                r#"{"launchType":"FARGATE","overrides":{"cpu":"512"}}"#,
            ),
            (
                vec![(Overrides, r#"{"cpus":"512"}"#)],
                "Overrides, line 1, column 2: cpus is not known here; remove it, or correct its name: known are containerOverrides, cpu, memory, executionRoleArn, taskRoleArn, ephemeralStorage.",
            ),
        ] {
            assert_eq!(said(&fields), json, "{fields:?}");
        }
    }
}
