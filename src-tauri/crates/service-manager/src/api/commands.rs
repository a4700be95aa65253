//! The one list of commands the page may call.

/// Hands the list of commands to another macro: module, name, request (if any) and answer.
///
/// The window's handler, `ui/types/ipc.d.ts` and the tests are made from this list, so none can be forgotten.
/// `subscribe`, `follow_logs` and `choose_package` are not here: they take a channel or a dialog and live in the shell.
#[macro_export]
macro_rules! with_commands {
    ($callback:ident) => {
        $callback! {
            app::open_package(OpenPackageRequest) -> PackageView;
            app::save_settings(Settings) -> Settings;
            app::dismiss_interrupted() -> ();
            app::open_link(OpenLinkRequest) -> ();
            queries::check() -> CheckReport;
            queries::plan() -> PlanView;
            queries::status() -> StatusSnapshot;
            app::choose_engine(EngineRequest) -> EngineChoices;
            queries::engines() -> EngineChoices;
            queries::is_busy() -> bool;
            queries::resource_figures() -> ResourceFigures;
            queries::service_details(ServiceRequest) -> ServiceDetails;
            queries::list_images() -> ImageList;
            queries::undo_list() -> UndoList;
            queries::package_icon() -> PackageIcon;
            support::prepare_support(SupportRequest) -> SupportBundle;
            support::support_content(BundleFileRequest) -> BundleContent;
            support::support_summary(SupportRequest) -> SupportSummary;
            queries::arch_info() -> ArchInfo;
            queries::mount_directories() -> MountDirectories;
            queries::diagnose(DiagnoseRequest) -> DiagnosisReport;
            queries::explain_text(ExplainTextRequest) -> DiagnosisReport;
            operations::deploy(DeployRequest) -> Started;
            operations::start(ServicesRequest) -> Started;
            operations::stop(ServicesRequest) -> Started;
            operations::restart(ServicesRequest) -> Started;
            operations::restart_container(RestartContainerRequest) -> Started;
            operations::remove() -> Started;
            operations::load_images() -> Started;
            operations::setup_tags() -> Started;
            operations::check_mount_dirs() -> Started;
            operations::copy_package(CopyRequest) -> Started;
            operations::save_values(SaveValuesRequest) -> Started;
            operations::fix(FixRequest) -> Started;
            operations::undo() -> Started;
            operations::cancel(CancelRequest) -> ();
        }
    };
}
