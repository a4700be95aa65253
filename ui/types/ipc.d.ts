// Generated from the Rust contract (service-manager/src/api) by `cargo test --package tests --test tidy`.
// Do not edit by hand.

export type Severity = "error" | "warning" | "info";

export type MountKind = "file" | "directory";

export type ArchiveFormat = "docker-archive" | "oci-layout" | "unknown";

export type Compression = "none" | "gzip" | "zstd";

export type PackageView = { 
/**
 * The Compose project name, as Compose itself derives it.
 */
project: string, 
/**
 * The title for people: `quayside.yaml`, else the folder's name.
 */
title: string, version: string | null, 
/**
 * A picture of the vendor's, absolute; null when there is none.
 */
icon: string | null, 
/**
 * Whom to ask; null when `quayside.yaml` does not say.
 */
support: SupportView | null, requirements: RequirementsView, 
/**
 * Values of `.env` that people are asked for.
 */
settings: Array<SettingView>, 
/**
 * The folder that holds the compose file, absolute.
 */
directory: string, 
/**
 * Compose files in Compose's own merge order, absolute.
 */
composeFiles: Array<string>, 
/**
 * Services of all profiles, in Compose's order.
 */
services: Array<ServiceView>, archives: Array<ArchiveView>, findings: Array<Finding>, 
/**
 * What the vendor should write differently, what matters most first; it stops nobody.
 */
audit: Array<AuditEntry>, 
/**
 * True when no Compose was there to ask and this was read from the YAML alone.
 */
preview: boolean, };

export type ServiceView = { name: string, title: string, image: string | null, ports: Array<PortView>, bindMounts: Array<BindMountView>, 
/**
 * Names of named volumes.
 */
volumes: Array<string>, dependsOn: Array<DependsOnView>, 
/**
 * The restart policy as written; null when the key is absent (which Compose reads as `no`).
 */
restart: string | null, 
/**
 * The healthcheck of the compose file; null when there is none or it is disabled.
 */
healthcheck: HealthcheckView | null, 
/**
 * A job that runs to its end, see the contract.
 */
oneShot: boolean, profiles: Array<string>, 
/**
 * No profiles, or one of COMPOSE_PROFILES.
 */
active: boolean, 
/**
 * Where it is opened, when the vendor says it; null: every port that may be a web page.
 */
open: OpenView | null, 
/**
 * How long it usually takes until it is ready, in seconds, as the vendor says.
 */
startupSeconds: number | null, };

export type PortView = { hostIp: string | null, published: string | null, target: number, protocol: string, };

export type BindMountView = { 
/**
 * Absolute path on this computer.
 */
source: string, target: string, readOnly: boolean, kind: MountKind, exists: boolean, };

export type DependsOnView = { service: string, condition: string, };

export type HealthcheckView = { test: Array<string>, interval: number | null, timeout: number | null, retries: number | null, startPeriod: number | null, };

export type SupportView = { name: string | null, phone: string | null, email: string | null, url: string | null, };

export type RequirementsView = { cpus: number | null, memory: number | null, 
/**
 * To be free for data, besides the images.
 */
disk: number | null, 
/**
 * The lowest version of Docker.
 */
engine: string | null, 
/**
 * The lowest version of Compose.
 */
compose: string | null, };

export type SettingView = { 
/**
 * The variable.
 */
key: string, title: string, help: string | null, 
/**
 * Never shown; what is proposed for it neither.
 */
secret: boolean, required: boolean, 
/**
 * A regular expression that the whole value has to match.
 */
pattern: string | null, default: string | null, };

export type OpenView = { 
/**
 * False: it is nothing to look at, and has no link.
 */
shown: boolean, 
/**
 * The container's port; null: every port that may be a web page.
 */
port: number | null, 
/**
 * `http` or `https`; null: by the port.
 */
scheme: string | null, 
/**
 * What follows the port, with its first slash.
 */
path: string, };

