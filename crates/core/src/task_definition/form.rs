//! The forms in which definitions are pasted: as the API takes them, as `DescribeTaskDefinition` answers, and as
//! CloudFormation writes them, alone or in a template. The rules see one form; the places stay those of the text.

use super::schema::{self, Kind, Shape};
use crate::finding::{Edit, Finding};
use crate::text::{Key, Member, Node, Value};

/// How CloudFormation calls the resource.
const RESOURCE: &str = "AWS::ECS::TaskDefinition";

/// What a document holds, brought to the API's form.
pub(super) struct Form {
    /// The document; where it is CloudFormation's, only the definition, its members named as the API names them.
    pub(super) document: Node,
    /// What is said about CloudFormation's form, where it is that.
    pub(super) template: Option<Template>,
}

/// Where a definition stands that CloudFormation is to register.
#[derive(Clone, Debug, Default)]
pub(crate) struct Template {
    /// The name of the resource in its template; empty where only the resource or its properties were given.
    pub(crate) name: String,
    /// Whether functions, such as `Ref`, stand where only CloudFormation knows the value.
    pub(crate) functions: bool,
    /// The properties of the template's services that run it, as CloudFormation writes them.
    pub(crate) services: Vec<Node>,
    /// The template's target groups, by name.
    pub(crate) target_groups: Vec<(Box<str>, Node)>,
}

/// The definitions of a document, each in the API's form; always at least one.
pub(super) fn forms(document: Node, text: &str) -> Vec<Form> {
    let resources = document
        .get("Resources")
        .map(Node::members)
        .unwrap_or_default();
    let of_template: Vec<_> = resources
        .iter()
        .filter(|member| !member.shadowed && is_resource(&member.value))
        .collect();
    if !of_template.is_empty() {
        let forms = of_template.into_iter().map(|member| {
            let name = &*member.key.name;
            let mut form = template(&member.value, name);
            if let Some(template) = &mut form.template {
                template.services = services(resources, name, text);
                template.target_groups = target_groups(resources);
            }
            form
        });
        return forms.collect();
    }
    let empty = resources
        .iter()
        .any(|member| member.value.get("Type").is_some());
    if let Some(resources) = document.member("Resources").filter(|_| empty) {
        let document = Node {
            span: resources.key.span,
            value: Value::Missing,
        };
        return vec![Form {
            document,
            template: Some(Template::default()),
        }];
    }
    let form = if is_resource(&document) || is_properties(&document) {
        template(&document, "")
    } else {
        Form {
            document,
            template: None,
        }
    };
    vec![form]
}

fn is_resource(node: &Node) -> bool {
    is(node, RESOURCE)
}

/// Whether a resource is of a type.
fn is(node: &Node, kind: &str) -> bool {
    node.get("Type").and_then(Node::as_str) == Some(kind)
}

/// The properties of the services that run the named definition.
fn services(resources: &[Member], name: &str, text: &str) -> Vec<Node> {
    let services = resources
        .iter()
        .filter(|member| is(&member.value, "AWS::ECS::Service"));
    let properties = services.filter_map(|member| member.value.get("Properties"));
    let running = properties.filter(|properties| {
        let definition = properties.get("TaskDefinition");
        definition.and_then(|node| referred(node, text)) == Some(name)
    });
    running.cloned().collect()
}

fn target_groups(resources: &[Member]) -> Vec<(Box<str>, Node)> {
    let groups = resources
        .iter()
        .filter(|member| is(&member.value, "AWS::ElasticLoadBalancingV2::TargetGroup"));
    let named = groups.filter_map(|member| {
        Some((
            member.key.name.clone(),
            member.value.get("Properties")?.clone(),
        ))
    });
    named.collect()
}

/// The resource that a value refers to, by `Ref` or `GetAtt` in any spelling.
pub(crate) fn referred<'t>(node: &'t Node, text: &'t str) -> Option<&'t str> {
    let written = match node.members() {
        [member] if &*member.key.name == "Ref" => member.value.as_str()?,
        [member] if &*member.key.name == "Fn::GetAtt" => {
            let first = member.value.items().first();
            first.unwrap_or(&member.value).as_str()?
        }
        _ => {
            let tagged = text.get(node.span.start..node.span.end)?;
            let tagged = tagged
                .strip_prefix("!Ref")
                .or_else(|| tagged.strip_prefix("!GetAtt"));
            tagged?.trim().trim_matches(['"', '\''])
        }
    };
    written.split('.').next()
}

fn is_properties(node: &Node) -> bool {
    node.get("ContainerDefinitions").is_some() && node.get("containerDefinitions").is_none()
}

fn template(resource: &Node, name: &str) -> Form {
    let properties = resource
        .get("Properties")
        .filter(|node| matches!(node.value, Value::Object(_)));
    let properties = properties
        .filter(|_| !is_properties(resource))
        .unwrap_or(resource);
    let mut template = Template {
        name: name.to_owned(),
        ..Template::default()
    };
    let document = object(properties, schema::root(), &mut template.functions);
    Form {
        document,
        template: Some(template),
    }
}

