//! What a deployment will do. Pure; the executor walks it and `plan` prints it.

use super::observe::disk::EngineDisk;
use super::observe::{ImageObserved, ImageUser, ObservedState};
use crate::api::operation::StepId;
use crate::api::plan::{PlanDisk, PlanStepView, PlanView};
use crate::compose::project::{Project, Service};
use crate::images::archive::Archive;
use crate::operation::Durations;
use crate::package::Package;
use crate::text::{Text, format};
use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use std::fmt;

/// Deploy's steps, in order.
pub(crate) const DEPLOY: [StepId; 9] = [
    StepId::Environment,
    StepId::Directories,
    StepId::Scripts,
    StepId::Images,
    StepId::Tags,
    StepId::Ports,
    StepId::Start,
    StepId::Ready,
    StepId::Report,
];

/// The changes of a deployment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    pub directories: Vec<Utf8PathBuf>,
    /// Whom they are given to, where they would otherwise be root's and useless to their service.
    pub owners: BTreeMap<Utf8PathBuf, ImageUser>,
    pub scripts: Vec<Utf8PathBuf>,
    pub images: Vec<ImageAction>,
    /// References that neither the package nor the engine was seen to have.
    pub missing: Vec<String>,
    /// What loading them will send to the engine; none when it could not be asked.
    pub bytes: Option<u64>,
    pub tags: Vec<TagAction>,
    pub ports: Vec<String>,
    /// In the order in which they are started.
    pub services: Vec<ServiceAction>,
    pub disk: Option<PlanDisk>,
}

/// What is to be done about one service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ServiceAction {
    pub name: String,
    pub cause: ServiceCause,
}

/// How a service stands before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServiceCause {
    /// It has no container.
    New,
    /// It has one that does not run.
    Stopped,
    /// It runs; Compose leaves it alone unless something about it has changed.
    Runs,
}

/// What is to be done about one image of the package.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ImageAction {
    /// The reference or id the archive gives it.
    pub reference: String,
    /// Index into the package's archives.
    pub archive: usize,
    pub file: String,
    pub cause: ImageCause,
}

/// Why an image is loaded or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImageCause {
    /// The engine does not have it.
    Absent,
    /// The engine has something else under its name.
    Different,
    /// The engine has it.
    Present,
}

/// One name to be given.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TagAction {
    /// The reference or id the archive gives it.
    pub source: String,
    pub target: String,
    /// The target is this very image already.
    pub done: bool,
}

/// Only root can give folders away.
fn given(state: &ObservedState) -> BTreeMap<Utf8PathBuf, ImageUser> {
    let owners = state.owners.as_ref().ok();
    let owners = owners.filter(|owners| owners.may_chown);
    owners.map(|it| it.fresh.clone()).unwrap_or_default()
}

/// Decides.
pub(crate) fn plan(state: &ObservedState, package: &Package) -> Plan {
    let archives = &package.archives;
    Plan {
        directories: state
            .mounts
            .iter()
            .flatten()
            .filter(|mount| mount.is_to_be_created())
            .map(|mount| mount.source.clone())
            .collect(),
        owners: given(state),
        scripts: state
            .scripts
            .iter()
            .flatten()
            .filter(|script| script.ours)
            .map(|script| script.path.clone())
            .collect(),
        images: state
            .images
            .iter()
            .filter_map(|image| image_action(image, archives))
            .collect(),
        missing: state
            .images
            .iter()
            .filter(|image| image.source.is_none() && image.present.is_none())
            .map(|image| image.wanted.clone())
            .collect(),
        bytes: state.bytes_to_send,
        tags: state.images.iter().filter_map(tag_action).collect(),
        ports: state
            .ports
            .iter()
            .flatten()
            .filter(|port| !port.on_the_host())
            .map(|port| port.label.clone())
            .collect(),
        services: in_order(&package.project)
            .into_iter()
            .map(|service| ServiceAction {
                name: service.name.clone(),
                cause: match state.names.containers.get(&service.name) {
                    None => ServiceCause::New,
                    Some(false) => ServiceCause::Stopped,
                    Some(true) => ServiceCause::Runs,
                },
            })
            .collect(),
        disk: match &state.disks.engine {
            EngineDisk::Here(Ok(disk)) => Some(PlanDisk {
                free: disk.space.free,
                peak: state.room.peak,
                stays: state.room.stays,
            }),
            _ => None,
        },
    }
}