export type ArchiveView = { 
/**
 * Path relative to the package's folder.
 */
file: string, format: ArchiveFormat, compression: Compression, 
/**
 * Size of the file.
 */
bytes: number, images: Array<ArchiveImageView>, };

export type ArchiveImageView = { 
/**
 * References as the archive names them, e.g. `shop/web:latest-amd64`.
 */
refs: Array<string>, 
/**
 * `sha256:` and the digest of the image's config.
 */
id: string, 
/**
 * What the image's config says, e.g. `linux/amd64`; never guessed from the file name.
 */
platform: string, 
/**
 * Sum of the layers as they stand in the archive.
 */
bytes: number, 
/**
 * How many of these bytes other images of the package have too: an engine stores and is sent them once.
 */
sharedBytes: number, 
/**
 * Those images, by a name of theirs.
 */
sharedWith: Array<string>, };

export type Finding = { id: string, severity: Severity, file: string | null, line: number | null, params: Record<string, string | number>, message: string, };

export type AuditEntry = { 
/**
 * `audit.privileged`
 */
id: string, severity: Severity, 
/**
 * Below the package's folder where it is there.
 */
file: string | null, line: number | null, service: string | null, params: Record<string, string | number>, message: string, 
/**
 * What can come of it.
 */
why: string, 
/**
 * What to write instead.
 */
advice: string, };

export type Verdict = "engine-unreachable" | "not-deployed" | "stopped" | "will-not-recover" | "converging" | "degraded" | "ready";

export type ServiceState = "not-created" | "starting" | "running" | "healthy" | "unhealthy" | "crash-looping" | "completed" | "failed" | "stopped" | "paused";

export type EngineState = "connected" | "unreachable";

export type LinkScope = "local" | "lan";

export type ContainerState = "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";

export type Health = "none" | "starting" | "healthy" | "unhealthy";

export type StatusSnapshot = { verdict: Verdict, sentence: string, engine: EngineStatus, 
/**
 * Expected services (those of inactive profiles are not here), in Compose's order.
 */
services: Array<ServiceStatus>, 
/**
 * Services that are up or have done their job.
 */
running: number, total: number, at: string, };

export type EngineStatus = { state: EngineState, version: string | null, apiVersion: string | null, 
/**
 * `linux/amd64`
 */
platform: string | null, 
/**
 * Why it cannot be reached, and what to do about it on this system.
 */
reason: string | null, };

export type ServiceStatus = { name: string, title: string, state: ServiceState, sentence: string, 
/**
 * The service whose state keeps this one from starting.
 */
blockedBy: string | null, containers: Array<ContainerStatus>, ports: Array<PortView>, links: Array<Link>, 
/**
 * Ids of diagnoses that concern this service.
 */
diagnoses: Array<string>, };

export type ContainerStatus = { name: string, id: string, 
/**
 * Docker answered about it; if not, this is what was known before, and what Docker's list says.
 */
answered: boolean, state: ContainerState, health: Health, 
/**
 * Null while it runs or has never run.
 */
exitCode: number | null, restartCount: number, oomKilled: boolean, startedAt: string | null, finishedAt: string | null, };

export type Link = { url: string, scope: LinkScope, };

export type CheckState = "pass" | "warn" | "block" | "unknown";

export type CheckVerdict = "ready" | "warnings" | "blocked";

export type Risk = "safe" | "confirm" | "destructive";

export type Integrity = "intact" | "damaged" | "missing";

export type OfflineVerdict = "loaded" | "in-package" | "wrong-platform" | "pulled" | "built" | "digest" | "fetched" | "missing";

export type CheckReport = { verdict: CheckVerdict, 
/**
 * Blockers first, then warnings, unknowns, passes.
 */
checks: Array<Check>, 
/**
 * Every service with what it would run from; those of sleeping profiles last.
 */
offlineProof: Array<OfflineProofRow>, 
/**
 * Advice for the vendor; it is no part of the verdict.
 */
audit: Array<AuditEntry>, 
/**
 * The values of `.env` that people are asked for, those that are open first.
 */
settings: Array<SettingsField>, 
/**
 * How long looking took, in seconds.
 */
seconds: number, };