/// An object with its members named as in the API.
fn object(node: &Node, shape: &'static Shape, functions: &mut bool) -> Node {
    let mut members = Vec::with_capacity(node.members().len());
    for member in node.members() {
        let written = &*member.key.name;
        let spec = shape
            .members
            .iter()
            .find(|spec| spec.name.eq_ignore_ascii_case(written));
        // the one member that CloudFormation calls otherwise
        let spec = spec.or_else(|| {
            shape
                .member("properties")
                .filter(|_| written == "ProxyConfigurationProperties")
        });
        let value = match spec {
            Some(spec) => value(&member.value, spec.kind, functions),
            None => member.value.clone(),
        };
        if no_value(&member.value) {
            continue;
        }
        let name = spec.map_or(written, |spec| spec.name).into();
        let key = Key {
            span: member.key.span,
            name,
        };
        members.push(Member {
            key,
            value,
            shadowed: member.shadowed,
        });
    }
    Node {
        span: node.span,
        value: Value::Object(members),
    }
}

/// A value as the API takes it: CloudFormation makes texts of numbers and numbers of texts by itself, and fills in what
/// its functions give.
fn value(node: &Node, kind: Kind, functions: &mut bool) -> Node {
    let with = |value| Node {
        span: node.span,
        value,
    };
    if is_function(node) || !node.is_present() {
        *functions = true;
        return with(Value::Missing);
    }
    match (kind, &node.value) {
        (Kind::Struct(shape), Value::Object(_)) => object(node, shape, functions),
        (Kind::List(kind), Value::Array(items)) => {
            let items = items.iter().filter(|item| !no_value(item));
            with(Value::Array(
                items.map(|item| value(item, *kind, functions)).collect(),
            ))
        }
        (Kind::Map, Value::Object(members)) => {
            let members = members.iter().map(|member| Member {
                key: member.key.clone(),
                value: value(&member.value, Kind::String, functions),
                shadowed: member.shadowed,
            });
            with(Value::Object(members.collect()))
        }
        (Kind::String | Kind::Enum(_), Value::Number(digits)) => {
            with(Value::String(digits.clone()))
        }
        (Kind::String, Value::Bool(truth)) => {
            with(Value::String(if *truth { "true" } else { "false" }.into()))
        }
        (Kind::Integer, Value::String(digits)) if digits.parse::<i64>().is_ok() => {
            with(Value::Number(digits.clone()))
        }
        (Kind::Boolean, Value::String(text)) => match text.parse() {
            Ok(truth) => with(Value::Bool(truth)),
            Err(_) => node.clone(),
        },
        _ => node.clone(),
    }
}

/// Whether an object is one of CloudFormation's functions.
fn is_function(node: &Node) -> bool {
    match node.members() {
        [member] => &*member.key.name == "Ref" || member.key.name.starts_with("Fn::"),
        _ => false,
    }
}

/// Whether a value says that there is none.
fn no_value(node: &Node) -> bool {
    is_function(node) && node.get("Ref").and_then(Node::as_str) == Some("AWS::NoValue")
}

/// Writes the fixes of a finding in CloudFormation's spelling: names begin with a capital.
pub(super) fn respell(finding: &mut Finding, text: &str) {
    for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        let rest = text.get(edit.span.end..).unwrap_or_default();
        let renames = edit.new_text.starts_with('"') && rest.trim_start().starts_with(':');
        edit.new_text = capitalized(&edit.new_text, renames);
    }
}

/// JSON text with the names of members capitalized: texts before a colon, of letters only; `all` also without the colon.
fn capitalized(json: &str, all: bool) -> String {
    let mut out = String::with_capacity(json.len());
    let mut parts = json.split('"').enumerate().peekable();
    while let Some((index, part)) = parts.next() {
        let named = parts
            .peek()
            .is_some_and(|(_, next)| next.trim_start().starts_with(':'));
        let letters = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if index % 2 == 1 && letters && (named || all) {
            out.push_str(&part[..1].to_ascii_uppercase());
            out.push_str(&part[1..]);
        } else {
            out.push_str(part);
        }
        if parts.peek().is_some() {
            out.push('"');
        }
    }
    out
}

/// Leaves of a finding's fixes those that are right in YAML as well: a scalar put in the place of another.
pub(super) fn keep_scalar_fixes(finding: &mut Finding) {
    let scalar = |edit: &Edit| {
        let text = &edit.new_text;
        edit.span.start < edit.span.end
            && !text.is_empty()
            && !text.contains('\n')
            && !text.contains(": ")
            && !text.starts_with(['{', '['])
    };
    finding.fixes.retain(|fix| fix.edits.iter().all(scalar));
}
