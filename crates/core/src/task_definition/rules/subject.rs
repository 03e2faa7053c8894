//! What a rule looks at: the text, its tree, the model and the context, with the questions that many rules ask.

use super::names::clip;
use crate::call::LaunchType;
use crate::compute::sizes;
use crate::finding::Edit;
use crate::task_definition::context::Context;
use crate::task_definition::extract;
use crate::task_definition::form::Template;
use crate::task_definition::model::{ContainerDefinition, System, TaskDefinition};
use crate::task_definition::schema::Problem;
use crate::text::{Member, Node, Span, Value, edit, quote};
use crate::units::{CpuUnits, MiB};

/// A definition as a rule sees it.
pub(crate) struct Subject<'t> {
    /// The whole text.
    pub(crate) text: &'t str,
    /// The outermost value of the text.
    pub(crate) document: &'t Node,
    /// The definition's object; inside a wrapper, not the wrapper.
    pub(crate) root: &'t Node,
    /// The model read from it.
    pub(crate) definition: &'t TaskDefinition,
    /// What is known of the template it stands in, where it is in CloudFormation's form.
    pub(crate) template: Option<&'t Template>,
    /// Whether the text is YAML.
    pub(crate) yaml: bool,
    /// Where it differs from the table of members.
    pub(crate) problems: Vec<Problem<'t>>,
    /// Where and when.
    pub(crate) context: &'t Context,
}

/// One container: its object and its model.
#[derive(Clone, Copy)]
pub(crate) struct Container<'t> {
    /// The object.
    pub(crate) node: &'t Node,
    /// Its place in the list, counted from zero.
    pub(crate) index: usize,
    /// The model.
    pub(crate) model: &'t ContainerDefinition,
}

impl<'t> Subject<'t> {
    /// The containers, in order.
    pub(crate) fn containers(&self) -> impl Iterator<Item = Container<'t>> + use<'t> {
        let models = self.definition.containers.iter();
        extract::containers(self.root)
            .zip(models)
            .enumerate()
            .map(|(index, (node, model))| Container { node, index, model })
    }

    /// Whether `requiresCompatibilities` names one.
    pub(crate) fn requests(&self, compatibility: &str) -> bool {
        let mut requested = self.definition.requires_compatibilities.iter();
        requested.any(|name| name == compatibility)
    }

    /// Whether the definition is meant for Fargate: it says so, or the task is to run there.
    pub(crate) fn for_fargate(&self) -> bool {
        self.requests("FARGATE") || self.context.launch_type == LaunchType::Fargate
    }

    /// Whether the containers are Windows containers.
    pub(crate) fn windows(&self) -> bool {
        self.definition.system == System::Windows
    }

    /// What the containers ask for together: the sum of their CPU, and the memory that none may be denied.
    pub(crate) fn demand(&self) -> (CpuUnits, MiB) {
        let containers = &self.definition.containers;
        let sum = |size: fn(&ContainerDefinition) -> Option<u32>| {
            let sizes = containers.iter().filter_map(|container| size(container));
            sizes.fold(0_u32, u32::saturating_add)
        };
        let cpu = sum(|container| container.cpu.map(|cpu| cpu.0));
        let reserved = sum(|container| container.memory_reservation.map(|memory| memory.0));
        let limits = containers.iter().filter_map(|container| container.memory);
        let largest = limits.max().unwrap_or_default();
        (CpuUnits(cpu), MiB(reserved.max(largest.0)))
    }

    /// What EC2 keeps free for the containers: what each reserves, or else its limit.
    fn kept_free(&self) -> MiB {
        let containers = self.definition.containers.iter();
        let each = containers
            .filter_map(|container| Some(container.memory_reservation.or(container.memory)?.0));
        MiB(each.fold(0, u32::saturating_add))
    }

    /// The smallest size of Fargate's that holds what is known: the sizes that can be read, and what the containers ask for.
    pub(crate) fn fitting_size(&self) -> Option<(CpuUnits, MiB)> {
        let (cpu, memory) = self.demand();
        let memory = memory.max(self.kept_free());
        let (given_cpu, given_memory) = (self.definition.cpu, self.definition.memory);
        self.size_for(
            given_cpu.map_or(cpu, |given| given.max(cpu)),
            given_memory.map_or(memory, |given| given.max(memory)),
        )
    }

    /// The smallest size that Fargate offers with at least this CPU and memory, or failing that the largest.
    pub(crate) fn size_for(&self, cpu: CpuUnits, memory: MiB) -> Option<(CpuUnits, MiB)> {
        let (as_of, windows) = (self.context.as_of, self.windows());
        let mut fitting = sizes::rows(as_of, windows)
            .filter(|row| row.cpu >= cpu)
            .filter_map(|row| Some((row.cpu, row.memories().find(|&size| size >= memory)?)));
        let largest = || {
            let row = sizes::rows(as_of, windows).last()?;
            Some((row.cpu, row.memories().last()?))
        };
        fitting.next().or_else(largest)
    }

    /// The edits that give the task a size; what is already so stays as it is written.
    pub(crate) fn set_size(&self, cpu: CpuUnits, memory: MiB) -> Vec<Edit> {
        if self.root.members().is_empty() {
            let json = format!(" \"cpu\": \"{cpu}\", \"memory\": \"{memory}\" ");
            return vec![Edit::insert(self.root.span.start + 1, json)];
        }
        let mut edits = Vec::new();
        if self.definition.cpu != Some(cpu) {
            edits.push(self.set(self.root, &["family"], "cpu", &quote(&cpu.to_string())));
        }
        if self.definition.memory != Some(memory) {
            let text = quote(&memory.to_string());
            edits.push(self.set(self.root, &["family", "cpu"], "memory", &text));
        }
        edits.sort_by_key(|edit| edit.span);
        edits
    }

