//! The façade both shells talk to. Cheap to clone; holds no decisions.

mod bring;
mod details;
mod diagnose;
mod engines;
mod figures;
mod handover;
mod logs;
mod reboot;
mod repair;
mod support;
mod unseen;

use crate::api::app::{
    AppInfo, AppState, Ask, CancelRequest, DeployRequest, OpenLinkRequest, OpenPackageRequest,
    RestartContainerRequest, ServicesRequest, Started,
};
use crate::api::check::CheckReport;
use crate::api::error::CommandError;
use crate::api::images::{ArchInfo, EngineImage, ImageList, MountDirectories};
use crate::api::operation::{Finished, OperationKind};
use crate::api::package::{PackageIcon, PackageView};
use crate::api::plan::PlanView;
use crate::api::settings::Settings;
use crate::api::status::StatusSnapshot;
use crate::app_events::{AppEvents, OperationEvents};
use crate::compose::{Compose, ComposeError};
use crate::deploy::execute::{Work, check_mount_dirs, run};
use crate::deploy::lifecycle::{
    load_images_operation, no_such, remove_operation, restart_container_operation,
    setup_tags_operation, stop_operation,
};
use crate::deploy::observe::{ObservedState, glance, on_disk};
use crate::deploy::{Session, checks, directories, foreign_disk, images, offline, plan, settings};
use crate::engine::{Endpoint, Engine, platform_arch};
use crate::environment::Environment;
use crate::error::Error;
use crate::health::{Expected, Monitor, World};
use crate::logging;
use crate::operation::{
    Durations, OperationContext, Registry, Request, StartupRecords, forget, interrupted,
    running_operation,
};
use crate::package::Package;
use crate::support_bundle::Prepared;
use crate::text::{self, Language};
use crate::{host, settings_store};
use camino::Utf8Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

/// Opening a package looks at once: whoever asks within this time does not have the engine asked again.
const FRESH: Duration = Duration::from_secs(1);

/// The result of the façade's calls.
pub type Result<T> = std::result::Result<T, Error>;

/// Manages one open package on one engine.
#[derive(Clone, Debug)]
pub struct ServiceManager {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    environment: Arc<Environment>,
    /// The engine in use; a choice in the settings changes it.
    endpoint: Mutex<Endpoint>,
    registry: Registry,
    session: Mutex<Option<Session>>,
    settings: Mutex<Settings>,
    /// Why the package named at the start could not be opened.
    launch_error: Mutex<Option<CommandError>>,
    /// Counts changes a page must redraw everything for: another package, another language.
    generation: watch::Sender<u64>,
    /// What is asked of the page from outside of it.
    asks: broadcast::Sender<Ask>,
    /// The support bundle that was prepared last: what was seen is what is written.
    bundle: Mutex<Option<Arc<Prepared>>>,
    cancel: CancellationToken,
}

impl ServiceManager {
    /// Makes a manager. `docker_host` is the engine somebody named; none finds it as the docker program would.
    /// Connects to nothing yet.
    pub fn new(environment: Environment, docker_host: Option<&str>) -> Self {
        let settings = settings_store::load(&environment.state);
        Self {
            inner: Arc::new(Inner {
                endpoint: Mutex::new(Endpoint::resolve(
                    docker_host,
                    settings.engine.as_deref(),
                    &environment,
                )),
                registry: Registry::new(environment.state.clone()),
                environment: Arc::new(environment),
                session: Mutex::default(),
                settings: Mutex::new(settings),
                launch_error: Mutex::default(),
                generation: watch::Sender::new(0),
                asks: broadcast::Sender::new(4),
                bundle: Mutex::default(),
                cancel: CancellationToken::new(),
            }),
        }
    }

    /// Opens a package: reads it, and begins to watch its services.
    pub async fn open_package(&self, request: OpenPackageRequest) -> Result<PackageView> {
        let session = self.read(&request.path).await?;
        let view = session.package.view();
        {
            // What is saved is what was saved, not what the command line said for this run.
            let mut saved = settings_store::load(&self.inner.environment.state);
            settings_store::remember(&mut saved, session.package.directory.as_str());
            self.settings_lock().recent.clone_from(&saved.recent);
            if let Err(error) = settings_store::save(&self.inner.environment.state, &saved) {
                tracing::warn!(%error, "the recent packages could not be saved");
            }
        }
        *self.session_lock() = Some(session);
        self.set_launch_error(None);
        self.redraw();
        Ok(view)
    }