export type SettingsField = { 
/**
 * The variable.
 */
key: string, title: string, help: string | null, 
/**
 * As it is now, else as the vendor proposes it; a secret is never sent.
 */
value: string | null, secret: boolean, required: boolean, 
/**
 * A regular expression that the whole value has to match.
 */
pattern: string | null, 
/**
 * It waits for an answer: it is missing, empty, or still the vendor's placeholder.
 */
open: boolean, 
/**
 * File and line, `/srv/shop/.env:3`.
 */
place: string, };

export type Check = { id: string, state: CheckState, 
/**
 * What it is about: a service, a path, a port; null when it is about the whole.
 */
subject: string | null, params: Record<string, string | number>, found: string | null, required: string | null, 
/**
 * The finding in one sentence.
 */
message: string, 
/**
 * What it means for the person, when it did not pass.
 */
why: string | null, 
/**
 * What to do on this computer, in order.
 */
steps: Array<string>, fixes: Array<Fix>, };

export type Fix = { id: string, risk: Risk, effect: string, changes: Array<FixChange>, undoable: boolean, };

export type FixChange = { where: string, now: string | null, after: string | null, };

export type UndoList = { entries: Array<UndoEntry>, };

export type PackageIcon = { 
/**
 * A `data:` address of a PNG, JPEG or WebP picture; null when there is none that can be shown.
 */
url: string | null, };

export type UndoEntry = { 
/**
 * The id of the fix, or `deploy`.
 */
id: string, effect: string, at: string, };

export type RepairReport = { fix: Fix, 
/**
 * The check that offered it; null when the last fix was taken back.
 */
before: Check | null, 
/**
 * The same checks now: those of the same id.
 */
after: Array<Check>, };

export type DiagnosisReport = { 
/**
 * Causes before symptoms; empty when nothing is wrong.
 */
diagnoses: Array<Diagnosis>, 
/**
 * What could not be looked at.
 */
gaps: Array<DiagnosisGap>, 
/**
 * How long looking took, in seconds.
 */
seconds: number, };

export type DiagnosisGap = { what: string, 
/**
 * In the words of the tool that was asked.
 */
why: string, };

export type Diagnosis = { 
/**
 * A class of the failure catalogue, or `unknown`.
 */
id: string, 
/**
 * Three digits for the telephone.
 */
code: string, 
/**
 * From 0 to 1.
 */
confidence: number, 
/**
 * Null when it concerns the computer or the whole package.
 */
service: string | null, params: Record<string, string | number>, title: string, 
/**
 * What it means for the person.
 */
why: string, 
/**
 * The lines and facts that say so.
 */
proof: Array<ProofLine>, 
/**
 * What to do on this computer, in order.
 */
steps: Array<string>, 
/**
 * What would decide whether it is this or what follows it; null when that is known.
 */
undecided: string | null, fixes: Array<Fix>, 
/**
 * Other services that do not work because of it.
 */
explains: Array<string>, };

export type ProofLine = { 
/**
 * Where, in words.
 */
source: string, 
/**
 * As it was written.
 */
line: string, };

export type DiagnoseRequest = { 
/**
 * Only what concerns this service; null means all.
 */
service: string | null, };

export type ExplainTextRequest = { text: string, };

export type OfflineProofRow = { service: string, image: string | null, 
/**
 * The archive that holds it, relative to the package; null when none does.
 */
archive: string | null, bytes: number | null, platform: string | null, integrity: Integrity, loaded: boolean, 
/**
 * False: it belongs to a profile that is not switched on, and stops nothing.
 */
active: boolean, 
/**
 * It has a `build:` section.
 */
build: boolean, 
/**
 * It is named by a digest.
 */
digest: boolean, pullPolicy: string | null, verdict: OfflineVerdict, 
/**
 * The verdict in words.
 */
sentence: string, };

