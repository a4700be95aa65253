//! Which engines there are to choose from.

use super::{wire, words};
use crate::api::status::EngineState;
use crate::text::Text;

words! {
    /// Who named an engine.
    pub enum EngineOrigin { Given = "given", Variable = "variable", Chosen = "chosen", Context = "context", Found = "found" }
}

wire! {
    /// The engine in use and the others.
    pub struct EngineChoices {
        /// The address in use.
        pub current: String,
        pub origin: EngineOrigin,
        /// Somebody named it for this run (`--docker-host`, `DOCKER_HOST`): a choice takes effect without that.
        pub fixed: bool,
        /// The engine in use comes first.
        pub engines: Vec<EngineChoice>,
    }

    /// One engine.
    pub struct EngineChoice {
        /// `unix:///var/run/docker.sock`
        pub url: String,
        /// The name of its context, where it has one.
        pub name: Option<String>,
        pub state: EngineState,
        pub version: Option<String>,
        pub platform: Option<String>,
        /// Why it does not answer.
        pub reason: Option<Text>,
    }
}
