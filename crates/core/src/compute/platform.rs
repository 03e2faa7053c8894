//! Fargate's platform versions: when each was there, what LATEST meant, and what each lacks.
//!
//! Source: 'Fargate platform versions' and 'Fargate platform version deprecation' of the ECS developer guide, in their
//! state of each year.

use crate::units::Date;

/// A platform version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    /// `1.4.0`.
    pub version: &'static str,
    /// Whether it runs Windows containers; Windows has a numbering of its own.
    pub windows: bool,
    /// Its first day.
    pub released: Date,
    /// The first day on which LATEST meant it.
    pub latest_from: Date,
    /// The first day on which nothing new could be run on it; `None` while it can.
    pub retired: Option<Date>,
    /// MiB for layers and volumes; before 1.4.0 there were two disks.
    pub disk: Disk,
    /// The newest version of the task metadata endpoint; 0 where there is none.
    pub metadata: u8,
}

/// The disk of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// 10 GB for image layers and what containers write to their own, 4 GB for volumes.
    Two,
    /// One for all: 20 GiB, or what `ephemeralStorage` asks for.
    One,
}

/// GiB of the one disk where `ephemeralStorage` is absent.
pub const DEFAULT_DISK_GIB: u32 = 20;
/// MiB that 10 GB of layers have.
pub const LAYERS_MIB: u32 = 9_536;
/// MiB that 4 GB of volumes have.
pub const VOLUMES_MIB: u32 = 3_814;

/// The Linux versions, oldest first, then that of Windows.
#[rustfmt::skip]
pub const PLATFORMS: &[Platform] = &[
    Platform { version: "1.0.0", windows: false, released: Date::new(2017, 11, 29), latest_from: Date::new(2017, 11, 29), retired: Some(Date::new(2020, 12, 14)), disk: Disk::Two, metadata: 0 },
    Platform { version: "1.1.0", windows: false, released: Date::new(2018, 3, 26), latest_from: Date::new(2018, 3, 26), retired: Some(Date::new(2020, 12, 14)), disk: Disk::Two, metadata: 2 },
    Platform { version: "1.2.0", windows: false, released: Date::new(2018, 9, 10), latest_from: Date::new(2018, 9, 10), retired: Some(Date::new(2020, 12, 14)), disk: Disk::Two, metadata: 2 },
    Platform { version: "1.3.0", windows: false, released: Date::new(2018, 12, 17), latest_from: Date::new(2018, 12, 17), retired: Some(Date::new(2026, 3, 16)), disk: Disk::Two, metadata: 3 },
    // LATEST followed about eleven months later, staged by Region: 'early 2021-03' is all that is known.
    Platform { version: "1.4.0", windows: false, released: Date::new(2020, 4, 8), latest_from: Date::new(2021, 3, 1), retired: None, disk: Disk::One, metadata: 4 },
    Platform { version: "1.0.0", windows: true, released: Date::new(2021, 10, 28), latest_from: Date::new(2021, 10, 28), retired: None, disk: Disk::One, metadata: 4 },
];

/// Something that a task definition uses, and when Fargate had it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// What it is: a member of the definition, or a word for it.
    pub what: &'static str,
    /// The first Linux version that has it.
    pub version: &'static str,
    /// The day on which that version had it; it may have come later than the version itself.
    pub since: Date,
}

/// The code with which AWS refuses to run what a platform version lacks.
pub const INCOMPATIBLE: &str = "PlatformTaskDefinitionIncompatibilityException";

/// The words to that code on a day. Quoted in public issues; the day on which they changed is known to the year only.
pub fn incompatible_words(on: Date) -> &'static str {
    if on < Date::new(2021, 1, 1) {
        "The specified platform does not satisfy the task definition\u{2019}s required capabilities."
    } else {
        "One or more of the requested capabilities are not supported."
    }
}

/// Why a platform version cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// AWS never had it, or not yet.
    Unknown,
    /// It is retired since that day.
    Retired(Date),
    /// It runs the other operating system.
    OtherSystem,
}

/// Why a platform version lacks something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A newer version has it.
    Version,
    /// No version has it yet.
    Day,
}

impl Platform {
    /// The platform that `platformVersion` means on a day, for Linux or Windows containers. LATEST on a day before the
    /// first version means the first.
    ///
    /// # Errors
    /// Says why nothing can be run on it.
    pub fn find(version: &str, windows: bool, on: Date) -> Result<&'static Self, Unavailable> {
        let of_system = || PLATFORMS.iter().filter(move |it| it.windows == windows);
        if version == "LATEST" {
            let newest = of_system().rfind(|it| it.latest_from <= on);
            let newest = newest.or_else(|| of_system().next().filter(|it| !it.windows));
            return newest.ok_or(Unavailable::OtherSystem);
        }
        let there = |it: &&Self| it.version == version && it.released <= on;
        let Some(found) = of_system().find(there) else {
            let other = PLATFORMS.iter().any(|it| there(&it));
            return Err(if other {
                Unavailable::OtherSystem
            } else {
                Unavailable::Unknown
            });
        };
        match found.retired {
            Some(day) if day <= on => Err(Unavailable::Retired(day)),
            _ => Ok(found),
        }
    }

    /// Whether it is this Linux version or a newer one, or that of Windows. The names sort as the versions do.
    pub fn has(&self, since: &str) -> bool {
        self.windows || self.version >= since
    }

    /// Why it lacks what a definition needs on a day; `None` where it has it.
    pub fn lacks(&self, need: &Need, on: Date) -> Option<Lack> {
        if !self.has(need.version) {
            Some(Lack::Version)
        } else if on < need.since {
            Some(Lack::Day)
        } else {
            None
        }
    }
}

/// CPUs that a container sees, whatever its task's size: those of the machine below it, not its part of them.
///
/// Observed in 2026 on 1.4.0: 2 for a task of 0.25 vCPU. For larger tasks it is the plainest guess: the task's own, rounded up.
pub fn visible_cpus(task_cpu: u32) -> u32 {
    task_cpu.div_ceil(1_024).max(2)
}

/// MiB that `/proc/meminfo` shows in a container. Observed in 2026 on 1.4.0: 900 (921,128 kB) in a task of 512 MiB. For
/// larger tasks it is a guess: the same 388 above the task's own.
pub fn visible_memory(task_memory: u32) -> u32 {
    task_memory.saturating_add(388)
}