export type PlanView = { steps: Array<PlanStepView>, 
/**
 * What loading takes of Docker's disk; null when that is not known.
 */
disk: PlanDisk | null, 
/**
 * The sum of what is known about the steps, in seconds; null when nothing is.
 */
expectedSeconds: number | null, };

export type PlanStepView = { id: StepId, sentence: string, 
/**
 * Each single change, as a sentence.
 */
changes: Array<string>, 
/**
 * Bytes this step sends to the engine; null when it sends none.
 */
bytes: number | null, 
/**
 * How long this step took the last time here, in seconds; null when it is not known.
 */
expectedSeconds: number | null, };

export type PlanDisk = { 
/**
 * Now.
 */
free: number, 
/**
 * What is taken at the worst moment.
 */
peak: number, 
/**
 * What stays taken.
 */
stays: number, };

export type OperationKind = "deploy" | "start" | "stop" | "restart" | "restart-container" | "remove" | "load-images" | "setup-tags" | "check-mount-dirs" | "fix" | "undo" | "copy";

export type StepId = "environment" | "directories" | "scripts" | "images" | "tags" | "ports" | "start" | "ready" | "report" | "stop" | "remove" | "fix" | "undo" | "recheck" | "copy";

export type StepState = "planned" | "running" | "done" | "skipped" | "warning" | "failed" | "cancelled";

export type Outcome = "ready" | "partly-ready" | "failed" | "cancelled" | "blocked" | "done";

export type OperationEvent = { "type": "planned", 
/**
 * Unique on this computer.
 */
operationId: string, 
/**
 * In order.
 */
steps: Array<PlannedStep>, } | { "type": "step-started" } & StepEvent | { "type": "step-progress" } & StepEvent | { "type": "step-finished" } & StepEvent | { "type": "finished" } & Finished;

export type PlannedStep = { id: StepId, title: string, };

export type StepEvent = { step: StepId, state: StepState, current: number | null, total: number | null, unit: string | null, message: string | null, 
/**
 * What the whole is made of, in the order in which it is taken on; absent when the step has no parts.
 */
parts?: Array<ProgressPart>, 
/**
 * Since the step started, in seconds.
 */
seconds: number, };

export type PartState = "waiting" | "sending" | "unpacking" | "done" | "failed";

export type ProgressPart = { file: string, 
/**
 * Bytes handed over to the engine, and bytes that will be; what the engine has already is in neither.
 */
current: number, total: number, state: PartState, 
/**
 * Since it has been in this state, in seconds.
 */
seconds: number, 
/**
 * Bytes the engine says it has unpacked; null from engines that say nothing while they unpack.
 */
unpacked: number | null, };

export type Finished = { outcome: Outcome, 
/**
 * The blocking checks when the operation was refused.
 */
checks: Array<Check>, 
/**
 * How the services are now; null when the operation never got to ask.
 */
status: StatusSnapshot | null, failure: Failure | null, 
/**
 * What is wrong, causes first, when not everything is as it should be.
 */
diagnoses: Array<Diagnosis>, images: Array<ImageResult> | null, tags: Array<TagResult> | null, directories: Array<MountDirectory> | null, 
/**
 * What a fix (or taking one back) did, with the same check before and after.
 */
repair: RepairReport | null, 
/**
 * Where a package was copied or unpacked to.
 */
folder: string | null, 
/**
 * Duration of the whole operation.
 */
seconds: number, };

export type Failure = { step: StepId | null, code: string, category: Category, params: Record<string, string | number>, message: string, 
/**
 * The service it is about, when it is about one.
 */
service: string | null, 
/**
 * The chain of technical causes, outermost first; in English, as the tools said it.
 */
causes: Array<string>, 
/**
 * The last lines of the tool or container concerned, verbatim.
 */
outputTail: Array<string>, };