    /// The edit that gives a member a value, as JSON text: in its place, or after the named ones.
    pub(crate) fn set(&self, object: &Node, after: &[&str], name: &str, json: &str) -> Edit {
        match object.get(name) {
            Some(value) if value.is_present() => Edit::replace(value.span, json),
            _ => edit::insert_member(self.text, object, after, name, json),
        }
    }

    /// A `logConfiguration` that sends the output to CloudWatch Logs, as JSON text.
    pub(crate) fn awslogs(&self) -> String {
        let group = quote(&format!("/ecs/{}", self.definition.family));
        let region = quote(&self.context.region);
        format!(
            r#"{{ "logDriver": "awslogs", "options": {{ "awslogs-group": {group}, "awslogs-region": {region}, "awslogs-stream-prefix": "ecs", "awslogs-create-group": "true" }} }}"#
        )
    }

    /// An edit that lets a container log to awslogs, with the execution role that this needs.
    pub(crate) fn with_execution_role(&self, edit: Edit) -> Vec<Edit> {
        let mut edits = vec![edit];
        if self.root.get("executionRoleArn").is_none() && self.for_fargate() {
            edits.push(self.add_execution_role());
        }
        edits.sort_by_key(|edit| edit.span);
        edits
    }

    /// The edit that names an execution role of the account.
    pub(crate) fn add_execution_role(&self) -> Edit {
        let arn = self.context.role_arn("ecsTaskExecutionRole");
        let after = ["family", "cpu", "memory", "networkMode", "taskRoleArn"];
        self.set(self.root, &after, "executionRoleArn", &quote(&arn))
    }

    /// The entries of `volumes`.
    pub(crate) fn volumes(&self) -> &'t [Node] {
        items(self.root, "volumes")
    }

    /// Every member that a path leads to, through each item of the lists on the way, with the object that holds it.
    pub(crate) fn members_at(&self, path: &[&str]) -> Vec<(&'t Node, &'t Member)> {
        members_at(self.root, path)
    }

    /// The account that the definition speaks of: that of its roles, which must be the caller's own.
    pub(crate) fn account(&self) -> Option<&'t str> {
        let roles = ["executionRoleArn", "taskRoleArn"];
        let arn = roles.iter().find_map(|name| {
            let arn = self.root.get(name)?.as_str()?;
            arn.starts_with("arn:").then_some(arn)
        });
        arn?.split(':').nth(4)
    }

    /// Where a member's value stands; where it is absent, the object's brace.
    pub(crate) fn place(object: &Node, name: &str) -> Span {
        match object.member(name) {
            Some(member) if member.value.is_present() => member.value.span,
            Some(member) => member.key.span,
            None => Self::brace(object),
        }
    }

    /// The place of an object or list as a whole: its opening bracket, or the first name of YAML's objects without one;
    /// of any other value, the value.
    pub(crate) fn brace(node: &Node) -> Span {
        let Span { start, end } = node.span;
        let first = node.members().first();
        if let Some(first) = first.filter(|first| first.key.span.start == start) {
            return first.key.span;
        }
        match node.value {
            Value::Object(_) | Value::Array(_) => Span::new(start, end.min(start + 1)),
            _ => node.span,
        }
    }
}

/// The items of a list that a member holds; none where it is absent or no list.
pub(crate) fn items<'t>(node: &'t Node, name: &str) -> &'t [Node] {
    node.get(name).map(Node::items).unwrap_or_default()
}

/// Whether a value says anything: not null, false, or empty.
pub(crate) fn is_set(node: &Node) -> bool {
    match &node.value {
        Value::Missing | Value::Null | Value::Bool(false) => false,
        Value::Bool(true) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// Every member that a path leads to from an object, through each item of the lists on the way, with the object that holds
/// it.
pub(crate) fn members_at<'t>(root: &'t Node, path: &[&str]) -> Vec<(&'t Node, &'t Member)> {
    let mut found = Vec::new();
    collect(root, path, &mut found);
    found
}

fn collect<'t>(node: &'t Node, path: &[&str], found: &mut Vec<(&'t Node, &'t Member)>) {
    let [name, rest @ ..] = path else {
        return;
    };
    let Some(member) = node.member(name) else {
        return;
    };
    if rest.is_empty() {
        found.push((node, member));
        return;
    }
    match &member.value.value {
        Value::Array(items) => {
            for item in items {
                collect(item, rest, found);
            }
        }
        _ => collect(&member.value, rest, found),
    }
}

impl<'t> Container<'t> {
    /// How messages call it: by its name, and its place where it has none.
    pub(crate) fn label(self) -> String {
        match self.name() {
            "" => format!("number {}", self.index + 1),
            name => clip(name),
        }
    }

    /// How AWS calls it.
    pub(crate) fn name(self) -> &'t str {
        &self.model.name
    }

    /// The mappings, with their objects.
    pub(crate) fn mappings(self) -> &'t [Node] {
        items(self.node, "portMappings")
    }

    /// The options of a log driver, where it is the named one.
    pub(crate) fn logs_with(self, driver: &str) -> Option<&'t Node> {
        let logs = self.node.get("logConfiguration")?;
        (logs.get("logDriver")?.as_str()? == driver).then_some(logs)
    }
}
