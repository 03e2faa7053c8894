//! Why a call is refused: AWS's words, the rule behind them, and a call that is accepted instead.

use super::cures::{Act, Cure};
use super::ground::deed_link;
use super::{Explanation, Goal, Line, Link, Reference, Said, State};
use crate::session::Session;
use crate::words;
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, Call, LaunchType, NetworkConfiguration,
    RegisterTaskDefinition, RunTask,
};
use fargate_core::error::ApiError;
use fargate_core::finding::{self, Finding};
use fargate_core::task_definition::{Context, Reading, Verdict, read};
use fargate_core::text::{self, Json, LineIndex};
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// Findings that one definition is cured of at most.
const MOST_FINDINGS: usize = 12;

/// A call of the run, by its number.
pub(super) fn of_number(session: &Session, number: u32) -> Result<Explanation, String> {
    let Some((call, at)) = session.call_of(number) else {
        let last = session.next_call();
        return Err(format!(
            "The run has no call {number}. Its entries are numbered from 0 to {}; those that undo or redo are no calls.",
            last.saturating_sub(1)
        ));
    };
    let mut world = session
        .world_before(number)
        .ok_or_else(|| format!("Call {number} has not been simulated."))?;
    world.advance(at, fargate_core::world::Budget(u32::MAX), &mut Vec::new());
    Ok(explain(session, &world, call, Some(number), at))
}

/// A call that is sent at the moment shown.
pub(super) fn of_call(session: &Session, call: &Call) -> Explanation {
    let world = session.world();
    explain(session, world, call, None, world.now())
}

fn explain(
    session: &Session,
    world: &World,
    call: &Call,
    number: Option<u32>,
    at: SimTime,
) -> Explanation {
    let mut copy = world.clone();
    let next = number.unwrap_or_else(|| session.next_call());
    let answer = copy.apply(next, call, &mut Vec::new());
    let what = words::edit(call, world);
    let subject = match number {
        Some(number) => format!("call {number}, {}", call.action()),
        None => call.action().to_owned(),
    };
    let Err(error) = answer else {
        let title = format!("Nothing is wrong: AWS accepts {} ({what}).", call.action());
        let mut found = Explanation::of(subject, title);
        let deed = number.and_then(|number| {
            Some(super::Deed {
                call: number,
                at,
                what: session.words_of(number)?,
            })
        });
        found.chain.extend(
            deed.map(|deed| deed_link(deed, format!("{} was sent and accepted.", call.action()))),
        );
        return found;
    };
    let title = format!("AWS refuses {} ({what}) at {at}.", call.action());
    let mut found = Explanation::of(subject, title.clone());
    found.state = State::Wrong;
    found.cause = "refused";
    found.said = Some(Said {
        code: error.code.to_owned(),
        message: error.message.clone(),
    });
    found.chain.push(Link::new(at, title));
    found.goal = Some(Goal::Accepted);
    if let Some(input) = call.input::<RegisterTaskDefinition>() {
        definition(&mut found, world, input, &error, at);
    } else {
        found
            .chain
            .push(Link::new(at, error.message.clone()).decided(call.action(), error.code));
        found.help = error.cure.to_string();
        if let Some(input) = call.input::<RunTask>() {
            found.cures = other_launches(world, input);
        }
    }
    found
}

/// The finding that decided.
fn deciding(reading: &Reading) -> Option<&Finding> {
    match &reading.verdict {
        Verdict::Refused { finding, .. } => reading.findings.get(*finding),
        Verdict::Accepted => None,
    }
}

fn definition(
    found: &mut Explanation,
    world: &World,
    input: &RegisterTaskDefinition,
    error: &ApiError,
    at: SimTime,
) {
    let shown = input.definition.indented();
    let context = Context::fargate(world.as_of());
    let reading = read(&shown, &context);
    let Some(finding) = deciding(&reading) else {
        found.chain.push(Link::new(at, error.message.clone()));
        found.help = error.cure.to_string();
        return;
    };
    let line = LineIndex::new(&shown)
        .line_column(&shown, finding.span.start)
        .line;
    let family = reading.definition.family.clone();
    found.cause = finding.code;
    found.chain.push(
        Link::new(at, finding.message.clone())
            .decided(family.clone(), finding.code)
            .seen([
                Reference::Line(Line {
                    revision: family,
                    member: String::new(),
                    line,
                    span: finding.span,
                }),
                Reference::Rule(finding.code),
            ]),
    );
    found.help.clone_from(&finding.help);
    for fix in &finding.fixes {
        let first = finding::apply(&shown, fix);
        found
            .cures
            .extend(first.and_then(|text| accepted(&text, &context, fix.title.clone())));
    }
}