export type OperationView = { operationId: string, kind: OperationKind, 
/**
 * Services it was asked for; empty means all.
 */
services: Array<string>, startedAt: string, events: Array<OperationEvent>, };

export type Interrupted = { operationId: string, kind: OperationKind, step: StepId | null, startedAt: string, };

export type LoadResult = "loaded" | "already-present" | "retagged" | "failed";

export type TagState = "tagged" | "already-present" | "failed";

export type DirectoryState = "exists" | "created" | "blocked";

export type ImageResult = { ref: string, archive: string, result: LoadResult, bytesSent: number, seconds: number, error: string | null, };

export type TagResult = { source: string, target: string, result: TagState, };

export type ImageList = { images: Array<EngineImage>, 
/**
 * Every image of the open package that is made for the engine's platform; empty without a package.
 */
package: Array<PackageImage>, };

export type EngineImage = { id: string, refs: Array<string>, platform: string | null, bytes: number, inPackage: boolean, };

export type PackageImage = { 
/**
 * The archive's path relative to the package.
 */
archive: string, 
/**
 * The digest of its config, as in the package's archives.
 */
id: string, 
/**
 * The engine has this very content, whatever name it has there.
 */
loaded: boolean, };

export type ArchInfo = { 
/**
 * This computer, e.g. `linux/amd64`.
 */
host: string, 
/**
 * The engine, which is the one that counts; null when it cannot be reached.
 */
engine: string | null, 
/**
 * The suffix of archives and tags made for the engine: `amd64`, `arm64`.
 */
imageSuffix: string, 
/**
 * Foreign architectures the engine's kernel can run, when that can be seen.
 */
emulation: Array<string>, 
/**
 * True when host and engine differ.
 */
mismatch: boolean, };

export type MountDirectories = { directories: Array<MountDirectory>, };

export type MountDirectory = { source: string, 
/**
 * The services that mount it.
 */
services: Array<string>, state: DirectoryState, message: string, };

export type LogStream = "stdout" | "stderr";

export type LogLine = { service: string, container: string, stream: LogStream, 
/**
 * When the engine received it.
 */
time: string | null, line: string, };

export type LogBatch = { lines: Array<LogLine>, dropped: number, 
/**
 * Nothing more comes: what was asked for is told. A log that is followed does not end.
 */
ended: boolean, };

export type SavedLogs = { path: string, lines: number, bytes: number, };

export type HandoverSaved = { path: string, bytes: number, };

export type EngineOrigin = "given" | "variable" | "chosen" | "context" | "found";

export type EngineChoices = { 
/**
 * The address in use.
 */
current: string, origin: EngineOrigin, 
/**
 * Somebody named it for this run (`--docker-host`, `DOCKER_HOST`): a choice takes effect without that.
 */
fixed: boolean, 
/**
 * The engine in use comes first.
 */
engines: Array<EngineChoice>, };

export type EngineChoice = { 
/**
 * `unix:///var/run/docker.sock`
 */
url: string, 
/**
 * The name of its context, where it has one.
 */
name: string | null, state: EngineState, version: string | null, platform: string | null, 
/**
 * Why it does not answer.
 */
reason: string | null, };

export type PlaceKind = "bind" | "volume" | "memory";

export type HistoryKind = "started" | "ended" | "out-of-memory" | "restarted" | "unhealthy" | "healthy";

export type ServiceDetails = { service: string, 
/**
 * As the compose file names it.
 */
image: string, containers: Array<ContainerDetails>, 
/**
 * What it needs directly, with the state of each.
 */
needs: Array<NeedDetails>, 
/**
 * What cannot start, or loses what it needs, when this one is down; near ones first.
 */
neededBy: Array<string>, 
/**
 * Places it keeps something in.
 */
places: Array<PlaceDetails>, 
/**
 * What its containers went through, the newest first, as far as the engine remembers.
 */
history: Array<HistoryEntry>, };

