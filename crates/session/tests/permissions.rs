//! What people ask about permissions, each answered by the evaluator that also decides calls.
#![allow(clippy::expect_used, clippy::panic)] // a test says so when it fails

use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::task::{Task, TaskState};
use fargate_core::units::{Date, SimSpan};
use fargate_core::wire::parse;
use fargate_core::world::Budget;
use fargate_session::Session;
use fargate_session::observe::LogQuery;
use fargate_session::permissions::{
    findings, may_do, permissions, suggestion_for_role, suggestion_for_user, who_could_run,
};
use fargate_session::view::FlightEnd;
use fargate_session::why::Subject;

const TRUST: &str = r#"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}"#;

struct Person(Session);

impl Person {
    /// Somebody with a public subnet, a family `web` whose image lies in ECR, an app role, and a user `ci`.
    fn new() -> Self {
        let scenario = Session::first_light(Date::new(2026, 11, 21));
        let mut person = Self(scenario);
        person.does("iam:CreateUser", r#"{"UserName":"ci"}"#);
        person.does(
            "iam:CreateRole",
            &format!(r#"{{"RoleName":"app","AssumeRolePolicyDocument":"{TRUST}"}}"#),
        );
        person.does(
            "ecs:RegisterTaskDefinition",
            r#"{"family":"shop","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole","taskRoleArn":"arn:aws:iam::123456789012:role/app","containerDefinitions":[{"name":"web","image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/shop","awslogs-region":"us-east-1","awslogs-stream-prefix":"web"}}}]}"#,
        );
        person
    }

    fn asks(&mut self, action: &str, input: &str) -> Result<Reply, ApiError> {
        let call: Call =
            parse(&format!(r#"{{"action":"{action}","input":{input}}}"#)).expect("a call");
        self.0.send(call)
    }

    fn does(&mut self, action: &str, input: &str) -> Reply {
        self.asks(action, input)
            .unwrap_or_else(|error| panic!("{action}: {error}"))
    }

    fn run(&mut self) -> Result<Reply, ApiError> {
        let subnet = self
            .0
            .world()
            .network()
            .subnets
            .values()
            .next()
            .expect("a subnet")
            .id
            .clone();
        self.asks("ecs:RunTask", &format!(r#"{{"taskDefinition":"shop","launchType":"FARGATE","networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["{subnet}"],"assignPublicIp":"ENABLED"}}}}}}"#))
    }

    /// The task of the family `shop` that was run last.
    fn task(&self) -> Task {
        let own = self.0.world().tasks().values();
        let own = own.filter(|it| it.definition.family == "shop");
        let last = own.max_by_key(|it| it.since(TaskState::Provisioning));
        Task::clone(last.expect("a task"))
    }

    fn may(&mut self, name: &str, document: &str) {
        let document = document.replace('"', "\\\"").replace('\n', " ");
        self.does(
            "iam:PutUserPolicy",
            &format!(r#"{{"UserName":"ci","PolicyName":"{name}","PolicyDocument":"{document}"}}"#),
        );
    }
}

const CI: &str = r#"{"principalArn":"arn:aws:iam::123456789012:user/ci"}"#;

#[test]
fn nothing_is_enforced_until_somebody_switches_it_on() {
    let mut person = Person::new();
    person.does("playground:ActAs", CI);
    assert!(person.run().is_ok());
    person.does("playground:EnforcePermissions", r#"{"enforced":true}"#);
    let error = person.run().expect_err("ci may do nothing yet");
    assert_eq!(error.code, "AccessDeniedException");
    assert_eq!(
        error.message,
        "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:RunTask on resource: arn:aws:ecs:us-east-1:123456789012:task-definition/shop:1 because no identity-based policy allows the ecs:RunTask action"
    );
    assert!(error.cure.contains("Allow ecs:RunTask"), "{}", error.cure);
    // AWS has no API for the switch, so nobody needs permission for it
    person.does("playground:EnforcePermissions", r#"{"enforced":false}"#);
    assert!(person.run().is_ok());
}

#[test]
fn who_could_run_this_task_is_answered_for_everybody() {
    let mut person = Person::new();
    person.may("run", r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecs:RunTask","Resource":"arn:aws:ecs:us-east-1:123456789012:task-definition/shop:*"}]}"#);
    let could = |person: &Person| -> Vec<(String, bool)> {
        let all = who_could_run(person.0.world(), "shop:1").into_iter();
        all.map(|it| (it.name, it.could)).collect()
    };
    let named =
        |all: &[(String, bool)], name: &str| all.iter().find(|it| it.0 == name).map(|it| it.1);
    let all = could(&person);
    assert_eq!(named(&all, "root user"), Some(true));
    // it may not hand on the roles
    assert_eq!(named(&all, "user ci"), Some(false));
    assert_eq!(named(&all, "role app"), Some(false));
    let who = who_could_run(person.0.world(), "shop:1");
    let ci = who.iter().find(|it| it.name == "user ci").expect("ci");
    let denied = ci.decision.as_ref().expect("a decision");
    assert_eq!(
        (denied.action.as_str(), denied.allowed),
        ("iam:PassRole", false)
    );
    // the statement that is offered is put in, until it is enough
    for round in 0..4 {
        let who = who_could_run(person.0.world(), "shop:1");
        let ci = who.iter().find(|it| it.name == "user ci").expect("ci");
        let Some(statement) = ci.decision.as_ref().and_then(|it| it.statement.clone()) else {
            break;
        };
        person.may(
            &format!("cure{round}"),
            &format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#),
        );
    }
    assert_eq!(named(&could(&person), "user ci"), Some(true));
}

#[test]
fn what_a_container_may_do_is_its_task_roles_matter() {
    let mut person = Person::new();
    let Reply::Tasks(ids) = person.run().expect("a task") else {
        panic!("tasks")
    };
    let table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders";
    let asked = |person: &Person| may_do(person.0.world(), &ids[0], "dynamodb:PutItem", table);
    let denied = asked(&person).expect("a role");
    assert!(!denied.allowed);
    assert!(
        denied.message.starts_with(&format!(
            "User: arn:aws:sts::123456789012:assumed-role/app/{}",
            ids[0]
        )),
        "{}",
        denied.message
    );
    person.does("iam:PutRolePolicy", r#"{"RoleName":"app","PolicyName":"orders","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:PutItem\",\"Resource\":\"arn:aws:dynamodb:*:*:table/orders\"}}"}"#);
    let allowed = asked(&person).expect("a role");
    assert!(allowed.allowed);
    assert_eq!(
        allowed.reason,
        "Statement 1 of orders allows dynamodb:PutItem, and nothing denies it."
    );
    // the other task of the scenario names a role that nobody made; it is presumed when permissions are enforced
    let other = person
        .0
        .world()
        .tasks()
        .iter()
        .find(|(id, _)| **id != ids[0]);
    let other = other.map(|(id, _)| id.clone()).expect("another task");
    let asked = |person: &Person| may_do(person.0.world(), &other, "dynamodb:PutItem", table);
    let words = asked(&person).expect_err("no credentials");
    assert!(
        words.starts_with("No credentials: ecs-tasks.amazonaws.com cannot assume"),
        "{words}"
    );
    person.does("playground:EnforcePermissions", r#"{"enforced":true}"#);
    assert!(!asked(&person).expect("a role").allowed);
    // nobody may do anything with a task role alone: the task goes on all the same
    assert!(person.run().is_ok());
}

#[test]
fn on_fargate_there_are_no_credentials_without_a_task_role() {
    let mut person = Person::new();
    person.does(
        "ecs:RegisterTaskDefinition",
        r#"{"family":"shop","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","containerDefinitions":[{"name":"web","image":"nginx"}]}"#,
    );
    let Reply::Tasks(ids) = person.run().expect("a task") else {
        panic!("tasks")
    };
    let words = may_do(person.0.world(), &ids[0], "s3:GetObject", "*").expect_err("no role");
    assert!(words.starts_with("Unable to locate credentials"), "{words}");
}

#[test]
fn what_a_run_used_is_enough_to_do_it_again() {
    let mut person = Person::new();
    person.does("playground:ActAs", CI);
    person.run().expect("a task");
    person.0.advance(SimSpan::secs(90), Budget(u32::MAX));
    let suggested = suggestion_for_user(&person.0, "arn:aws:iam::123456789012:user/ci")
        .expect("ci made a call");
    assert!(!suggested.text.contains("\"*\""), "{}", suggested.text);
    assert_eq!(findings(&suggested.text, false), []);
    let role = suggestion_for_role(&person.0, "ecsTaskExecutionRole").expect("a task started");
    assert_eq!(findings(&role.text, false), []);
    assert!(
        role.text.contains("ecr:GetAuthorizationToken") && role.text.contains("logs:PutLogEvents"),
        "{}",
        role.text
    );
    // with exactly that, and nothing else, the same is done once more
    person.does("playground:ActAs", "{}");
    person.may("least", &suggested.text);
    let text = role.text.replace('"', "\\\"").replace('\n', " ");
    person.does("iam:DetachRolePolicy", r#"{"RoleName":"ecsTaskExecutionRole","PolicyArn":"arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}"#);
    person.does("iam:PutRolePolicy", &format!(r#"{{"RoleName":"ecsTaskExecutionRole","PolicyName":"least","PolicyDocument":"{text}"}}"#));
    person.does("playground:EnforcePermissions", r#"{"enforced":true}"#);
    person.does("playground:ActAs", CI);
    let Reply::Tasks(ids) = person.run().expect("what was suggested is enough") else {
        panic!("tasks")
    };
    person.0.advance(SimSpan::secs(120), Budget(u32::MAX));
    let task = person
        .0
        .world()
        .tasks()
        .get(&ids[0])
        .expect("the task")
        .clone();
    assert_eq!(task.state().aws(), "RUNNING", "{:?}", task.stop);
}

#[test]
fn a_refused_call_changes_nothing_and_iam_refuses_as_iam_does() {
    let mut person = Person::new();
    for (action, input, code, message) in [
        ("iam:CreateRole", format!(r#"{{"RoleName":"APP","AssumeRolePolicyDocument":"{TRUST}"}}"#), "EntityAlreadyExists", "Role with name APP already exists."),
        ("iam:CreateRole", r#"{"RoleName":"b","AssumeRolePolicyDocument":"{}"}"#.to_owned(), "MalformedPolicyDocument", "This policy contains invalid Json"),
        ("iam:CreateUser", r#"{"UserName":"c i"}"#.to_owned(), "ValidationError", "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"),
        ("iam:DeleteRole", r#"{"RoleName":"nobody"}"#.to_owned(), "NoSuchEntity", "The role with name nobody cannot be found."),
        ("iam:DeleteRole", r#"{"RoleName":"ecsTaskExecutionRole"}"#.to_owned(), "DeleteConflict", "Cannot delete entity, must detach all policies first."),
        ("iam:DeleteRole", r#"{"RoleName":"AWSServiceRoleForECS"}"#.to_owned(), "UnmodifiableEntity", "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role is only modifiable by AWS"),
        ("iam:AttachRolePolicy", r#"{"RoleName":"app","PolicyArn":"arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy"}"#.to_owned(), "NoSuchEntity", "Policy arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy does not exist or is not attachable."),
        ("iam:DetachRolePolicy", r#"{"RoleName":"app","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#.to_owned(), "NoSuchEntity", "Policy arn:aws:iam::aws:policy/AdministratorAccess was not found."),
        ("iam:PutUserPolicy", r#"{"UserName":"ci","PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"ecs:RunTask\",\"Resource\":\"shop:*\"}}"}"#.to_owned(), "MalformedPolicyDocument", "Resource shop:* must be in ARN format or \"*\"."),
        ("iam:DeleteUserPolicy", r#"{"UserName":"ci","PolicyName":"p"}"#.to_owned(), "NoSuchEntity", "The user policy with name p cannot be found."),
        ("iam:CreatePolicy", r#"{"PolicyName":"p","PolicyDocument":"[]"}"#.to_owned(), "MalformedPolicyDocument", "Syntax errors in policy."),
        ("playground:ActAs", r#"{"principalArn":"arn:aws:iam::123456789012:user/eve"}"#.to_owned(), "NoSuchEntity", "The principal arn:aws:iam::123456789012:user/eve cannot be found."),
    ] {
        let before = permissions(person.0.world());
        let error = person.asks(action, &input).expect_err(message);
        assert_eq!((error.code, error.message.as_str()), (code, message), "{action}");
        assert!(!error.cure.is_empty(), "{action}");
        assert_eq!(permissions(person.0.world()), before, "{action}");
    }
}

#[test]
fn an_undo_takes_a_permission_back() {
    let mut person = Person::new();
    let before = permissions(person.0.world());
    person.does(
        "iam:AttachUserPolicy",
        r#"{"UserName":"ci","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#,
    );
    assert_eq!(
        person.0.last_edit().as_deref(),
        Some("attach AdministratorAccess to ci")
    );
    person.0.undo();
    assert_eq!(permissions(person.0.world()), before);
}

/// Somebody with a task role `app` and an image that asks AWS as `asks` says, permissions enforced, and the task run.
fn running(asks: &str, before: &[(&str, &str)]) -> Person {
    let mut person = Person::new();
    person.does(
        "playground:PutImage",
        &format!(
            r#"{{"image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop","behaviour":{{"listens":[80],"asks":[{asks}],"logs":[{{"afterMs":1000,"line":"ready"}},{{"on":"request","line":"GET / 200"}},{{"on":"error","line":"GET / 500"}}]}}}}"#
        ),
    );
    for (action, input) in before {
        person.does(action, input);
    }
    person.does("playground:EnforcePermissions", r#"{"enforced":true}"#);
    person.run().expect("the root user runs it");
    person.0.advance(SimSpan::secs(90), Budget(u32::MAX));
    person
}

/// An inline policy of a role.
fn inline(role: &str, document: &str) -> String {
    let document = document.replace('"', "\\\"");
    format!(r#"{{"RoleName":"{role}","PolicyName":"p","PolicyDocument":"{document}"}}"#)
}

fn lines(person: &Person) -> Vec<String> {
    let page = person.0.logs(&LogQuery {
        most: 100,
        ..LogQuery::default()
    });
    page.lines.into_iter().map(|it| it.text).collect()
}

const SETTINGS: &str = r#""s3:GetObject arn:aws:s3:::scores/settings.json""#;
const ITEM: &str =
    r#""request dynamodb:GetItem arn:aws:dynamodb:us-east-1:123456789012:table/scores""#;

#[test]
fn lines_that_the_execution_role_may_not_put_are_lost_and_the_stream_says_why() {
    let start = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:*","logs:CreateLogStream"],"Resource":"*"}}"#;
    let mut person = running(
        "",
        &[
            (
                "iam:DetachRolePolicy",
                r#"{"RoleName":"ecsTaskExecutionRole","PolicyArn":"arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}"#,
            ),
            ("iam:PutRolePolicy", &inline("ecsTaskExecutionRole", start)),
        ],
    );
    assert_eq!(lines(&person), Vec::<String>::new());
    let page = person.0.logs(&LogQuery::default());
    let stream = page.streams.last().expect("a stream");
    assert!(!stream.kept && stream.written == 1, "{stream:?}");
    for part in [
        "its stream is there and stays empty",
        "is not authorized to perform: logs:PutLogEvents on resource: arn:aws:logs:us-east-1:123456789012:log-group:/ecs/shop:log-stream:web/web/",
        "1 line refused is lost for good",
    ] {
        assert!(stream.words.contains(part), "{}", stream.words);
    }
    // what was refused stays lost, and what is written from now on can be read
    let may = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}}"#;
    person.does("iam:PutRolePolicy", &inline("ecsTaskExecutionRole", may));
    assert_eq!(lines(&person), Vec::<String>::new());
    let id = person.task().id;
    person.does(
        "playground:SendRequests",
        &format!(r#"{{"from":"internet","to":"{id}","port":80,"rateTenths":10,"count":1}}"#),
    );
    person.0.advance(SimSpan::secs(2), Budget(u32::MAX));
    assert!(
        person
            .0
            .logs(&LogQuery::default())
            .streams
            .last()
            .expect("a stream")
            .kept
    );
}

#[test]
fn lines_that_the_policy_of_an_endpoint_does_not_let_through_are_lost_though_the_role_may_put_them()
{
    let mut person = Person::new();
    person.does(
        "playground:PutImage",
        r#"{"image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop","behaviour":{"logs":[{"afterMs":1000,"everyMs":5000,"line":"tick"}]}}"#,
    );
    let subnet = person.0.world().network().subnets.values().next();
    let (subnet, vpc) = subnet
        .map(|it| (it.id.clone(), it.vpc.clone()))
        .expect("a subnet");
    person.does(
        "ec2:ModifyVpcAttribute",
        &format!(r#"{{"VpcId":"{vpc}","EnableDnsHostnames":{{"Value":true}}}}"#),
    );
    let Reply::Made(group) = person.does(
        "ec2:CreateSecurityGroup",
        &format!(r#"{{"GroupName":"ends","Description":"d","VpcId":"{vpc}"}}"#),
    ) else {
        panic!("a group is made");
    };
    person.does(
        "ec2:AuthorizeSecurityGroupIngress",
        &format!(
            r#"{{"GroupId":"{group}","IpPermissions":[{{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{{"CidrIp":"0.0.0.0/0"}}]}}]}}"#
        ),
    );
    let Reply::Made(endpoint) = person.does(
        "ec2:CreateVpcEndpoint",
        &format!(
            r#"{{"VpcId":"{vpc}","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.logs","SubnetIds":["{subnet}"],"SecurityGroupIds":["{group}"]}}"#
        ),
    ) else {
        panic!("an endpoint is made");
    };
    person.run().expect("it runs");
    person.0.advance(SimSpan::secs(90), Budget(u32::MAX));
    let mut kept = lines(&person).len();
    assert!(kept > 5, "{kept}");
    let streams = r#"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"logs:CreateLogStream\",\"Resource\":\"*\"}}"#;
    let guarded = format!(r#"{{"VpcEndpointId":"{endpoint}","PolicyDocument":"{streams}"}}"#);
    let open = format!(r#"{{"VpcEndpointId":"{endpoint}","ResetPolicy":true}}"#);
    let gone = format!(r#"{{"VpcEndpointIds":["{endpoint}"]}}"#);
    // (what is done, whether the lines that are written from then on can be read)
    for (action, input, read) in [
        ("ec2:ModifyVpcEndpoint", &guarded, false),
        ("ec2:ModifyVpcEndpoint", &open, true),
        ("ec2:ModifyVpcEndpoint", &guarded, false),
        // without the endpoint the lines go out by the internet gateway
        ("ec2:DeleteVpcEndpoints", &gone, true),
    ] {
        person.does(action, input);
        person.0.advance(SimSpan::secs(20), Budget(u32::MAX));
        let stream = person.0.logs(&LogQuery::default()).streams;
        assert_eq!(stream.last().map(|it| it.kept), Some(read), "{action}");
        kept += if read { 4 } else { 0 };
        assert_eq!(lines(&person).len(), kept, "{action} {input}");
    }
}

#[test]
fn a_program_whose_task_role_may_not_ends_with_what_the_sdk_says() {
    let person = running(SETTINGS, &[]);
    let task = person.task();
    let stop = task.stop.as_ref().expect("it stopped");
    assert_eq!(stop.reason, "Essential container in task exited");
    let said = lines(&person);
    assert_eq!(
        said,
        [format!(
            "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::123456789012:assumed-role/app/{} is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::scores/settings.json\" because no identity-based policy allows the s3:GetObject action",
            task.id
        )]
    );
}

#[test]
fn a_request_whose_item_the_role_may_not_read_is_answered_with_500_until_it_may() {
    let mut person = running(ITEM, &[]);
    let id = person.task().id;
    let group = person
        .0
        .world()
        .network()
        .interface_of(&id)
        .expect("an interface")
        .groups[0]
        .clone();
    person.does(
        "ec2:AuthorizeSecurityGroupIngress",
        &format!(r#"{{"GroupId":"{group}","IpPermissions":[{{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{{"CidrIp":"0.0.0.0/0"}}]}}]}}"#),
    );
    let send = format!(r#"{{"from":"internet","to":"{id}","port":80,"rateTenths":10,"count":1}}"#);
    person.does("playground:SendRequests", &send);
    person.0.advance(SimSpan::secs(2), Budget(u32::MAX));
    let said = lines(&person);
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!((said[0].as_str(), said[1].as_str()), ("ready", "GET / 500"));
    assert!(said[2].contains("(AccessDeniedException) when calling the GetItem operation: User: arn:aws:sts::123456789012:assumed-role/app/"), "{said:?}");
    // it arrived, and is drawn and counted as answered with an error
    let failed = FlightEnd::Failed;
    let not_delivered = |person: &mut Person| {
        let view = person.0.view(SimSpan::secs(10));
        let flights = view
            .flights
            .iter()
            .filter(|it| it.end != FlightEnd::Delivered);
        let ends: Vec<(u64, FlightEnd)> = flights.map(|it| (it.id, it.end)).collect();
        (ends, [view.requests.failed, view.requests.denied])
    };
    let (ends, counted) = not_delivered(&mut person);
    assert_eq!((ends.len(), counted), (1, [1, 0]), "{ends:?}");
    assert_eq!(ends[0].1, failed);
    let card = person.0.trace(ends[0].0).expect("a request");
    assert_eq!(
        (card.title.as_str(), card.end),
        ("Answered with 500", failed)
    );
    assert!(card.steps.iter().any(|step| step.rule == "answers 500"));
    assert!(
        card.sentence.contains("when calling the GetItem operation"),
        "{}",
        card.sentence
    );
    let suggestion = suggestion_for_role(&person.0, "app").expect("it asked");
    assert_eq!(suggestion.asked, 1);
    assert!(
        suggestion.text.contains("dynamodb:GetItem"),
        "{}",
        suggestion.text
    );
    person.does(
        "iam:PutRolePolicy",
        &inline("app", &suggestion.text.replace('\n', " ")),
    );
    person.does("playground:SendRequests", &send);
    person.0.advance(SimSpan::secs(2), Budget(u32::MAX));
    assert_eq!(lines(&person).last().map(String::as_str), Some("GET / 200"));
    assert_eq!(not_delivered(&mut person), (ends, [1, 0]));
}

#[test]
fn a_customer_key_asks_for_kms_decrypt_and_its_denial_is_told_as_aws_does() {
    let definition = |secret: &str| {
        format!(
            r#"{{"family":"shop","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole","containerDefinitions":[{{"name":"web","image":"123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1","secrets":[{{"name":"P","valueFrom":"{secret}"}}]}}]}}"#
        )
    };
    let reads = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["secretsmanager:GetSecretValue","ssm:GetParameters"],"Resource":"*"}}"#;
    for (parameter, expected) in [
        (
            false,
            "AccessDeniedException: Access to KMS is not allowed status code: 400",
        ),
        (
            true,
            "AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS;",
        ),
    ] {
        let mut person = Person::new();
        let secret = if parameter {
            person.does(
                "ssm:PutParameter",
                r#"{"Name":"/shop/p","Value":"x","Type":"SecureString","KeyId":"alias/shop"}"#,
            );
            "arn:aws:ssm:us-east-1:123456789012:parameter/shop/p".to_owned()
        } else {
            match person.does(
                "secretsmanager:CreateSecret",
                r#"{"Name":"p","SecretString":"x","KmsKeyId":"alias/shop"}"#,
            ) {
                Reply::Made(arn) => arn,
                other => panic!("{other:?}"),
            }
        };
        person.does("ecs:RegisterTaskDefinition", &definition(&secret));
        person.does("iam:PutRolePolicy", &inline("ecsTaskExecutionRole", reads));
        person.does("playground:EnforcePermissions", r#"{"enforced":true}"#);
        person.run().expect("the root user runs it");
        person.0.advance(SimSpan::secs(120), Budget(u32::MAX));
        let task = person.task();
        let stop = task.stop.as_ref().expect("it stopped");
        assert!(stop.reason.contains(expected), "{}", stop.reason);
        let suggestion = suggestion_for_role(&person.0, "ecsTaskExecutionRole").expect("it asked");
        assert!(
            suggestion.text.contains("kms:Decrypt") && suggestion.text.contains(":key/"),
            "{}",
            suggestion.text
        );
        let found = person
            .0
            .why(&Subject::Task(task.id.clone()))
            .expect("an explanation");
        assert_eq!(found.cause, "permission-denied");
        let fixes = person.0.proofs(&found).finish();
        assert!(fixes[0].title.contains("kms:Decrypt"), "{fixes:?}");
        // AWS's own key asks for nothing
        if parameter {
            person.does(
                "ssm:PutParameter",
                r#"{"Name":"/shop/p","Value":"x","Type":"SecureString","Overwrite":true}"#,
            );
            person.run().expect("the root user runs it");
            person.0.advance(SimSpan::secs(120), Budget(u32::MAX));
            assert!(person.task().stop.is_none());
        }
    }
}

#[test]
fn a_trust_policy_for_tasks_of_this_account_only_lets_them_take_the_role() {
    let trust = |region: &str| {
        format!(
            r#"{{"RoleName":"app","PolicyDocument":"{{\"Version\":\"2012-10-17\",\"Statement\":{{\"Effect\":\"Allow\",\"Principal\":{{\"Service\":\"ecs-tasks.amazonaws.com\"}},\"Action\":\"sts:AssumeRole\",\"Condition\":{{\"ArnLike\":{{\"aws:SourceArn\":\"arn:aws:ecs:{region}:123456789012:*\"}},\"StringEquals\":{{\"aws:SourceAccount\":\"123456789012\"}}}}}}}}"}}"#
        )
    };
    let mut person = Person::new();
    person.does("playground:EnforcePermissions", r#"{"enforced":true}"#);
    person.does("iam:UpdateAssumeRolePolicy", &trust("us-east-1"));
    assert!(person.run().is_ok());
    person.does("iam:UpdateAssumeRolePolicy", &trust("eu-west-1"));
    let error = person.run().expect_err("tasks of another Region");
    assert!(
        error
            .message
            .starts_with("ECS was unable to assume the role"),
        "{error}"
    );
}
