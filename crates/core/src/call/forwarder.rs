//! The playground's call about a function that sends log lines on: its code is not AWS's to simulate.

use crate::wire;

wire! {
    /// Input of `PutLogForwarder`: a function that posts log lines to a collector, in the place of one of the same name.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutLogForwarder {
        /// The function's name.
        pub name: String = "name",
        /// The collector's address.
        pub collector: String = "collector",
        /// Whether what cannot be sent goes into a dead-letter queue.
        pub dead_letter_queue: bool = "deadLetterQueue",
        /// Whether the collector does not answer from now on.
        pub collector_down: bool = "collectorDown",
    }
}