export type NeedDetails = { service: string, 
/**
 * `service_started`, `service_healthy`, `service_completed_successfully`
 */
condition: string, state: ServiceState | null, };

export type ContainerDetails = { name: string, 
/**
 * The short form of its id.
 */
id: string, imageId: string, 
/**
 * `linux/amd64`; null when the image is gone.
 */
platform: string | null, createdAt: string | null, startedAt: string | null, restartCount: number, 
/**
 * `no`, `always`, `unless-stopped`, `on-failure`
 */
restartPolicy: string, 
/**
 * Names of its environment variables.
 */
variables: Array<string>, networks: Array<NetworkDetails>, 
/**
 * The last health checks, the newest first; the engine remembers five.
 */
probes: Array<ProbeDetails>, };

export type NetworkDetails = { name: string, address: string | null, };

export type ProbeDetails = { at: string | null, seconds: number | null, passed: boolean, exitCode: number, 
/**
 * What it printed, without colours and cut.
 */
output: string, };

export type PlaceDetails = { kind: PlaceKind, 
/**
 * A path of this computer, or the name of a volume.
 */
source: string, target: string, readOnly: boolean, 
/**
 * Null where this user may not look, or nobody asked.
 */
bytes: number | null, };

export type HistoryEntry = { at: string, container: string, what: HistoryKind, exitCode: number | null, };

export type DiskRole = "engine" | "package";

export type Pressure = "look" | "broken";

export type ResourceFigures = { at: string, containers: Array<ContainerFigures>, host: HostFigures, folders: Array<FolderFigures>, warnings: Array<ResourceWarning>, };

export type ContainerFigures = { service: string, container: string, 
/**
 * 100 is one processor, fully used.
 */
cpuPercent: number | null, 
/**
 * Without what the kernel can give back at once.
 */
memory: number | null, 
/**
 * Null where it may use all there is.
 */
memoryLimit: number | null, received: number | null, sent: number | null, read: number | null, written: number | null, 
/**
 * Bytes of its log files; null where this user may not look.
 */
logBytes: number | null, 
/**
 * Its log grows until the disk is full.
 */
logUnbounded: boolean, };

export type HostFigures = { 
/**
 * 0 to 1, over all processors; null the first time.
 */
cpu: number | null, cpus: number, memoryUsed: number, memoryTotal: number, 
/**
 * The engine's comes first; not there where it is another computer's or a virtual machine's.
 */
disks: Array<DiskFigures>, };

export type DiskFigures = { role: DiskRole, path: string, used: number, total: number, };

export type FolderFigures = { path: string, services: Array<string>, 
/**
 * Null where this user may not look, or it would take too long.
 */
bytes: number | null, };

export type ResourceWarning = { 
/**
 * `disk` `memory` `log`
 */
id: string, pressure: Pressure, 
/**
 * The service or the folder it is about.
 */
subject: string, message: string, };

export type RedactionKind = "known-secret" | "value" | "named-secret" | "url-password" | "auth-header" | "cookie" | "jwt" | "service-key" | "private-key" | "ssh-key" | "password-hash" | "email" | "user-name" | "host-name" | "ip-address" | "card-number";

export type SupportBundle = { 
/**
 * Where it was written; null while it is only shown.
 */
file: string | null, 
/**
 * Of the zip when it is written, of its files together before.
 */
bytes: number, files: Array<BundleFile>, report: RedactionReport, 
/**
 * What could not be had.
 */
gaps: Array<BundleGap>, };

export type BundleFile = { name: string, bytes: number, 
/**
 * How many places were replaced.
 */
redacted: number, };

export type BundleGap = { what: string, why: string, };

export type RedactionReport = { kinds: Array<RedactionCount>, files: Array<FileRedactions>, 
/**
 * Secrets too short or too ordinary (`root`) to be replaced everywhere: only where a name says what they are.
 */
onlyWhereNamed: number, 
/**
 * Host names and addresses of the network were taken out too.
 */
hostNames: boolean, };

