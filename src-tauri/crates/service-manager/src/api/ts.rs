//! The contract as TypeScript: one string, kept fresh in `ui/types/ipc.d.ts` by `tests/tidy`.

#[allow(clippy::wildcard_imports)] // the whole contract is what this file is about
use super::{
    app::*, check::*, details::*, diagnosis::*, engines::*, error::*, handover::*, images::*,
    log::*, operation::*, package::*, plan::*, resources::*, settings::*, status::*, support::*,
};
use std::fmt::Write as _;
use ts_rs::{Config, TS};

const HEADER: &str = "\
// Generated from the Rust contract (service-manager/src/api) by `cargo test --package tests --test tidy`.
// Do not edit by hand.

";

/// Returns the whole contract: every type and the table of commands.
pub fn declarations() -> String {
    // Sizes are far below 2^53, so `number` is exact.
    let config = Config::new().with_large_int("number");
    let mut out = HEADER.to_owned();
    macro_rules! declare {
        ($($t:ty),* $(,)?) => {$(
            let _ = writeln!(out, "export {}\n", <$t>::decl(&config));
        )*};
    }
    declare!(
        Severity,
        MountKind,
        ArchiveFormat,
        Compression,
        PackageView,
        ServiceView,
        PortView,
        BindMountView,
        DependsOnView,
        HealthcheckView,
        SupportView,
        RequirementsView,
        SettingView,
        OpenView,
        ArchiveView,
        ArchiveImageView,
        Finding,
        AuditEntry,
        Verdict,
        ServiceState,
        EngineState,
        LinkScope,
        ContainerState,
        Health,
        StatusSnapshot,
        EngineStatus,
        ServiceStatus,
        ContainerStatus,
        Link,
        CheckState,
        CheckVerdict,
        Risk,
        Integrity,
        OfflineVerdict,
        CheckReport,
        SettingsField,
        Check,
        Fix,
        FixChange,
        UndoList,
        PackageIcon,
        UndoEntry,
        RepairReport,
        DiagnosisReport,
        DiagnosisGap,
        Diagnosis,
        ProofLine,
        DiagnoseRequest,
        ExplainTextRequest,
        OfflineProofRow,
        PlanView,
        PlanStepView,
        PlanDisk,
        OperationKind,
        StepId,
        StepState,
        Outcome,
        OperationEvent,
        PlannedStep,
        StepEvent,
        PartState,
        ProgressPart,
        Finished,
        Failure,
        OperationView,
        Interrupted,
        LoadResult,
        TagState,
        DirectoryState,
        ImageResult,
        TagResult,
        ImageList,
        EngineImage,
        PackageImage,
        ArchInfo,
        MountDirectories,
        MountDirectory,
        LogStream,
        LogLine,
        LogBatch,
        SavedLogs,
        HandoverSaved,
        EngineOrigin,
        EngineChoices,
        EngineChoice,
        PlaceKind,
        HistoryKind,
        ServiceDetails,
        NeedDetails,
        ContainerDetails,
        NetworkDetails,
        ProbeDetails,
        PlaceDetails,
        HistoryEntry,
        DiskRole,
        Pressure,
        ResourceFigures,
        ContainerFigures,
        HostFigures,
        DiskFigures,
        FolderFigures,
        ResourceWarning,
        RedactionKind,
        SupportBundle,
        BundleFile,
        BundleGap,
        RedactionReport,
        RedactionCount,
        FileRedactions,
        BundleContent,
        SupportSummary,
        SupportRequest,
        BundleFileRequest,
        Theme,
        Settings,
        Category,
        CommandError,
        ErrorReply,
        AppState,
        AppInfo,
        Started,
        AppEvent,
        LogEvent,
        OpenPackageRequest,
        ServicesRequest,
        DeployRequest,
        RestartContainerRequest,
        Ask,
        CancelRequest,
        CopyRequest,
        FixRequest,
        SaveValuesRequest,
        SettingValue,
        LogsRequest,
        SaveLogsRequest,
        ServiceRequest,
        EngineRequest,
        OpenLinkRequest,
    );
    out.push_str("export interface Commands {\n");
    macro_rules! rows {
        ($($module:ident::$name:ident($($request:ty)?) -> $response:ty;)*) => {$(
            let request = [$(<$request>::name(&config))?].first().cloned().unwrap_or_else(|| "void".to_owned());
            let request: String = request;
            let response = match <$response>::name(&config) { name if name == "null" => "null".to_owned(), name => name };
            let _ = writeln!(out, "  {}: {{ request: {request}, response: {response} }};", stringify!($name));
        )*};
    }
    crate::with_commands!(rows);
    // These live in the shell: a channel each, or a dialog.
    out.push_str("  subscribe: { request: void, response: null };\n");
    out.push_str("  choose_package: { request: void, response: string | null };\n");
    out.push_str("  follow_logs: { request: LogsRequest, response: number };\n");
    out.push_str("  save_logs: { request: SaveLogsRequest, response: SavedLogs | null };\n");
    out.push_str("  save_support: { request: void, response: SupportBundle | null };\n");
    out.push_str("  save_handover: { request: void, response: HandoverSaved | null };\n");
    out.push_str("  stop_logs: { request: number, response: null };\n}\n");
    out
}
