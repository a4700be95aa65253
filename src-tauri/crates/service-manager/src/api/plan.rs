//! What deploy would do: the answer of `plan`.

use super::operation::StepId;
use super::wire;
use crate::text::Text;

wire! {
    /// The steps of a deployment, in order; the same planner feeds the deployment itself.
    pub struct PlanView {
        pub steps: Vec<PlanStepView>,
        /// What loading takes of Docker's disk; null when that is not known.
        pub disk: Option<PlanDisk>,
        /// The sum of what is known about the steps, in seconds; null when nothing is.
        pub expected_seconds: Option<f64>,
    }

    /// Room on the disk where Docker keeps its data, in bytes.
    pub struct PlanDisk {
        /// Now.
        pub free: u64,
        /// What is taken at the worst moment.
        pub peak: u64,
        /// What stays taken.
        pub stays: u64,
    }

    /// One step of the plan.
    pub struct PlanStepView {
        pub id: StepId,
        pub sentence: Text,
        /// Each single change, as a sentence.
        pub changes: Vec<Text>,
        /// Bytes this step sends to the engine; null when it sends none.
        pub bytes: Option<u64>,
        /// How long this step took the last time here, in seconds; null when it is not known.
        pub expected_seconds: Option<f64>,
    }
}