/// A definition that AWS accepts, with the first fixes of whatever else it would refuse.
fn accepted(text: &str, context: &Context, title: String) -> Option<Cure> {
    let mut text = text.to_owned();
    let mut titles = vec![title];
    for _ in 0..MOST_FINDINGS {
        let reading = read(&text, context);
        let Some(finding) = deciding(&reading) else {
            let definition = Json::of(&text::read(&text).root);
            return Some(Cure {
                title: titles.join(", and "),
                acts: vec![Act::Call(RegisterTaskDefinition { definition }.into())],
                width: titles.len() as u64,
                kind: "",
            });
        };
        let fix = finding.fixes.first()?;
        titles.push(fix.title.clone());
        text = finding::apply(&text, fix)?;
    }
    None
}

/// The ways in which a launch may be wrong, each put right.
fn other_launches(world: &World, input: &RunTask) -> Vec<Cure> {
    let network = world.network();
    let given = input
        .network_configuration
        .as_ref()
        .map(|it| &it.awsvpc_configuration);
    let subnets = given.map(|it| it.subnets.as_slice()).unwrap_or_default();
    let groups = given
        .map(|it| it.security_groups.as_slice())
        .unwrap_or_default();
    let known = subnets.iter().find_map(|id| network.subnets.get(id));
    let any = known.or_else(|| network.subnets.values().next());
    let vpc = any.map(|it| it.vpc.clone());
    let mut changes: Vec<(String, RunTask)> = Vec::new();
    let mut right = input.clone();
    let mut titles: Vec<String> = Vec::new();
    let mut put = |right: &RunTask, title: String| {
        titles.push(title);
        changes.push((titles.join(", and "), right.clone()));
    };
    if input.launch_type != Some(LaunchType::Fargate) {
        right.launch_type = Some(LaunchType::Fargate);
        put(&right, "Run it with launch type FARGATE".to_owned());
    }
    if input
        .platform_version
        .as_deref()
        .is_some_and(|it| it != "LATEST")
    {
        right.platform_version = Some("LATEST".to_owned());
        put(&right, "Run it on platform version LATEST".to_owned());
    }
    if input.count.is_some_and(|count| !(1..=10).contains(&count)) {
        right.count = input.count.map(|count| count.clamp(1, 10));
        put(
            &right,
            format!("Run {} at a time", right.count.unwrap_or(1)),
        );
    }
    let revision = world.revisions().find(&input.task_definition).ok();
    if revision.is_none()
        && let Some((family, _)) = world.revisions().families().last()
    {
        right.task_definition.clone_from(family);
        put(&right, format!("Run {family}, which is registered"));
    }
    let of_vpc = |id: &fargate_core::ids::SubnetId| {
        network
            .subnets
            .get(id)
            .is_some_and(|it| Some(&it.vpc) == vpc.as_ref())
    };
    if let (Some(any), false) = (
        any,
        !subnets.is_empty() && subnets.len() <= 16 && subnets.iter().all(of_vpc),
    ) {
        let public = given
            .and_then(|it| it.assign_public_ip)
            .unwrap_or(AssignPublicIp::Disabled);
        right.network_configuration = Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: vec![any.id.clone()],
                security_groups: groups.to_vec(),
                assign_public_ip: Some(public),
            },
        });
        put(&right, format!("Run it in {}", any.title()));
    }
    let group_fits = |id: &fargate_core::ids::SecurityGroupId| {
        network
            .security_groups
            .get(id)
            .is_some_and(|it| Some(&it.vpc) == vpc.as_ref())
    };
    if (groups.len() > 5 || !groups.iter().all(group_fits))
        && let Some(network) = &mut right.network_configuration
    {
        let worn: Vec<_> = groups
            .iter()
            .filter(|id| group_fits(id))
            .take(5)
            .cloned()
            .collect();
        network.awsvpc_configuration.security_groups = worn;
        put(
            &right,
            "Leave out the groups that are not of this VPC".to_owned(),
        );
    }
    let cures = changes.into_iter().enumerate();
    let cures = cures.map(|(place, (title, run))| Cure {
        title,
        acts: vec![Act::Call(run.into())],
        width: place as u64,
        kind: "launch",
    });
    cures.collect()
}
