// What the page itself knows and says: its state, its messages, its effects. The contract with Rust is in ipc.d.ts.

import type {
  AppEvent, AppInfo, ArchInfo, Check, CheckReport, CommandError, Commands, DiagnosisReport, EngineChoices, Finished, Fix, ImageList, Interrupted,
  MountDirectories, OperationKind, PackageView, PlanView, ProgressPart, ResourceFigures, SavedLogs, ServiceDetails, Settings, StatusSnapshot, StepId, StepState, SupportBundle, Theme, UndoEntry,
} from './ipc';

export type Page = 'install' | 'overview' | 'problems' | 'logs' | 'settings' | 'details';
export type InstallStep = 'choose' | 'check' | 'deploy';
/** A setting that is on or off. */
export type Switch = 'notifications' | 'closeToTray' | 'autostart';
export type ServiceFilter = 'all' | 'attention' | 'working' | 'finished';

/** One step of an operation, folded from its events. */
export interface Step {
  id: StepId;
  title: string;
  state: StepState;
  current: number | null;
  total: number | null;
  unit: string | null;
  message: string | null;
  /** The archives, while images are brought. */
  parts: ProgressPart[];
  /** Since the step started, as the last event said. */
  seconds: number;
  /** When that event came; null when it was replayed. */
  at: number | null;
}

/** Bytes handed over at a moment of the step; the last few give the rate. */
export interface Sample { seconds: number; current: number }

export interface LogEntry { at: number | null; step: StepId; text: string }

export interface Operation {
  id: string;
  kind: OperationKind;
  /** Empty means all. */
  services: string[];
  startedAt: number;
  steps: Step[];
  samples: Sample[];
  log: LogEntry[];
  cancelling: boolean;
  finished: Finished | null;
  finishedAt: number | null;
}

export interface CheckState {
  phase: 'idle' | 'running' | 'done' | 'failed';
  startedAt: number;
  /** When the report came. */
  at: number;
  report: CheckReport | null;
  plan: PlanView | null;
  /** What can be taken back, the newest first. */
  undo: UndoEntry[];
  /** What was typed into the form and is not saved yet, by variable. */
  typed: Record<string, string>;
  error: CommandError | null;
}

/** What is wrong, as far as it was looked for. */
export interface ProblemsState {
  phase: 'idle' | 'running' | 'done' | 'failed';
  startedAt: number;
  /** When the report came. */
  at: number;
  report: DiagnosisReport | null;
  error: CommandError | null;
  /** Only what concerns this service is shown; null means all. */
  service: string | null;
  /** Services in trouble when the report was asked for: once they work, what it says of them is past. */
  troubled: string[];
  /** The same with their states: a look of the page's own is taken when it changes. */
  trouble: string;
  /** When the page looks by itself next; null when there is no need. */
  due: number | null;
  /** The problem a fix was begun for. */
  repaired: RepairedProblem | null;
  text: TextState;
}

/** A problem, for comparing it with what is found after its fix. */
export interface RepairedProblem { id: string; service: string | null; title: string; at: number }

/** An error text that somebody has, and what it means. */
export interface TextState { typed: string; asked: string | null; phase: 'idle' | 'running' | 'done'; report: DiagnosisReport | null }

/** What is handed to whoever helps. */
export interface SupportState {
  /** `shown`: it could not be copied, so it is shown. */
  summary: { phase: 'idle' | 'asking' | 'copied' | 'shown'; text: string };
  /** The bundle asked for last; it goes on while its dialog is closed. */
  bundle: BundleState | null;
}

export interface BundleState {
  open: boolean;
  /** `refused`: it could not be collected without secrets. */
  phase: 'collecting' | 'ready' | 'saving' | 'refused';
  startedAt: number;
  /** Host names and addresses stay readable. */
  hosts: boolean;
  prepared: SupportBundle | null;
  /** The file that is looked at, and what is in it. */
  name: string | null;
  content: string | null;
  /** Why it could not be collected, opened or written, in words. */
  error: string;
  saved: SupportBundle | null;
}

export type Dialog =
  | { kind: 'cancel'; operationId: string }
  | { kind: 'stop-all' }
  | { kind: 'restart-all' }
  | { kind: 'remove' }
  | { kind: 'stop-service'; service: string }
  | { kind: 'copy' }
  /** What a fix changes, before it does. */
  | { kind: 'fix'; fix: Fix; of?: RepairedProblem }
  | { kind: 'undo'; entry: UndoEntry };

