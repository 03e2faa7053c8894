//! The card of a container: its state, and what it has of the task's CPU and memory.

/// `lastStatus` of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContainerState {
    /// Not started yet.
    Pending,
    /// Started.
    Running,
    /// Ended.
    Stopped,
}

/// A container of a task. Its place in the list chooses its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerCard {
    /// Its name as defined: `scorekeep-frontend`.
    pub name: String,
    /// Its name without the family's: `frontend`.
    pub short_name: String,
    /// Its image.
    pub image: String,
    /// Its state.
    pub state: ContainerState,
    /// Whether its end ends the task.
    pub essential: bool,
    /// The ports it listens on.
    pub ports: Vec<u16>,
    /// Its exit code, once it has ended.
    pub exit_code: Option<i32>,
    /// AWS's reason for its end, such as `OutOfMemoryError: container killed due to memory usage`.
    pub reason: Option<String>,
    /// `healthStatus`, where it has a health check.
    pub health: Option<&'static str>,
    /// How often its restart policy started it again.
    pub restarts: u32,
    /// What it waits for before it starts: 'db to be healthy'.
    pub waits_for: Option<String>,
    /// The limit that it was killed at when it last ended so: 'its own limit of 320 MiB'.
    pub killed_at: Option<String>,
    /// Its CPU.
    pub cpu: CpuCard,
    /// Its memory.
    pub memory: MemoryCard,
}

/// What a container has of the task's CPU, all in CPU units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CpuCard {
    /// `cpu` of the container as defined: its weight.
    pub share: u32,
    /// What its weight is worth of the task's CPU when all are busy.
    pub entitled: u32,
    /// What it would use if it could.
    pub wants: u32,
    /// What it gets.
    pub granted: u32,
    /// What it gets above its own part.
    pub borrowed: u32,
    /// What of its own part others use.
    pub lent: u32,
    /// Whether a person set the demand, not the traffic.
    pub by_hand: bool,
}

/// What a container has of the task's memory, all in MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemoryCard {
    /// `memoryReservation`: the soft floor.
    pub reservation: Option<u32>,
    /// `memory`: the container's hard limit.
    pub limit: Option<u32>,
    /// What its processes would use if they could.
    pub wants: u32,
    /// What it uses, files that it keeps in memory included.
    pub uses: u32,
    /// Files that the kernel took back from it, so that others have room.
    pub reclaimed: u32,
    /// Whether a person set the demand, not the traffic.
    pub by_hand: bool,
}
