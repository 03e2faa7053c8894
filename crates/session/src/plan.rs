//! A plan: the calls of one gesture, of which a later one may name what an earlier one made.

use fargate_core::call::Call;
use fargate_core::error::ApiError;

/// A call of a plan, given the ids that the calls before it made, in their order.
type Step = Box<dyn Fn(&[String]) -> Call + Send + Sync>;

/// The calls of one gesture, in order. All of them are done or none, and one undo takes all of them back.
#[derive(Default)]
pub struct Plan(Vec<Step>);

/// Why nothing of a plan was done: the call that AWS would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Service and action, such as `ec2:CreateSubnet`.
    pub action: &'static str,
    /// The call itself, where it names nothing that an earlier call of the plan would have made.
    pub call: Option<Call>,
    /// AWS's code and message, and the cure.
    pub error: ApiError,
}

impl Plan {
    /// A plan of one call.
    pub fn of(call: impl Into<Call>) -> Self {
        Self::default().then(call)
    }

    /// The same, with another call at its end.
    #[must_use]
    pub fn then(self, call: impl Into<Call>) -> Self {
        let call = call.into();
        self.then_with(move |_| call.clone())
    }

    /// The same, with another call at its end that names what the calls before it made.
    #[must_use]
    pub fn then_with<T: Into<Call>>(
        mut self,
        call: impl Fn(&[String]) -> T + Send + Sync + 'static,
    ) -> Self {
        self.0.push(Box::new(move |made| call(made).into()));
        self
    }

    /// The same, with all of another plan at its end. The calls of that one name what it makes itself, not what this one makes.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// How many calls it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The calls one by one, each with the ids that were made before it.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.0.iter()
    }

    /// The calls as they are where the earlier ones make these ids.
    pub fn calls(&self, made: &[String]) -> Vec<Call> {
        self.0.iter().map(|step| step(made)).collect()
    }
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Plan of {} calls", self.0.len())
    }
}