fn image_action(image: &ImageObserved, archives: &[Archive]) -> Option<ImageAction> {
    let source = image.source.as_ref()?;
    let same = image
        .present
        .as_ref()
        .is_some_and(|present| source.is(present));
    let cause = match (&source.loaded, &image.present) {
        (Some(_), _) => ImageCause::Present,
        (None, _) if same => ImageCause::Present,
        (None, Some(_)) => ImageCause::Different,
        (None, None) => ImageCause::Absent,
    };
    Some(ImageAction {
        reference: source.reference.clone(),
        archive: source.archive,
        file: archives[source.archive].file.clone(),
        cause,
    })
}

fn tag_action(image: &ImageObserved) -> Option<TagAction> {
    let source = image.source.as_ref()?;
    let done = image
        .present
        .as_ref()
        .is_some_and(|present| source.is(present));
    Some(TagAction {
        source: source.reference.clone(),
        target: image.wanted.clone(),
        done,
    })
}

/// The active services, each after what it depends on, otherwise in Compose's order.
fn in_order(project: &Project) -> Vec<&Service> {
    let mut left: Vec<&Service> = project.active_services().collect();
    let mut ordered: Vec<&Service> = Vec::new();
    while !left.is_empty() {
        let is_free = |service: &&Service| {
            let waits = |name: &String| left.iter().any(|other| other.name == *name);
            !service.depends_on.iter().any(|it| waits(&it.service))
        };
        // In a circle, which Compose refuses, nobody is free.
        let at = left.iter().position(is_free).unwrap_or(0);
        ordered.push(left.remove(at));
    }
    ordered
}

impl ServiceAction {
    fn text(&self) -> Text {
        let name = self.name.as_str();
        match self.cause {
            ServiceCause::New => Text::new("plan-start-new").with("service", name),
            ServiceCause::Stopped => Text::new("plan-start-again").with("service", name),
            ServiceCause::Runs => Text::new("plan-start-runs").with("service", name),
        }
    }
}

impl Plan {
    /// Returns the archives to send, each once, in the package's order.
    pub(crate) fn archives(&self) -> Vec<usize> {
        let mut indexes: Vec<usize> = self
            .images
            .iter()
            .filter(|image| image.cause != ImageCause::Present)
            .map(|image| image.archive)
            .collect();
        indexes.sort_unstable();
        indexes.dedup();
        indexes
    }

    /// Returns the bytes that will be sent to the engine, or what the files are as long as it cannot be asked.
    fn bytes(&self, archives: &[Archive]) -> u64 {
        let files = || {
            let sizes = self.archives();
            sizes.iter().map(|index| archives[*index].bytes).sum()
        };
        self.bytes.unwrap_or_else(files)
    }