/** Something that was refused or failed, in words. */
/** `message` is a sentence that came rendered, or a key with its parameters. */
export interface Notice { severity: 'error' | 'warning' | 'info'; code: string; title: string; message: string; params?: Record<string, string>; action: NoticeAction | null }
export type NoticeAction = 'show-operation' | 'choose' | 'check';

export type LogLevel = 'error' | 'warning' | 'info' | 'debug';
/** The least level that is shown. */
export type LogFilter = 'all' | 'warning' | 'error';

/** `sent` = `kept` + `held` + `dropped`; `passing` are those of `kept` the filter lets through. */
export interface LogCounts { sent: number; kept: number; dropped: number; held: number; passing: number; matches: number; current: number; following: boolean }

export interface LogsState {
  /** Names that are followed; empty means all. */
  services: string[];
  /** Id of the running stream; null while none runs. */
  stream: number | null;
  /** Counts requests, so that a late answer is recognised. */
  turn: number;
  open: boolean;
  query: string;
  /** How far back: empty for the last lines, else as `LogsRequest` reads it. */
  since: string;
  filter: LogFilter;
  /** Times are shown. */
  times: boolean;
  /** Long lines are wrapped. */
  wrap: boolean;
  /** A file is being chosen or written. */
  saving: boolean;
  /** What came of saving or copying. */
  said: { saved: SavedLogs } | { copied: boolean } | null;
  ended: boolean;
  counts: LogCounts;
}

export interface DetailsState {
  arch: ArchInfo | null;
  images: ImageList | null;
  directories: MountDirectories | null;
  /** What could not be asked, by command. */
  errors: Record<string, string>;
}

/** A service at a moment: part of all processors, bytes of memory. */
export interface FigurePoint { at: number; cpu: number | null; memory: number }

export interface FiguresState {
  latest: ResourceFigures | null;
  /** By service, oldest first, ten minutes at most. */
  history: Record<string, FigurePoint[]>;
  asking: boolean;
  askedAt: number;
}

export interface State {
  now: number;
  /** The first full state has come. */
  ready: boolean;
  page: Page;
  /** The person has chosen a page; nothing moves by itself any more. */
  navigated: boolean;
  step: InstallStep;
  package: PackageView | null;
  status: StatusSnapshot | null;
  /** The last snapshot with a connected engine. */
  lastSeen: StatusSnapshot | null;
  operations: Operation[];
  /** Services of the request just sent, for the operation it starts. */
  asked: string[];
  interrupted: Interrupted | null;
  settings: Settings;
  /** Language in force. */
  language: string;
  app: AppInfo | null;
  check: CheckState;
  /** What kept a chosen folder from being opened. */
  openError: CommandError | null;
  /** What was asked to be opened last. */
  openPath: string;
  opening: boolean;
  choosing: boolean;
  dragging: boolean;
  drawer: boolean;
  dialog: Dialog | null;
  /** Service whose menu is open. */
  menu: string | null;
  notice: Notice | null;
  /** When it was last asked whether another process still changes the package. */
  busyAsked: number;
  /** Id of the operation whose result was put away. */
  putAway: string | null;
  overview: {
    /** Who needed attention when the page was opened: the grouping that is shown. */
    attention: string[];
    search: string;
    filter: ServiceFilter;
    /** null: by number of services. */
    compact: boolean | null;
  };
  looking: boolean;
  problems: ProblemsState;
  support: SupportState;
  logs: LogsState;
  details: DetailsState;
  /** The vendor's picture, a `data:` address; null shows a letter. */
  icon: string | null;
  figures: FiguresState;
  /** The service whose drawer is open, and what is known of it. */
  engines: { choices: EngineChoices | null; typed: string; busy: boolean; error: boolean };
  inspected: { service: string; details: ServiceDetails | null; error: string } | null;
}

type CommandName = Exclude<keyof Commands, 'subscribe' | 'follow_logs'>;

export type CallEffect = {
  [C in CommandName]: { type: 'call'; command: C; request: Commands[C]['request']; tag?: string };
}[CommandName];

export type Effect =
  | CallEffect
  | { type: 'subscribe' }
  | { type: 'follow-logs'; services: string[]; since: string; turn: number }
  | { type: 'copy-logs' }
  | { type: 'copy-text'; text: string }
  /** Asks for the summary and copies it. */
  | { type: 'copy-summary' }
  | { type: 'forget-logs' }
  | { type: 'move-in-logs'; by: number }
  | { type: 'focus'; target: string };

export type Answered = {
  [C in CommandName]: { type: 'answered'; command: C; response: Commands[C]['response']; tag?: string; now: number };
}[CommandName];

export type Refused = { type: 'refused'; command: CommandName | 'subscribe' | 'follow_logs'; error: CommandError; tag?: string; now: number };