export type RedactionCount = { kind: RedactionKind, count: number, };

export type FileRedactions = { name: string, kinds: Array<RedactionCount>, };

export type BundleContent = { name: string, text: string, };

export type SupportSummary = { text: string, };

export type SupportRequest = { 
/**
 * The package; null is the one that is open.
 */
package: string | null, 
/**
 * Host names and addresses stay readable.
 */
includeHostNames: boolean, };

export type BundleFileRequest = { 
/**
 * As in `files[].name`.
 */
name: string, };

export type Theme = "system" | "light" | "dark";

export type Settings = { 
/**
 * `en`, `zh-CN`; null follows the system.
 */
language: string | null, 
/**
 * The look of the window.
 */
theme: Theme, 
/**
 * A desktop notification when something turns bad, and when it is well again.
 */
notifications: boolean, 
/**
 * Closing the window leaves the tray icon, which goes on watching.
 */
closeToTray: boolean, 
/**
 * The person has been told what closing the window does.
 */
trayExplained: boolean, 
/**
 * Begins with the person's session, in the tray.
 */
autostart: boolean, 
/**
 * The address of the engine the person chose; null finds it as the docker program does.
 */
engine: string | null, 
/**
 * Absolute paths of packages opened before, newest first.
 */
recent: Array<string>, };

export type Category = "architecture-detection" | "image-loading" | "environment-check" | "service-management" | "directory-setup" | "configuration" | "health-check" | "port-management" | "docker-command" | "file-system" | "timeout" | "insufficient-resources" | "missing-dependency" | "network" | "permission" | "unknown";

export type CommandError = { code: string, category: Category, params: Record<string, string | number>, message: string, };

export type ErrorReply = { error: CommandError, };

export type AppState = { 
/**
 * The open package; null before one is chosen.
 */
package: PackageView | null, status: StatusSnapshot | null, 
/**
 * Running operations and the last finished one of this session, with their events.
 */
operations: Array<OperationView>, 
/**
 * Why the package named on the command line could not be opened.
 */
launchError: CommandError | null, 
/**
 * An operation that an earlier run left unfinished.
 */
interrupted: Interrupted | null, settings: Settings, 
/**
 * The language in force, `en` or `zh-CN`.
 */
language: string, app: AppInfo, };

export type AppInfo = { version: string, 
/**
 * Where Quayside keeps its own files.
 */
stateDirectory: string, 
/**
 * `linux`, `windows`, `macos`
 */
os: string, };

export type Started = { operationId: string, };

export type AppEvent = { "type": "state", 
/**
 * The whole state.
 */
state: AppState, } | { "type": "status", 
/**
 * The whole snapshot; there are no deltas to get wrong.
 */
status: StatusSnapshot, } | { "type": "operation", 
/**
 * Which one.
 */
operationId: string, 
/**
 * What was asked for.
 */
kind: OperationKind, 
/**
 * What happened.
 */
event: OperationEvent, } | { "type": "asked", 
/**
 * What.
 */
what: Ask, };

export type LogEvent = { "type": "lines", 
/**
 * The lines, oldest first.
 */
batch: LogBatch, };

export type OpenPackageRequest = { 
/**
 * Path as the person gave it.
 */
path: string, };

export type ServicesRequest = { 
/**
 * Names as in the compose file.
 */
services: Array<string>, 
/**
 * Bound of the wait for readiness, in seconds; null takes the contract's rule.
 */
waitTimeout: number | null, };

export type DeployRequest = { 
/**
 * Bound of the wait for readiness, in seconds; null takes the contract's rule.
 */
waitTimeout: number | null, };

export type RestartContainerRequest = { 
/**
 * The name.
 */
containerName: string, };

export type Ask = "stop-all" | "restart-all";

export type CancelRequest = { 
/**
 * As `Started` gave it.
 */
operationId: string, };