    /// Returns the plan as sentences.
    pub(crate) fn view(&self, archives: &[Archive], known: &Durations) -> PlanView {
        let change =
            |key: &'static str, name: &'static str, value: &str| Text::new(key).with(name, value);
        let sending = self.archives();
        let runs = |service: &&ServiceAction| service.cause == ServiceCause::Runs;
        let starting = self.services.len() - self.services.iter().filter(runs).count();
        let pending: Vec<&TagAction> = self
            .tags
            .iter()
            .filter(|tag| !tag.done && tag.source != tag.target)
            .collect();
        let steps = DEPLOY.iter().map(|step| {
            let sentence = Text::new(format!("plan-{step}"));
            let (sentence, changes, bytes) = match step {
                StepId::Directories => (
                    sentence.with("count", self.directories.len()),
                    self.directories
                        .iter()
                        .map(|path| match self.owners.get(path) {
                            Some(user) => change("plan-create-for", "path", path.as_str())
                                .with("user", user.name.as_str())
                                .with("owner", format!("{}:{}", user.uid, user.gid)),
                            None => change("plan-create", "path", path.as_str()),
                        })
                        .collect(),
                    None,
                ),
                StepId::Scripts => (
                    sentence.with("count", self.scripts.len()),
                    self.scripts
                        .iter()
                        .map(|path| change("plan-executable", "path", path.as_str()))
                        .collect(),
                    None,
                ),
                StepId::Images => (
                    match self.missing.as_slice() {
                        [] => sentence
                            .with("count", sending.len())
                            .with("size", format::bytes(self.bytes(archives))),
                        missing => Text::new("plan-images-missing")
                            .with("count", sending.len())
                            .with("size", format::bytes(self.bytes(archives)))
                            .with("missing", format::list(missing)),
                    },
                    sending
                        .iter()
                        .map(|index| {
                            Text::new("plan-load")
                                .with("file", archives[*index].file.as_str())
                                .with("size", format::bytes(archives[*index].bytes))
                        })
                        .collect(),
                    Some(self.bytes(archives)),
                ),
                StepId::Tags => (
                    sentence.with("count", pending.len()),
                    pending
                        .iter()
                        .map(|tag| {
                            Text::new("plan-tag")
                                .with("source", tag.source.as_str())
                                .with("target", tag.target.as_str())
                        })
                        .collect(),
                    None,
                ),
                StepId::Ports => (
                    sentence
                        .with("count", self.ports.len())
                        .with("ports", format::list(&self.ports)),
                    Vec::new(),
                    None,
                ),
                StepId::Start => (
                    sentence.with("count", starting),
                    self.services.iter().map(ServiceAction::text).collect(),
                    None,
                ),
                _ => (sentence, Vec::new(), None),
            };
            let idle = match step {
                StepId::Directories => self.directories.is_empty(),
                StepId::Scripts => self.scripts.is_empty(),
                StepId::Images => sending.is_empty(),
                StepId::Tags => pending.is_empty(),
                StepId::Start | StepId::Ready => starting == 0,
                _ => false,
            };
            PlanStepView {
                id: *step,
                sentence,
                changes,
                bytes,
                expected_seconds: Some(step)
                    .filter(|_| !idle)
                    .and_then(|step| known.expected(*step, bytes)),
            }
        });
        let steps: Vec<PlanStepView> = steps.collect();
        let seconds: Vec<f64> = steps.iter().filter_map(|it| it.expected_seconds).collect();
        PlanView {
            expected_seconds: (!seconds.is_empty()).then(|| seconds.iter().sum()),
            disk: self.disk.clone(),
            steps,
        }
    }
}

/// The golden format: one line per change, with its cause.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for path in &self.directories {
            writeln!(f, "create {path}")?;
        }
        for path in &self.scripts {
            writeln!(f, "make executable {path}")?;
        }
        for image in &self.images {
            match image.cause {
                ImageCause::Present => writeln!(f, "skip {} (present)", image.reference)?,
                ImageCause::Absent => {
                    writeln!(f, "load {} from {} (absent)", image.reference, image.file)?;
                }
                ImageCause::Different => writeln!(
                    f,
                    "load {} from {} (different)",
                    image.reference, image.file
                )?,
            }
        }
        for tag in self.tags.iter().filter(|tag| tag.source != tag.target) {
            writeln!(
                f,
                "tag {} -> {}{}",
                tag.source,
                tag.target,
                if tag.done { " (present)" } else { "" }
            )?;
        }
        for port in &self.ports {
            writeln!(f, "publish {port}")?;
        }
        for service in &self.services {
            writeln!(f, "start {} ({:?})", service.name, service.cause)?;
        }
        Ok(())
    }
}
