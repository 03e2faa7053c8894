//! Task definitions: the model, how they are read, and AWS's verdict on them.

mod model;
mod revisions;

pub use model::{ContainerDefinition, PortMapping, Protocol, TaskDefinition};
pub use revisions::{Revision, Revisions};

mod stub;
pub use stub::{Context, read};
