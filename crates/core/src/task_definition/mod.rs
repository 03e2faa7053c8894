//! Task definitions: the model, how they are read, and AWS's verdict on them.

mod context;
mod extract;
mod model;
mod reading;
mod revisions;
mod rules;
mod schema;

pub use context::Context;
pub use model::{ContainerDefinition, PortMapping, Protocol, TaskDefinition};
pub use reading::{Reading, Verdict, read};
pub use revisions::{Revision, Revisions};