export type CopyRequest = { 
/**
 * A folder or a packed package; null is the package that is open.
 */
from: string | null, 
/**
 * A folder that does not exist or is empty; null is one below the person's own.
 */
to: string | null, };

export type FixRequest = { 
/**
 * As `fixes[].id`.
 */
id: string, 
/**
 * The person saw the effect and agreed; needed for everything that is not `safe`.
 */
agreed: boolean, };

export type SaveValuesRequest = { values: Array<SettingValue>, };

export type SettingValue = { 
/**
 * The variable.
 */
key: string, value: string, };

export type LogsRequest = { 
/**
 * Names as in the compose file; empty means all.
 */
services: Array<string>, 
/**
 * How many lines of the past, per container; null is 200, or all of them where `since` is given.
 */
tail: number | null, 
/**
 * From when on: a moment (RFC 3339) or how long ago (`90s`, `10m`, `2h30m`, `1d`).
 */
since: string | null, 
/**
 * Go on with what comes.
 */
follow: boolean, };

export type SaveLogsRequest = { 
/**
 * Names as in the compose file; empty means all.
 */
services: Array<string>, 
/**
 * As in `LogsRequest`; null is everything the engine still has, up to a limit per container.
 */
since: string | null, };

export type ServiceRequest = { 
/**
 * Its name as in the compose file.
 */
service: string, };

export type EngineRequest = { 
/**
 * Its address; null finds it as the docker program does.
 */
url: string | null, };

export type OpenLinkRequest = { 
/**
 * Exactly as in `links[].url`.
 */
url: string, };

export interface Commands {
  open_package: { request: OpenPackageRequest, response: PackageView };
  save_settings: { request: Settings, response: Settings };
  dismiss_interrupted: { request: void, response: null };
  open_link: { request: OpenLinkRequest, response: null };
  check: { request: void, response: CheckReport };
  plan: { request: void, response: PlanView };
  status: { request: void, response: StatusSnapshot };
  choose_engine: { request: EngineRequest, response: EngineChoices };
  engines: { request: void, response: EngineChoices };
  is_busy: { request: void, response: boolean };
  resource_figures: { request: void, response: ResourceFigures };
  service_details: { request: ServiceRequest, response: ServiceDetails };
  list_images: { request: void, response: ImageList };
  undo_list: { request: void, response: UndoList };
  package_icon: { request: void, response: PackageIcon };
  prepare_support: { request: SupportRequest, response: SupportBundle };
  support_content: { request: BundleFileRequest, response: BundleContent };
  support_summary: { request: SupportRequest, response: SupportSummary };
  arch_info: { request: void, response: ArchInfo };
  mount_directories: { request: void, response: MountDirectories };
  diagnose: { request: DiagnoseRequest, response: DiagnosisReport };
  explain_text: { request: ExplainTextRequest, response: DiagnosisReport };
  deploy: { request: DeployRequest, response: Started };
  start: { request: ServicesRequest, response: Started };
  stop: { request: ServicesRequest, response: Started };
  restart: { request: ServicesRequest, response: Started };
  restart_container: { request: RestartContainerRequest, response: Started };
  remove: { request: void, response: Started };
  load_images: { request: void, response: Started };
  setup_tags: { request: void, response: Started };
  check_mount_dirs: { request: void, response: Started };
  copy_package: { request: CopyRequest, response: Started };
  save_values: { request: SaveValuesRequest, response: Started };
  fix: { request: FixRequest, response: Started };
  undo: { request: void, response: Started };
  cancel: { request: CancelRequest, response: null };
  subscribe: { request: void, response: null };
  choose_package: { request: void, response: string | null };
  follow_logs: { request: LogsRequest, response: number };
  save_logs: { request: SaveLogsRequest, response: SavedLogs | null };
  save_support: { request: void, response: SupportBundle | null };
  save_handover: { request: void, response: HandoverSaved | null };
  stop_logs: { request: number, response: null };
}
