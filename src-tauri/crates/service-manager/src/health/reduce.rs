//! What is known about the project, and how one piece of news changes it. Pure.

use super::links::Reach;
use super::startup::Expected;
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
    /// Under which names its computer is reached.
    pub reach: Reach,
    /// By container id.
    pub containers: BTreeMap<String, ContainerFacts>,
    /// When a container was last stopped on purpose, by id.
    pub stops: BTreeMap<String, Timestamp>,
    /// How long services are expected to take until they are up.
    pub startups: BTreeMap<String, Expected>,
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
    /// Under which names the engine's computer is reached.
    Reach(Reach),
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
            reach: Reach::default(),
            engine: EngineKnown::Unreachable(Text::new("engine-not-asked")),
            containers: BTreeMap::new(),
            stops: BTreeMap::new(),
            startups: BTreeMap::new(),
            operation: None,
        }
    }
}

/// Returns the world after a piece of news.
pub(crate) fn reduce(mut world: World, input: Input) -> World {
    match input {
        Input::Listed { engine, containers } => {
            world.engine = EngineKnown::Connected(engine);
            let mut known = std::mem::take(&mut world.containers);
            for container in containers {
                let before = known.remove(&container.id);
                learn(&mut world.containers, container, before);
            }
        }
        Input::Container {
            id,
            facts: Some(facts),
        } => {
            let before = world.containers.remove(&id);
            learn(&mut world.containers, *facts, before);
        }
        Input::Container { id, facts: None } => {
            world.containers.remove(&id);
            world.stops.remove(&id);
        }
        Input::Stopped { id, at } => {
            world.stops.insert(id, at);
        }
        Input::Reach(reach) => world.reach = reach,
        Input::EngineGone { reason } => world.engine = EngineKnown::Unreachable(reason),
        Input::Operation(operation) => world.operation = operation,
        Input::Tick => {}
    }
    world
}

fn learn(
    containers: &mut BTreeMap<String, ContainerFacts>,
    facts: ContainerFacts,
    before: Option<ContainerFacts>,
) {
    let facts = match before {
        Some(before) => facts.completed_by(before),
        None => facts,
    };
    containers.insert(facts.id.clone(), facts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::status::{ContainerState, Health};
    use crate::compose::project::Service;
    use crate::health::snapshot::snapshot;
    use crate::health::snapshot::tests::facts;

    /// Small random numbers that are the same in every run (xorshift).
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % limit
        }
    }

    /// What an engine holds, and what it has said of it that was not heard yet.
    struct Truth {
        containers: BTreeMap<String, ContainerFacts>,
        stops: BTreeMap<String, Timestamp>,
        said: Vec<(String, bool)>,
        made: u64,
    }

    const SERVICES: [&str; 4] = ["web", "db", "job", "cache"];

    impl Truth {
        /// Something happens to a container, or one comes or goes.
        fn turn(&mut self, dice: &mut Dice, now: Timestamp) {
            let ids: Vec<String> = self.containers.keys().cloned().collect();
            if ids.len() < 3 || dice.below(8) == 0 {
                self.made += 1;
                let service = SERVICES[usize::try_from(dice.below(4)).unwrap_or(0)];
                let id = format!("{service}-{}", self.made);
                let made = ContainerFacts {
                    id: id.clone(),
                    started_at: Some(now),
                    ..facts(service)
                };
                self.containers.insert(id.clone(), made);
                self.said.push((id, false));
                return;
            }
            let id = ids[usize::try_from(dice.below(ids.len() as u64)).unwrap_or(0)].clone();
            let mut stopped = false;
            if dice.below(8) == 0 {
                self.containers.remove(&id);
                self.stops.remove(&id);
            } else if let Some(container) = self.containers.get_mut(&id) {
                match dice.below(5) {
                    0 => container.health = Health::Healthy,
                    1 => container.health = Health::Unhealthy,
                    2 => {
                        container.state = ContainerState::Exited;
                        container.exit_code = i64::try_from(dice.below(3)).unwrap_or(0);
                        container.finished_at = Some(now);
                    }
                    3 => {
                        container.state = ContainerState::Running;
                        container.restart_count += 1;
                        container.started_at = Some(now);
                    }
                    _ => {
                        container.state = ContainerState::Exited;
                        container.exit_code = 143;
                        container.finished_at = Some(now);
                        self.stops.insert(id.clone(), now);
                        stopped = true;
                    }
                }
            }
            self.said.push((id, stopped));
        }

        fn list(&self) -> Vec<Input> {
            let mut inputs = vec![Input::Listed {
                engine: EngineInfo::default(),
                containers: self.containers.values().cloned().collect(),
            }];
            let stops = self.stops.iter();
            inputs.extend(stops.map(|(id, at)| Input::Stopped {
                id: id.clone(),
                at: *at,
            }));
            inputs
        }

        /// What the monitor makes of an event: it asks anew how the container is by then.
        fn look(&self, (id, stopped): &(String, bool)) -> Vec<Input> {
            let stop = self.stops.get(id).filter(|_| *stopped);
            let stop = stop.map(|at| Input::Stopped {
                id: id.clone(),
                at: *at,
            });
            let now = Input::Container {
                id: id.clone(),
                facts: self.containers.get(id).cloned().map(Box::new),
            };
            stop.into_iter().chain([now]).collect()
        }
    }

    #[test]
    fn whatever_order_events_come_in_the_end_is_what_a_fresh_look_sees() {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let service = |name: &str| Service {
            name: name.into(),
            active: true,
            replicas: 1,
            ..Service::default()
        };
        let project = Arc::new(Project {
            services: SERVICES.map(service).to_vec(),
            ..Project::default()
        });
        for round in 0..400 {
            let mut truth = Truth {
                containers: BTreeMap::new(),
                stops: BTreeMap::new(),
                said: Vec::new(),
                made: 0,
            };
            let fresh = || World::new(Arc::clone(&project), BTreeMap::new());
            let hear = |world: World, inputs: Vec<Input>| inputs.into_iter().fold(world, reduce);
            let mut world = hear(fresh(), truth.list());
            let mut last = Timestamp::UNIX_EPOCH;
            for second in 1..=dice.below(60) {
                last = Timestamp::from_second(i64::try_from(second).unwrap_or(1)).unwrap_or(last);
                truth.turn(&mut dice, last);
                match dice.below(6) {
                    // The connection breaks: what was said is lost, and everything is listed anew.
                    0 => {
                        world = reduce(
                            world,
                            Input::EngineGone {
                                reason: Text::verbatim("gone"),
                            },
                        );
                        truth.said.clear();
                        world = hear(world, truth.list());
                    }
                    // One of those that were said, in any order, and perhaps once more later.
                    1..=3 if !truth.said.is_empty() => {
                        let at = usize::try_from(dice.below(truth.said.len() as u64)).unwrap_or(0);
                        let event = truth.said[at].clone();
                        if dice.below(2) == 0 {
                            truth.said.remove(at);
                        }
                        world = hear(world, truth.look(&event));
                    }
                    _ => {}
                }
            }
            for event in truth.said.clone() {
                world = hear(world, truth.look(&event));
            }
            let expected = snapshot(&hear(fresh(), truth.list()), last);
            assert_eq!(snapshot(&world, last), expected, "round {round}");
        }
    }
}
