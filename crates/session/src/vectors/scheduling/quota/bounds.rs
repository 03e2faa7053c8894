//! So many of something in one call.

use super::{MOST, told};
use crate::vectors::scheduling::Case;
use crate::vectors::scheduling::account::Account;
use crate::vectors::scheduling::seen::Seen;
use crate::vectors::scheduling::words::speaks_of;
use fargate_core::text::quote;

const FARGATE: &str = r#""launchType":"FARGATE""#;
/// Subnets and groups that are made for a row at most.
const MADE: usize = 64;

pub(super) fn observe(case: &Case<'_>, number: f64, of: &str) -> Result<Seen, String> {
    let number = number.clamp(0.0, 70_000.0) as usize;
    let both = format!("{of} {}", case.deed());
    let mut account = Account::new(case.as_of)?;
    if let Some((containers, more)) = definition(of, &both, number) {
        let answer = account.try_define(&containers, &more);
        let seen = Seen::default().member("accepted", &answer.is_ok());
        return Ok(match answer {
            Ok(()) => seen,
            Err(error) => seen.refusal(&error),
        });
    }
    account.register("")?;
    if let Some((action, input)) = named_things(case.deed(), of, number) {
        let answer = account.send(action, &input);
        let seen = Seen::default().member("accepted", &answer.is_ok());
        return Ok(match answer {
            Ok(_) => seen,
            Err(error) => seen.refusal(&error),
        });
    }
    if speaks_of(case.deed(), &["create-service", "createservice"])
        && speaks_of(of, &["desired", "count", "task"])
    {
        let input = account.service_input("web", number as u32, FARGATE);
        let answer = account.send("ecs:CreateService", &input);
        let seen = Seen::default().member("accepted", &answer.is_ok());
        return Ok(match answer {
            Ok(_) => seen,
            Err(error) => seen.refusal(&error),
        });
    }
    let input = if speaks_of(of, &["subnet"]) {
        let subnets = subnets(&mut account, number)?;
        network(&format!(r#""subnets":[{subnets}]"#))
    } else if speaks_of(of, &["security", "group"]) {
        let groups = groups(&mut account, number)?;
        network(&format!(
            r#""subnets":["{}"],"securityGroups":[{groups}]"#,
            account.subnet
        ))
    } else if speaks_of(of, &["instance"]) {
        let instances = list(number, |it| format!("\"i{it}\""));
        let input = format!(r#"{{"taskDefinition":"t","containerInstances":[{instances}]}}"#);
        return Ok(told(account.send("ecs:StartTask", &input)));
    } else if let Some(members) = members(of, &both, number) {
        account.run_input(&members)
    } else {
        return Ok(case.not_modelled());
    };
    Ok(told(account.send("ecs:RunTask", &input)))
}

/// A call that describes so many things by their names.
fn named_things(deed: &str, of: &str, number: usize) -> Option<(&'static str, String)> {
    let names = |of: &str| list(number, |it| format!("\"{of}{it:032}\""));
    if speaks_of(deed, &["describe-tasks", "describetasks"]) && speaks_of(of, &["task"]) {
        return Some((
            "ecs:DescribeTasks",
            format!(r#"{{"tasks":[{}]}}"#, names("")),
        ));
    }
    (speaks_of(deed, &["describe-services", "describeservices"]) && speaks_of(of, &["service"]))
        .then(|| {
            let input = format!(r#"{{"services":[{}]}}"#, names("s"));
            ("ecs:DescribeServices", input)
        })
}

/// So many items of a list.
fn list(number: usize, one: impl Fn(usize) -> String) -> String {
    let all = (0..number.min(MOST as usize)).map(one);
    all.collect::<Vec<_>>().join(",")
}

fn tags(number: usize) -> String {
    let tags = list(number, |it| format!(r#"{{"key":"k{it}","value":"v"}}"#));
    format!("[{tags}]")
}

/// The containers and the further members of a definition that may be refused, where the row is about one.
fn definition(of: &str, both: &str, number: usize) -> Option<(String, String)> {
    if speaks_of(of, &["container"]) && !speaks_of(of, &["instance"]) {
        let containers = list(number, |it| {
            format!(r#"{{"name":"c{it}","image":"nginx"}}"#)
        });
        return Some((containers, String::new()));
    }
    if speaks_of(of, &["kib", "bytes", "size"]) && speaks_of(both, &["definition"]) {
        let kib = speaks_of(of, &["kib"]);
        let bytes = if kib { number * 1_024 } else { number };
        let value = "x".repeat(bytes.min(200_000));
        let container = format!(
            r#"{{"name":"web","image":"nginx","environment":[{{"name":"A","value":"{value}"}}]}}"#
        );
        return Some((container, String::new()));
    }
    (speaks_of(of, &["tag"]) && speaks_of(both, &["register"])).then(|| {
        let container = r#"{"name":"web","image":"nginx"}"#.to_owned();
        (container, format!(r#""tags":{}"#, tags(number)))
    })
}

/// Makes subnets, and lists them.
fn subnets(account: &mut Account, number: usize) -> Result<String, String> {
    let vpc = vpc(account);
    let mut all = Vec::new();
    for place in 0..number.min(MADE) {
        let block = format!("10.0.{}.0/24", 64 + place);
        let input = format!(r#"{{"VpcId":"{vpc}","CidrBlock":"{block}"}}"#);
        all.push(quote(&account.made("ec2:CreateSubnet", &input)?));
    }
    Ok(all.join(","))
}

/// Makes security groups, and lists them.
fn groups(account: &mut Account, number: usize) -> Result<String, String> {
    let vpc = vpc(account);
    let mut all = Vec::new();
    for place in 0..number.min(MADE) {
        let input = format!(r#"{{"GroupName":"g{place}","Description":"g","VpcId":"{vpc}"}}"#);
        all.push(quote(&account.made("ec2:CreateSecurityGroup", &input)?));
    }
    Ok(all.join(","))
}

fn vpc(account: &Account) -> String {
    let vpc = account.world.network().vpcs.values().next();
    vpc.map(|it| it.id.to_string()).unwrap_or_default()
}

/// The members of `RunTask` that have so many of it.
fn members(of: &str, both: &str, number: usize) -> Option<String> {
    let many = |item: &str| list(number, |_| item.to_owned());
    if speaks_of(of, &["provider", "item"]) {
        let items = many(r#"{"capacityProvider":"FARGATE","weight":1}"#);
        return Some(format!(r#""capacityProviderStrategy":[{items}]"#));
    }
    let more = if speaks_of(of, &["constraint"]) {
        let items = many(r#"{"type":"distinctInstance"}"#);
        format!(r#""placementConstraints":[{items}]"#)
    } else if speaks_of(of, &["strateg", "rule"]) {
        let items = many(r#"{"type":"random"}"#);
        format!(r#""placementStrategy":[{items}]"#)
    } else if speaks_of(of, &["tag"]) {
        format!(r#""tags":{}"#, tags(number))
    } else if speaks_of(both, &["overrides"]) {
        let (before, after) = (
            r#"{"containerOverrides":[{"name":"web","command":[""#,
            r#""]}]}"#,
        );
        // the overrides hold so many characters in all
        let word = "x".repeat(number.saturating_sub(before.len() + after.len()));
        format!(r#""overrides":{before}{word}{after}"#)
    } else if let Some(member) = text_member(both) {
        format!(r#""{member}":"{}""#, "x".repeat(number))
    } else if speaks_of(of, &["task"]) || speaks_of(both, &["count"]) {
        format!(r#""count":{number}"#)
    } else {
        return None;
    };
    Some(format!("{FARGATE},{more}"))
}

/// The member that holds a text of so many characters: 'started-by', 'clientToken'.
fn text_member(both: &str) -> Option<&'static str> {
    let both = both.to_ascii_lowercase().replace('-', "");
    let mut all = ["startedBy", "clientToken", "group"].into_iter();
    all.find(|it| both.contains(&it.to_ascii_lowercase()))
}

fn network(of: &str) -> String {
    format!(
        r#"{{"taskDefinition":"t","networkConfiguration":{{"awsvpcConfiguration":{{{of}}}}},{FARGATE}}}"#
    )
}