export type Msg =
  | { type: 'booted' }
  | { type: 'tick'; now: number }
  | { type: 'event'; event: AppEvent; now: number }
  | Answered
  | Refused
  | { type: 'navigated'; page: Page }
  | { type: 'step-chosen'; step: InstallStep }
  | { type: 'choose-clicked' }
  | { type: 'path-chosen'; path: string }
  | { type: 'folder-over'; over: boolean }
  | { type: 'folder-dropped'; paths: string[] }
  | { type: 'check-clicked' }
  | { type: 'deploy-clicked' }
  | { type: 'unpack-clicked' }
  | { type: 'copy-asked' }
  | { type: 'fix-asked'; fix: Fix; of?: { id: string; service: string | null; title: string } }
  | { type: 'value-typed'; key: string; value?: string }
  | { type: 'values-saved' }
  | { type: 'undo-asked'; entry: UndoEntry }
  | { type: 'cancel-asked'; operationId: string }
  | { type: 'dialog-confirmed' }
  | { type: 'dialog-dismissed' }
  | { type: 'drawer-toggled' }
  | { type: 'link-clicked'; url: string }
  | { type: 'start-clicked'; services: string[] }
  | { type: 'stop-all-asked' }
  | { type: 'restart-all-asked' }
  | { type: 'remove-asked' }
  | { type: 'stop-service-asked'; service: string }
  | { type: 'restart-service-clicked'; service: string }
  | { type: 'menu-toggled'; service: string }
  | { type: 'menu-closed' }
  | { type: 'handover-clicked' }
  | { type: 'engine-typed'; value?: string }
  | { type: 'engine-chosen'; url: string | null }
  | { type: 'service-details-asked'; service: string }
  | { type: 'service-drawer-closed' }
  | { type: 'search-typed'; value?: string }
  | { type: 'filter-chosen'; filter: ServiceFilter }
  | { type: 'layout-chosen'; compact: boolean }
  | { type: 'group-clicked' }
  | { type: 'look-clicked' }
  | { type: 'interrupted-dismissed' }
  | { type: 'notice-dismissed' }
  | { type: 'notice-acted' }
  | { type: 'result-put-away'; operationId: string }
  | { type: 'load-images-clicked' }
  | { type: 'setup-tags-clicked' }
  | { type: 'check-mount-dirs-clicked' }
  | { type: 'problems-look-clicked' }
  | { type: 'problems-of'; service: string | null }
  | { type: 'problems-text-typed'; value?: string }
  | { type: 'problems-text-clicked' }
  | { type: 'problems-text-cleared' }
  | { type: 'support-copy-clicked' }
  | { type: 'support-copied'; done: boolean; text: string }
  | { type: 'support-bundle-clicked' }
  | { type: 'support-collect-clicked' }
  | { type: 'support-hosts-switched' }
  | { type: 'support-file-chosen'; name: string }
  | { type: 'support-save-clicked' }
  | { type: 'support-closed' }
  | { type: 'logs-of'; service: string }
  | { type: 'log-service-toggled'; service: string }
  | { type: 'log-all-chosen' }
  | { type: 'log-search-typed'; value?: string }
  | { type: 'log-match-moved'; by: number }
  | { type: 'log-search-keyed'; key?: string; shift?: boolean }
  | { type: 'log-follow-chosen'; on: boolean }
  | { type: 'log-counted'; detail?: LogCounts }
  | { type: 'log-since-chosen'; value?: string }
  | { type: 'log-filter-chosen'; filter: LogFilter }
  | { type: 'log-switched'; name: 'times' | 'wrap' }
  | { type: 'log-save-clicked' }
  | { type: 'log-copy-clicked' }
  | { type: 'log-copied'; done: boolean }
  | { type: 'logs-followed'; turn: number; stream: number }
  | { type: 'logs-ended'; turn: number }
  | { type: 'language-chosen'; value?: string }
  | { type: 'theme-chosen'; theme: Theme }
  | { type: 'switched'; name: Switch };

export type Result = [State, ...Effect[]];

/** What a view needs besides the state: words and figures in the language in force. */
export interface Words {
  t: (key: string, params?: Record<string, string | number>) => string;
  f: Formats;
}

export interface Formats {
  bytes(count: number): string;
  duration(seconds: number): string;
  /** `14:02` */
  clock(time: number | string): string;
  /** `14:02:11` */
  clockSeconds(time: number | string): string;
  /** `13 Oct, 14:02`, or only the time when it was today. */
  moment(time: number | string, now: number): string;
  list(names: string[]): string;
  percent(part: number): string;
}

export type { Check };