    /// Opens the package named at the start; a page that is not there yet learns later why that failed.
    pub async fn open_at_launch(&self, path: String) {
        if let Err(error) = self.open_package(OpenPackageRequest { path }).await {
            self.set_launch_error(Some(error.into()));
            self.redraw();
        }
    }

    /// Reads a package without watching anything; works without an engine, and without Compose as a preview.
    pub async fn inspect(&self, request: OpenPackageRequest) -> Result<PackageView> {
        Ok(self.package(&request.path).await?.0.view())
    }

    /// Returns the state of everything the page shows.
    pub fn app_state(&self) -> AppState {
        let session = self.session_lock().clone();
        let project = session
            .as_ref()
            .map(|session| session.package.project.name.clone());
        AppState {
            status: session
                .as_ref()
                .map(|session| StatusSnapshot::clone(&session.monitor.current())),
            operations: self
                .inner
                .registry
                .views()
                .into_iter()
                .map(|(view, _)| view)
                .collect(),
            interrupted: project
                .and_then(|project| interrupted(&self.inner.environment.state, &project)),
            launch_error: self
                .inner
                .launch_error
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            package: session.map(|session| session.package.view()),
            settings: self.settings_lock().clone(),
            language: text::language().tag().to_owned(),
            app: AppInfo {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                state_directory: self.inner.environment.state.to_string(),
                os: std::env::consts::OS.to_owned(),
            },
        }
    }

    /// Returns everything that happens from now on, beginning with the whole state.
    pub fn subscribe(&self) -> AppEvents {
        AppEvents::new(self.clone())
    }

    /// Follows one operation from its first event to its last.
    pub fn follow(&self, operation_id: &str) -> Result<OperationEvents> {
        self.inner
            .registry
            .journal(operation_id)
            .map(|(_, journal)| OperationEvents::new(journal))
            .ok_or_else(|| Error::Unknown(operation_id.to_owned()))
    }

