//! Types of EC2 instances, as data: how large they are, and how many network interfaces they hold.

/// A line a type; its head says what the columns are.
const TABLE: &str = include_str!("instance-types.txt");

/// A type of EC2 instance. Source: the EC2 guides' instance type pages and the ECS guide on network interfaces of container instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceType {
    /// Its name, such as `c5.large`.
    pub name: &'static str,
    /// Virtual CPUs.
    pub vcpus: u32,
    /// Nominal memory in MiB; the ECS agent registers a little less.
    pub memory_mib: u32,
    /// `x86_64` or `arm64`.
    pub architecture: &'static str,
    /// Network interfaces that it holds, the primary one included.
    pub interfaces: u32,
    /// Tasks in mode `awsvpc` that it takes with `awsvpcTrunking`; `None` where the type has no trunking.
    pub trunked_tasks: Option<u32>,
    /// Whether `trunked_tasks` is derived from the count of branch interfaces, as AWS's list is older than the family.
    pub trunking_derived: bool,
}

impl InstanceType {
    /// The type of a name; `None` where there is none.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|it| it.name == name)
    }

    /// All types, in the order of their families.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.lines().filter_map(Self::of_line)
    }

    fn of_line(line: &'static str) -> Option<Self> {
        let mut columns = line.split(' ');
        let name = columns.next().filter(|name| *name != "#")?;
        let vcpus = columns.next()?.parse().ok()?;
        let memory_mib = columns.next()?.parse().ok()?;
        let architecture = columns.next()?;
        let interfaces = columns.next()?.parse().ok()?;
        let trunked = columns.next()?;
        Some(Self {
            name,
            vcpus,
            memory_mib,
            architecture,
            interfaces,
            trunked_tasks: trunked.trim_start_matches('~').parse().ok(),
            trunking_derived: trunked.starts_with('~'),
        })
    }

    /// Tasks in mode `awsvpc` that an instance takes: one for each interface but its primary one; with trunking, as many as its
    /// trunk carries.
    pub fn awsvpc_tasks(&self, trunking: bool) -> u32 {
        let own = self.interfaces.saturating_sub(1);
        self.trunked_tasks.filter(|_| trunking).unwrap_or(own)
    }

    /// Network interfaces in all: with trunking, those of the tasks, the primary one and the trunk.
    pub fn interface_limit(&self, trunking: bool) -> u32 {
        let trunked = self.trunked_tasks.filter(|_| trunking);
        trunked.map_or(self.interfaces, |tasks| tasks + 2)
    }

    /// What older texts say otherwise of this type; `None` for most.
    pub fn note(&self) -> Option<&'static str> {
        (self.name == "t3.small").then_some(
            "Older texts say that a t3.small holds 2 network interfaces; today it holds 3.",
        )
    }
}
