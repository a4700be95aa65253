//! What is known about the project, and how one piece of news changes it. Pure.

use crate::api::operation::OperationKind;
use crate::api::package::OpenView;
use crate::compose::project::Project;
use crate::engine::{ContainerFacts, EngineInfo};
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything a snapshot is made from.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub project: Arc<Project>,
    /// Titles per service, where the package gives one.
    pub titles: BTreeMap<String, String>,
    /// Where services are opened, where the package says it.
    pub opens: BTreeMap<String, OpenView>,
    pub engine: EngineKnown,
    /// By container id.
    pub containers: BTreeMap<String, ContainerFacts>,
    /// When a container was last stopped on purpose, by id.
    pub stops: BTreeMap<String, Timestamp>,
    /// The operation that changes this project now, if one runs.
    pub operation: Option<OperationKind>,
}

/// What is known about the engine.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EngineKnown {
    /// It answered last time.
    Connected(EngineInfo),
    /// It did not.
    Unreachable(Text),
}

/// One piece of news; a closed list.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// The whole list, after connecting.
    Listed {
        engine: EngineInfo,
        containers: Vec<ContainerFacts>,
    },
    /// One container anew; none when it is gone.
    Container {
        id: String,
        facts: Option<Box<ContainerFacts>>,
    },
    /// A container was stopped on purpose.
    Stopped { id: String, at: Timestamp },
    /// The engine went away.
    EngineGone { reason: Text },
    /// An operation of this project began or ended.
    Operation(Option<OperationKind>),
    /// Time went by.
    Tick,
}

impl World {
    /// Returns a world in which nothing was looked at yet.
    pub(crate) fn new(project: Arc<Project>, titles: BTreeMap<String, String>) -> Self {
        Self {
            project,
            titles,
            opens: BTreeMap::new(),
            engine: EngineKnown::Unreachable(Text::new("engine-not-asked")),
            containers: BTreeMap::new(),
            stops: BTreeMap::new(),
            operation: None,
        }
    }
}

/// Returns the world after a piece of news.
pub(crate) fn reduce(mut world: World, input: Input) -> World {
    match input {
        Input::Listed { engine, containers } => {
            world.engine = EngineKnown::Connected(engine);
            world.containers = containers
                .into_iter()
                .map(|container| (container.id.clone(), container))
                .collect();
        }
        Input::Container {
            id,
            facts: Some(facts),
        } => {
            world.containers.insert(id, *facts);
        }
        Input::Container { id, facts: None } => {
            world.containers.remove(&id);
            world.stops.remove(&id);
        }
        Input::Stopped { id, at } => {
            world.stops.insert(id, at);
        }
        Input::EngineGone { reason } => world.engine = EngineKnown::Unreachable(reason),
        Input::Operation(operation) => world.operation = operation,
        Input::Tick => {}
    }
    world
}