    /// Looks at everything that could stop a deployment; changes nothing.
    pub async fn check(&self) -> Result<CheckReport> {
        let started = Instant::now();
        let session = self.session()?;
        let state = glance(&session).await;
        let archives = &session.package.archives;
        let judged = checks::run(&state, archives, session.package.findings());
        Ok(CheckReport {
            verdict: checks::verdict(&judged),
            checks: checks::views(judged),
            offline_proof: offline::proof(&state, archives),
            audit: foreign_disk::with_advice(session.package.audit(), &state),
            settings: settings::of(&state),
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    /// Returns what deploy would do; changes nothing.
    pub async fn plan(&self) -> Result<PlanView> {
        let session = self.session()?;
        let state: ObservedState = glance(&session).await;
        let known = Durations::of(&self.inner.environment.state, &session.package.project.name);
        let plan = plan::plan(&state, &session.package);
        Ok(plan.view(&session.package.archives, &known))
    }

    /// Returns how the services are, after a fresh look; those that are not well with what is wrong with them.
    pub async fn status(&self) -> Result<StatusSnapshot> {
        let session = self.session()?;
        session.monitor.fresh(FRESH).await;
        let mut snapshot = StatusSnapshot::clone(&session.monitor.current());
        diagnose::name_diagnoses(&session, &mut snapshot).await;
        Ok(snapshot)
    }

    /// Returns every image of the engine; those of the package are marked.
    pub async fn list_images(&self) -> Result<ImageList> {
        let engine = Engine::connect(&self.endpoint())?;
        let list = engine.list_images().await?;
        let (mut sources, mut package) = (Vec::new(), Vec::new());
        if let Ok(session) = self.session() {
            let archives = &session.package.archives;
            (_, sources) = images::all_sources(&engine, archives).await?;
            package = images::package_images(&sources, archives);
        }
        let mut images = Vec::with_capacity(list.len());
        for image in list {
            let facts = engine.image(&image.id).await?;
            images.push(EngineImage {
                in_package: facts
                    .as_ref()
                    .is_some_and(|facts| sources.iter().any(|source| source.is(facts))),
                platform: facts.map(|facts| facts.platform),
                id: image.id,
                refs: image.refs,
                bytes: image.bytes,
            });
        }
        images.sort_by(|a, b| (!a.in_package, &a.refs).cmp(&(!b.in_package, &b.refs)));
        Ok(ImageList { images, package })
    }

    /// Returns the architectures in play; works without a package and without an engine.
    pub async fn arch_info(&self) -> ArchInfo {
        let engine = async { Engine::connect(&self.endpoint())?.info().await };
        let engine = engine.await.ok().map(|info| info.platform);
        let host = host::platform();
        let arch = |platform: &str| {
            platform_arch(platform.split('/').nth(1).unwrap_or(platform)).to_owned()
        };
        ArchInfo {
            image_suffix: arch(engine.as_deref().unwrap_or(&host)),
            mismatch: engine
                .as_deref()
                .is_some_and(|engine| arch(engine) != arch(&host)),
            emulation: host::emulation(),
            engine,
            host,
        }
    }

    /// Returns the vendor's picture; a disk that hangs has none.
    pub async fn package_icon(&self) -> Result<PackageIcon> {
        let package = self.session()?.package;
        let url = on_disk(move || package.icon_url()).await;
        Ok(PackageIcon {
            url: url.ok().flatten(),
        })
    }

    /// Returns how every mount directory stands; creates nothing.
    pub fn mount_directories(&self) -> Result<MountDirectories> {
        let session = self.session()?;
        let mounts = directories::observe(&session.package.project);
        Ok(MountDirectories {
            directories: mounts.iter().map(|mount| mount.view(false)).collect(),
        })
    }

    /// Deploys the package.
    pub async fn deploy(&self, request: DeployRequest) -> Result<Started> {
        let work = Work::deploy(request.wait_timeout);
        self.start_operation(OperationKind::Deploy, Vec::new(), |context, session| {
            run(context, session, work)
        })
        .await
    }

    /// Starts services that were deployed before.
    pub async fn start(&self, request: ServicesRequest) -> Result<Started> {
        let services = self.known(request.services)?;
        let work = Work::start(services.clone(), request.wait_timeout);
        self.start_operation(OperationKind::Start, services, |context, session| {
            run(context, session, work)
        })
        .await
    }

    /// Stops services; containers, volumes and data stay.
    pub async fn stop(&self, request: ServicesRequest) -> Result<Started> {
        let services = self.known(request.services)?;
        let meant = services.clone();
        self.start_operation(OperationKind::Stop, services, |context, session| {
            stop_operation(context, session, meant)
        })
        .await
    }

    /// Stops and starts services.
    pub async fn restart(&self, request: ServicesRequest) -> Result<Started> {
        let services = self.known(request.services)?;
        let work = Work::restart(services.clone(), request.wait_timeout);
        self.start_operation(OperationKind::Restart, services, |context, session| {
            run(context, session, work)
        })
        .await
    }

    /// Restarts one container, by its own name or its service's.
    pub async fn restart_container(&self, request: RestartContainerRequest) -> Result<Started> {
        let name = request.container_name;
        let services = vec![name.clone()];
        self.start_operation(
            OperationKind::RestartContainer,
            services,
            |context, session| restart_container_operation(context, session, name),
        )
        .await
    }

    /// Removes containers and networks; volumes and data stay.
    pub async fn remove(&self) -> Result<Started> {
        self.start_operation(OperationKind::Remove, Vec::new(), remove_operation)
            .await
    }

    /// Loads the package's images into the engine.
    pub async fn load_images(&self) -> Result<Started> {
        self.start_operation(OperationKind::LoadImages, Vec::new(), load_images_operation)
            .await
    }

    /// Gives loaded images the names Compose asks for.
    pub async fn setup_tags(&self) -> Result<Started> {
        self.start_operation(OperationKind::SetupTags, Vec::new(), setup_tags_operation)
            .await
    }

    /// Creates missing mount directories inside the package.
    pub async fn check_mount_dirs(&self) -> Result<Started> {
        self.start_operation(OperationKind::CheckMountDirs, Vec::new(), check_mount_dirs)
            .await
    }

    /// Asks an operation to stop; its last event is the answer.
    pub fn cancel(&self, request: &CancelRequest) {
        if !self.inner.registry.cancel(&request.operation_id) {
            tracing::info!(id = request.operation_id, "nothing to cancel");
        }
    }

    /// Returns an address if it is one of the current links; any other is refused.
    pub fn link(&self, request: &OpenLinkRequest) -> Result<String> {
        let snapshot = self.session()?.monitor.current();
        let mut links = snapshot.services.iter().flat_map(|service| &service.links);
        links
            .find(|link| link.url == request.url)
            .map(|link| link.url.clone())
            .ok_or_else(|| Error::Unknown(request.url.clone()))
    }

    /// Saves settings; a new language takes effect at once.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings> {
        settings_store::save(&self.inner.environment.state, &settings)?;
        if let Some(language) = settings.language.as_deref().and_then(Language::from_tag) {
            text::set_language(language);
        }
        (*self.settings_lock()).clone_from(&settings);
        self.redraw();
        Ok(settings)
    }

    /// Takes settings for this run without saving them: what the command line said.
    pub fn use_settings(&self, settings: Settings) {
        *self.settings_lock() = settings;
    }

    /// Returns the settings.
    pub fn settings(&self) -> Settings {
        self.settings_lock().clone()
    }

    /// Forgets that an operation was interrupted: the person has read it.
    pub fn dismiss_interrupted(&self) -> Result<()> {
        forget(
            &self.inner.environment.state,
            &self.session()?.package.project.name,
        );
        self.redraw();
        Ok(())
    }

    /// Ends everything: running operations are asked to stop, and awaited.
    pub async fn shut_down(&self) {
        self.inner.cancel.cancel();
        self.inner.registry.idle().await;
    }

    pub(crate) fn registry(&self) -> &Registry {
        &self.inner.registry
    }

    pub(crate) fn generation(&self) -> watch::Receiver<u64> {
        self.inner.generation.subscribe()
    }

    pub(crate) fn session(&self) -> Result<Session> {
        self.session_lock().clone().ok_or(Error::NoPackage)
    }

    async fn package(&self, path: &str) -> Result<(Package, Option<Arc<Compose>>)> {
        let environment = &self.inner.environment;
        let compose = match Compose::detect(
            environment,
            Some(&self.endpoint().url),
            &self.inner.cancel,
        )
        .await
        {
            Ok(compose) => Some(Arc::new(compose)),
            Err(ComposeError::Missing) => None,
            Err(error) => {
                tracing::warn!(%error, "Compose was found and does not run");
                None
            }
        };
        let path = Utf8Path::new(path);
        logging::protect(&Package::variables(path, environment));
        let package =
            Package::read(path, compose.as_deref(), environment, &self.inner.cancel).await?;
        for service in &package.project.services {
            let values = service.environment.iter();
            logging::protect(values.filter_map(|(name, value)| Some((name, value.as_deref()?))));
        }
        Ok((package, compose))
    }

    async fn read(&self, path: &str) -> Result<Session> {
        let (package, compose) = self.package(path).await?;
        let state = &self.inner.environment.state;
        let mut world = World::new(Arc::new(package.project.clone()), package.service_titles());
        world.opens = package.service_links();
        world.stops = crate::operation::StopRecords::of(state, &package.project.name).read();
        world.operation = running_operation(state, &package.project.name);
        let startups = StartupRecords::of(state, &package.project.name);
        let said = package.startups().into_iter();
        let said = said.map(|(service, seconds)| (service, Expected::Vendor(seconds)));
        let last = startups.read().into_iter();
        let last = last.map(|(service, seconds)| (service, Expected::LastTime(seconds)));
        world.startups = said.chain(last).collect();
        let monitor = Monitor::start(
            world,
            self.endpoint(),
            startups,
            self.inner.cancel.child_token(),
        );
        Ok(Session {
            package: Arc::new(package),
            compose,
            endpoint: self.endpoint(),
            environment: Arc::clone(&self.inner.environment),
            monitor: Arc::new(monitor),
            figures: Arc::default(),
        })
    }

    async fn start_operation<F>(
        &self,
        kind: OperationKind,
        services: Vec<String>,
        work: impl FnOnce(OperationContext, Session) -> F,
    ) -> Result<Started>
    where
        F: Future<Output = Finished> + Send + 'static,
    {
        let session = self.session()?;
        let request = Request {
            project: session.package.project.name.clone(),
            kind,
            services,
        };
        let monitor = Arc::clone(&session.monitor);
        let operation_id = self
            .inner
            .registry
            .start(&request, &self.inner.cancel, |context| {
                work(context, session)
            })?;
        monitor.operation(Some(kind)).await;
        Ok(Started { operation_id })
    }

    /// Returns the services if the package has them all.
    fn known(&self, services: Vec<String>) -> Result<Vec<String>> {
        let session = self.session()?;
        match services
            .iter()
            .find(|name| session.package.project.service(name).is_none())
        {
            Some(name) => Err(no_such(&session, name)),
            None => Ok(services),
        }
    }

    fn endpoint(&self) -> Endpoint {
        let endpoint = self.inner.endpoint.lock();
        endpoint.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_launch_error(&self, error: Option<CommandError>) {
        *self
            .inner
            .launch_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = error;
    }

    fn redraw(&self) {
        self.inner
            .generation
            .send_modify(|generation| *generation += 1);
    }

    fn session_lock(&self) -> MutexGuard<'_, Option<Session>> {
        self.inner
            .session
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn settings_lock(&self) -> MutexGuard<'_, Settings> {
        self.inner
            .settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
