//! How long tasks take to come up.

/// Longer than anybody waits for an interface: an hour.
const NEVER: (u64, u64) = (3_600_000, 3_600_000);

/// The times of a task's start, in ms; of two, the least and the most.
#[derive(Debug, PartialEq, Eq)]
pub struct Pace {
    /// Its name.
    pub name: &'static str,
    /// Until the interface is made.
    pub(super) interface: (u64, u64),
    /// Until it is attached.
    pub(super) attaching: (u64, u64),
    /// Until the pull begins.
    pub(super) pull_begins: (u64, u64),
    /// MiB of images that come in a second.
    pub(super) mib_per_s: u64,
    /// The least and the most that the images take.
    pub(super) pull: (u64, u64),
    /// Whether a task passes ACTIVATING and DEACTIVATING when it has nothing to register.
    pub(super) activates: bool,
}

impl Pace {
    /// As today. Observed on Fargate; images come at 24 MiB/s, a small task's share of its interface and of unpacking.
    pub const TODAY: Self = Self {
        name: "today",
        interface: (4_000, 7_000),
        attaching: (6_000, 11_000),
        pull_begins: (400, 1_600),
        mib_per_s: 24,
        pull: (4_000, 70_000),
        activates: true,
    };

    /// As in the demonstration at Fargate's launch on 2017-11-29: about 30 s PROVISIONING and 75 s PENDING for `WordPress`, and no
    /// further state on the way.
    pub const DEMO_2017: Self = Self {
        name: "2017-demo",
        interface: (12_000, 13_000),
        attaching: (16_000, 18_000),
        pull_begins: (1_000, 2_000),
        mib_per_s: 3,
        pull: (4_000, 72_000),
        activates: false,
    };

    /// The same, where interfaces stay unattached.
    const STALLED: [Self; 2] = [
        Self {
            attaching: NEVER,
            ..Self::TODAY
        },
        Self {
            attaching: NEVER,
            ..Self::DEMO_2017
        },
    ];

    /// This pace where interfaces come to be attached, or where they do not.
    pub(crate) fn attaching(&self, available: bool) -> &'static Self {
        let today = self.name == Self::TODAY.name;
        match (available, today) {
            (true, true) => &Self::TODAY,
            (true, false) => &Self::DEMO_2017,
            (false, today) => &Self::STALLED[usize::from(!today)],
        }
    }

    /// Whether interfaces stay unattached.
    pub(crate) fn is_stalled(&self) -> bool {
        self.attaching == NEVER
    }
}
