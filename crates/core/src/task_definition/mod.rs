//! Task definitions: the model, how they are read, and AWS's verdict on them.

mod model;

pub use model::{ContainerDefinition, PortMapping, Protocol, TaskDefinition};
