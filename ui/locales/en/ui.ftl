# The window's own words. Sentences about services, checks and failures come from the other catalogues, through Rust.

## Frame
ui-nav = Pages
ui-nav-install = Install
ui-nav-overview = Overview
ui-nav-problems = Problems
ui-nav-problems-count = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
}
ui-nav-logs = Logs
ui-nav-settings = Settings
ui-nothing-leaves = Nothing leaves this computer
ui-no-package = No package chosen yet
ui-details-open = Show the package’s details
ui-drop-here = Drop the package folder here
ui-engine = Docker
ui-engine-version = Docker { $version }
ui-engine-unreachable = Docker not reachable
ui-close = Close
ui-back = Back
ui-yes = Yes
ui-no = No
ui-unknown = Not known
ui-moment = { $day }, { $time }
ui-percent = { $value } %
ui-two-sentences = { $first } { $second }

## Verdicts, states, outcomes
ui-verdict-ready = Ready
ui-verdict-converging = Starting
ui-verdict-degraded = Degraded
ui-verdict-will-not-recover = Will not recover by itself
ui-verdict-stopped = Stopped
ui-verdict-not-deployed = Not deployed
ui-verdict-engine-unreachable = Out of reach
ui-state-healthy = Healthy
ui-state-running = Running
ui-state-starting = Starting
ui-state-waiting = Waiting
ui-state-unhealthy = Not answering
ui-state-crash-looping = Keeps restarting
ui-state-failed = Failed
ui-state-completed = Finished
ui-state-stopped = Stopped
ui-state-paused = Paused
ui-state-not-created = Not created
ui-state-out-of-reach = Out of reach
ui-was = { $state ->
    [healthy] Was healthy at { $time }
    [running] Was running at { $time }
    [starting] Was starting at { $time }
    [unhealthy] Was not answering at { $time }
    [crash-looping] Kept restarting at { $time }
    [failed] Had failed at { $time }
    [completed] Was finished at { $time }
    [stopped] Was stopped at { $time }
    [paused] Was paused at { $time }
   *[other] Was not created at { $time }
}
ui-step-state-planned = planned
ui-step-state-running = running
ui-step-state-done = done
ui-step-state-skipped = skipped
ui-step-state-warning = done with a warning
ui-step-state-failed = failed
ui-step-state-cancelled = cancelled
ui-outcome-ready = Ready
ui-outcome-done = Done
ui-outcome-partly-ready = Partly ready
ui-outcome-failed = Failed
ui-outcome-cancelled = Cancelled
ui-outcome-blocked = Not started
ui-announce-progress = { $step }, { $percent }

## Notices
ui-notice-busy = Something else is running for this package
ui-notice-engine = Docker cannot be asked at the moment
ui-notice-no-package = No package is open
ui-notice-package = This package cannot be read
ui-notice-blocked = Something has to be fixed first
ui-notice-cancelled = Cancelled
ui-notice-bridge = The window cannot talk to Quayside
ui-notice-failed = That did not work
ui-notice-show-operation = Show it
ui-notice-choose = Choose a package
ui-notice-check = See the check
ui-interrupted-title = { $kind ->
    [deploy] The deployment of { $time } was interrupted
    [stop] Stopping was interrupted at { $time }
    [load-images] Loading images was interrupted at { $time }
    [remove] Removing containers was interrupted at { $time }
   *[other] Starting was interrupted at { $time }
}
ui-interrupted-deploy = What was finished stays finished. Deploy continues from there.
ui-interrupted-other = Nothing was deleted. The Overview shows how things are now.
ui-interrupted-continue = Continue
ui-interrupted-dismiss = Put away
ui-engine-lost = Quayside has lost contact with Docker
ui-engine-absent = Quayside cannot reach Docker
ui-engine-lost-still = Everything below is from { $time }, { $age } ago.
ui-engine-try = Try now
ui-engine-trying = Trying
ui-engine-by-itself = Quayside keeps trying by itself.

## Install: choose
ui-steps = Steps of the installation
ui-step-choose = Choose
ui-step-check = Check
ui-step-deploy = Deploy
ui-choose-title = Which package do you want to deploy?
ui-choose-lead = Choose the folder your software vendor gave you. Quayside looks at it first. Nothing is changed until you press Deploy, and nothing is ever downloaded.
ui-choose-wrong = This folder cannot be deployed
ui-choose-unpack = Unpack it on this computer and open it
ui-choose-drop = Drop the package folder here
ui-choose-drop-hint = Anywhere in this window. A USB stick is fine.
ui-choose-button = Choose package folder…
ui-choose-opening = Reading the package
ui-choose-recent = Opened before
ui-choose-open-now = open now
ui-choose-recognise = How to recognise the folder
ui-choose-recognise-lead = It has a Compose file and, next to it, a folder with image archives.
ui-choose-tree-compose = what to run
ui-choose-tree-env = its settings
ui-choose-tree-images = the programs, as .tar files
ui-choose-keep = Keep { $title }

## Install: check
ui-check-list = Checks
ui-check-running = Looking at the package and this computer
ui-check-running-lead = { $age } so far. Nothing is changed.
ui-check-again-running = Checking again. Nothing is changed.
ui-check-looked = Checked { $age } ago, in { $took }. Nothing was changed.
ui-check-failed = The check could not be finished
ui-check-blocked = { $count ->
    [one] { $count } thing to fix before deploying
   *[other] { $count } things to fix before deploying
}
ui-check-blocked-lead = Then { $label } can be deployed on this computer.
ui-check-warnings-also = { $count ->
    [one] There is also { $count } warning that does not stop you.
   *[other] There are also { $count } warnings that do not stop you.
}
ui-check-warnings = { $count ->
    [one] { $count } warning does not stop you.
   *[other] { $count } warnings do not stop you.
}
ui-check-ready = { $label } can be deployed
ui-check-ready-lead = Nothing stands in the way on this computer.
ui-check-pass = Passed
ui-check-warn = Warning
ui-check-block = Must be fixed
ui-check-unknown = Unknown
ui-check-found = Found
ui-check-needed = Needed
ui-check-passed-count = { $count ->
    [one] { $count } check
   *[other] { $count } checks
}
ui-check-again = Check again
ui-fix-act = { $effect }…
ui-fix-preview-first = You see every change before it is made.
ui-fix-title = What this changes
ui-fix-undoable = It can be put back afterwards.
ui-fix-not-undoable = It cannot be put back by Quayside.
ui-fix-now = now
ui-fix-after = afterwards
ui-fix-keep = Leave it as it is
ui-fix-do = Make this change
ui-repaired = Done, and checked again
ui-repaired-partly = Done, but something is still open
ui-repaired-back = Put back
ui-repaired-before = Before: { $message }
ui-repaired-now = Now: { $message }
ui-undo-list = Changed by Quayside
ui-undo-list-lead = the newest first; each can be put back as it was
ui-undo = Put it back…
ui-undo-title = Put this back as it was?
ui-undo-body = Only what Quayside changed is put back. What somebody changed after that stays.
ui-undo-keep = Leave it
ui-undo-act = Put it back
ui-form-title = Settings of this package
ui-form-open = { $count ->
    [one] 1 value is still to be filled in
   *[other] { $count } values are still to be filled in
}
ui-form-complete = All values are filled in
ui-form-required = needed
ui-form-secret-kept = set; type to change it
ui-form-save = Save
ui-form-backup = Saved in the file .env; the file as it was is kept beside it.
ui-copy = Copy to this computer…
ui-copy-title = Copy the package to this computer?
ui-copy-body = It is copied into the folder quayside in your own folder, every file is compared, and the copy is opened.
ui-copy-stays = The original stays as it is.
ui-copy-keep = Leave it where it is
ui-copy-act = Copy it
ui-check-preview = Read without Docker Compose, so details may still differ. The check is complete once Compose is installed and the values it needs are filled in.
ui-offline-complete = Everything needed is in this folder
ui-offline-incomplete = Something needed is not in this folder
ui-offline-sum = { $services ->
    [one] { $services } service
   *[other] { $services } services
}, { $archives ->
    [one] { $archives } archive
   *[other] { $archives } archives
}, { $size }.
ui-offline-none = No internet is needed.
ui-offline-service = Service
ui-offline-image = Image
ui-offline-archive = Archive
ui-offline-size = Size
ui-offline-platform = Made for
ui-offline-file = File
ui-offline-loaded = Already loaded
ui-offline-same-file = same file
ui-offline-not-needed = not needed
ui-offline-asleep = not started
ui-integrity-intact = Intact
ui-integrity-damaged = Damaged
ui-integrity-missing = Missing
ui-plan-title = What Deploy will do
ui-plan-lead = in this order
ui-plan-usually = took { $time } last time
ui-plan-disk = On Docker’s disk { $free } are free; loading takes at most { $peak } of it, { $stays } stay.
ui-plan-time = All of it took { $time } last time.
ui-plan-changes = { $count ->
    [one] { $count } single change
   *[other] { $count } single changes
}
ui-deploy = Deploy { $label }
ui-deploy-again = Deploy again
ui-deploy-off-one = Deploy is off: { $message }
ui-deploy-off = { $count ->
    [one] Deploy is off: { $count } thing must be fixed first.
   *[other] Deploy is off: { $count } things must be fixed first.
}
ui-deploy-off-busy = Deploy is off while something else is running for this package.
ui-deploy-off-unknown = Deploy is off: the check has to be finished first.
ui-deploy-off-checking = Deploy is off until the check is finished.

## Install: deploy
ui-deploy-since = Started { $time }, { $age } ago
ui-deploy-steps = Steps of the deployment
ui-deploy-preparing = Getting ready
ui-deploying-environment = Looking at this computer
ui-deploying-environment-lead = Everything that could stand in the way is looked at before anything changes.
ui-deploying-directories = Creating folders
ui-deploying-directories-lead = Only folders inside the package, and only those that are missing.
ui-deploying-scripts = Preparing scripts
ui-deploying-scripts-lead = Start scripts that lost their permission to run get it back.
ui-deploying-images = Loading images
ui-deploying-images-lead = Docker copies and unpacks the programs. No service is started yet.
ui-deploying-tags = Naming the images
ui-deploying-tags-lead = So that Compose finds them under the names it asks for.
ui-deploying-ports = Checking the ports again
ui-deploying-ports-lead = Another program may have taken one in the meantime.
ui-deploying-start = Starting the services
ui-deploying-start-lead = In the order in which they need each other.
ui-deploying-ready = Waiting for the services
ui-deploying-ready-lead = Everything is started. A service counts as ready when its own health check says so.
ui-deploying-report = Writing down the result
ui-deploying-report-lead = A last look at every service.
ui-deploying-stop = Stopping the services
ui-deploying-stop-lead = All data stays where it is.
ui-deploying-remove = Removing the containers
ui-deploying-remove-lead = All data stays where it is.
ui-deploying-copy = Copying to this computer
ui-deploying-copy-lead = Every file is compared with what was read.
ui-deploying-fix = Putting it right
ui-deploying-fix-lead = Exactly what was shown, and nothing else.
ui-deploying-undo = Putting it back
ui-deploying-undo-lead = Only what Quayside changed.
ui-deploying-recheck = Checking again
ui-deploying-recheck-lead = Nothing is changed.
ui-deploy-waiting-for = Waiting for { $count } of { $total } services
ui-deploy-patience = Quayside waits while a service may still come up, for 5 min or longer if the package asks for it. When it stops waiting it tells you why, and stops no service.
ui-deploy-services = Services
ui-deploy-services-later = start when all images are loaded
ui-deploy-services-next = start next
ui-deploy-image-there = Image is already there
ui-deploy-cancel-early = You can cancel at any time. What is loaded stays loaded, and Deploy continues from there.
ui-deploy-cancel-late = Cancelling leaves the services running as they are.
ui-deploy-cancelling = Cancelling. The current step is being brought to a safe end.
ui-cargo-of = of { $total } handed to Docker
ui-cargo-rate = handed over
ui-cargo-about = about { $time }
ui-cargo-left = left to hand over
ui-cargo-text = { $done } of { $total }
ui-cargo-next = then { $file }, { $size }
ui-cargo-archives = Image files
ui-cargo-archives-done = { $done } of { $total } loaded
ui-part-waiting = To come
ui-part-sending = Handing over
ui-part-unpacking = Unpacking
ui-part-done = Loaded
ui-part-failed = Failed
ui-part-unpacking-for = { $time } so far
ui-part-unpacked = { $size } in { $time }
ui-log-show = Show the full log
ui-log-hide = Hide the log
ui-log-title = Log of this operation
ui-log-empty = Nothing has been said yet.
ui-services-name = Service
ui-services-state = State
ui-services-what = What is happening

## Install: how it ended
ui-outcome-when = Finished { $time }, after { $took }
ui-outcome-ready-title = { $title } is ready
ui-outcome-blocked-lead = { $count ->
    [one] { $count } thing must be fixed first. Nothing was changed.
   *[other] { $count } things must be fixed first. Nothing was changed.
}
ui-outcome-cancelled-early = No service was started. What is loaded stays loaded, and Deploy continues from there.
ui-outcome-cancelled-started = Services that were started keep running. Deploy continues from there.
ui-outcome-steps = How far it came
ui-outcome-kept = Nothing was deleted. Deploy again continues from here and does not repeat what is done.
ui-outcome-to-check = See the check
ui-to-overview = Go to Overview
ui-works = Works
ui-works-not = Does not work yet
ui-of = { $part } of { $total }
ui-why = Why
ui-open = Open { $what }
ui-open-lan = From other computers:
ui-see-logs = See its log
ui-proof-title = Last words
ui-technical = Technical details
ui-technical-code = Code
ui-technical-category = Category
ui-technical-step = Step
ui-technical-causes = Causes

## Overview
ui-overview-asking = Asking Docker how the services are
ui-overview-last-seen = { $title }, as last seen
ui-overview-were = { $part } of { $total } services were as they should be.
ui-overview-install = Go to Install
ui-overview-attention = Needs attention
ui-overview-fine = As they should be
ui-overview-count = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
ui-overview-group = Group by state
ui-overview-find = Find a service
ui-overview-filter = Which services
ui-overview-none-match = No service matches.
ui-filter-all = All { $count }
ui-filter-attention = Needs attention { $count }
ui-filter-working = Working { $count }
ui-filter-finished = Finished { $count }
ui-layout = Layout
ui-layout-cards = Cards
ui-layout-compact = Compact
ui-start-all = Start all
ui-stop-all = Stop all
ui-stop-all-asks = Stop all…
ui-restart-all = Restart all
ui-restart-all-asks = Restart all…
ui-see-problem = See the problem
ui-see-what = See what is wrong
ui-see-problems = { $count ->
    [one] See the problem
   *[other] See the { $count } problems
}
ui-card-because = because of { $service }
ui-menu-of = Actions for { $service }
ui-menu-restart = Restart { $service }
ui-menu-start = Start { $service }
ui-menu-stop = Stop { $service }…
ui-menu-logs = Log of { $service }
ui-cancel = Cancel…
ui-cancelling = Cancelling
ui-strip-step = { $step }: { $message }
ui-strip-show = Show
ui-strip-ended = { $outcome ->
    [partly-ready] Not every service came up
    [cancelled] Cancelled
    [blocked] Nothing was done
    [done] Done, but not everything worked
   *[other] { $kind ->
        [stop] Stopping did not work
        [restart] Restarting did not work
        [restart-container] Restarting did not work
        [load-images] Loading images did not work
        [setup-tags] Setting tags did not work
        [check-mount-dirs] Creating folders did not work
        [remove] Removing containers did not work
        [fix] That could not be put right
        [copy] Copying did not work
        [undo] That could not be put back
       *[other] Starting did not work
    }
}
ui-doing-deploy = Deploying
ui-doing-start = Starting services
ui-doing-stop = Stopping services
ui-doing-restart = Restarting services
ui-doing-restart-container = Restarting a service
ui-doing-remove = Removing containers
ui-doing-load-images = Loading images
ui-doing-setup-tags = Setting tags
ui-doing-check-mount-dirs = Creating folders
ui-doing-fix = Putting it right
ui-doing-copy = Copying to this computer
ui-doing-undo = Putting it back
ui-doing-named = { $kind ->
    [stop] Stopping { $services }
    [restart] Restarting { $services }
    [restart-container] Restarting { $services }
   *[other] Starting { $services }
}

## Questions
ui-stop-all-title = { $count ->
    [one] Stop { $count } service?
   *[other] Stop all { $count } services?
}
ui-stop-all-body = { $title } will not be reachable until you start it again. All data stays where it is.
ui-stop-not-part = Not part of this: removing containers and erasing data.
ui-stop-keep = Keep running
ui-restart-all-title = { $count ->
    [one] Restart { $count } service?
   *[other] Restart all { $count } services?
}
ui-restart-all-body = { $title } will not be reachable until the services are up again. All data stays where it is.
ui-restart-keep = Leave as it is
ui-stop-service-title = Stop { $service }?
ui-stop-service-needed = { $count ->
    [one] { $services } needs { $service } and may stop working.
   *[other] { $services } need { $service } and may stop working.
}
ui-stop-service-body = All data stays where it is. It stays stopped until you start it again.
ui-stop-service = Stop { $service }
ui-remove-title = Remove the containers of { $title }?
ui-remove-stops = { $count ->
    [one] { $count } running service is stopped first.
   *[other] { $count } running services are stopped first.
}
ui-remove-body = Containers and networks are removed. Images, volumes and all data stay; Deploy builds the containers anew.
ui-remove-keep = Keep them
ui-remove-act = Remove containers
ui-cancel-title = { $kind ->
    [deploy] Cancel the deployment?
    [stop] Cancel stopping?
    [load-images] Cancel loading images?
    [copy] Cancel copying?
   *[other] Cancel what is running?
}
ui-cancel-leaves-early = No service is started yet. Folders and permissions that were prepared stay as they are, and Deploy continues from there.
ui-cancel-leaves-images = Images that are loaded stay loaded, and no service is started. Deploy continues from there.
ui-cancel-leaves-started = Services that are started keep running as they are. Nothing is removed, and Deploy continues from there.
ui-cancel-leaves-other = What is done stays done. Nothing is deleted.
ui-cancel-keep = Go on
ui-cancel-act = { $kind ->
    [deploy] Cancel the deployment
   *[other] Cancel it
}

## Logs
ui-logs-find = Search the log
ui-logs-no-match = No match
ui-logs-match = { $current } of { $total }
ui-logs-previous = Previous match
ui-logs-next = Next match
ui-logs-services = Services shown
ui-logs-all = All services
ui-logs-following = Following
ui-logs-following-lead = New lines appear at the bottom, after a restart too.
ui-logs-times = Time
ui-logs-wrap = Wrap
ui-logs-copy = Copy
ui-logs-save = Save…
ui-logs-saving = Saving
ui-logs-since = From when on
ui-logs-since-newest = Newest lines
ui-logs-since-10m = Last 10 minutes
ui-logs-since-1h = Last hour
ui-logs-since-1d = Last 24 hours
ui-logs-since-7d = Last 7 days
ui-logs-filter = How severe
ui-logs-filter-all = All
ui-logs-filter-warning = Warnings
ui-logs-filter-error = Errors
ui-logs-level-error = ERROR
ui-logs-level-warning = WARN
ui-logs-level-info = INFO
ui-logs-level-debug = DEBUG
ui-logs-passing = { $count } shown of { $all }
ui-logs-saved = { $count ->
    [one] { $count } line ({ $size }) was saved as { $path }
   *[other] { $count } lines ({ $size }) were saved as { $path }
}
ui-logs-copied = { $count ->
    [one] { $count } line was copied.
   *[other] { $count } lines were copied.
}
ui-logs-not-copied = { $count ->
    [one] The line could not be copied: the system does not let Quayside use the clipboard. Save it as a file instead.
   *[other] { $count } lines could not be copied: the system does not let Quayside use the clipboard. Save them as a file instead.
}
ui-logs-paused = Paused
ui-logs-held = { $count ->
    [0] No new lines since.
    [one] { $count } new line is waiting.
   *[other] { $count } new lines are waiting.
}
ui-logs-ended = No lines come
ui-logs-ended-lead = Docker cannot be asked for them now. They come by themselves when it can.
ui-logs-kept = { $kept } newest lines kept, { $dropped } older ones dropped from this view
ui-logs-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
ui-logs-pause = Stop following
ui-logs-follow = Follow

## Settings
ui-settings-look = Language and look
ui-settings-language = Language
ui-settings-language-system = Like the system
ui-settings-theme = Appearance
ui-theme-system = Like the system
ui-theme-light = Light
ui-theme-dark = Dark
ui-settings-watching = While you are not looking
ui-settings-watching-lead = The services run whether Quayside does or not.
ui-switch-notifications = Notifications
ui-switch-notifications-lead = When something has been out of order for 30 seconds, and when it works again.
ui-switch-close-to-tray = Go on watching when the window is closed
ui-switch-close-to-tray-lead = The icon in the tray stays; its menu ends Quayside.
ui-switch-autostart = Start with the computer
ui-switch-autostart-lead = After you have signed in, in the tray, with the last package.
ui-settings-engine = Container engine
ui-settings-engine-lead = The program that runs the services.
ui-settings-api = API { $version }
ui-settings-files = Quayside’s own files
ui-settings-files-lead = Records of what was done. Nothing of them is kept in the package.
ui-settings-about = About
ui-settings-about-lead = Sends nothing, checks for nothing online.

## Package details
ui-details-images = Images
ui-details-shared = Shared
ui-details-shared-none = none
ui-details-shared-with = { $count ->
    [one] { $size } with { $image }
   *[other] { $size } with { $count } images
}
ui-details-other-platform = For another platform
ui-details-images-sum = { $archives ->
    [one] { $archives } archive
   *[other] { $archives } archives
}, { $size }
ui-details-unreadable = No image could be read from this file
ui-details-load = Load images
ui-details-tags = Set tags
ui-details-images-note = Loading and setting tags starts no service. What is already there is skipped.
ui-details-engine-images = { $count ->
    [one] What Docker has: { $count } image
   *[other] What Docker has: { $count } images
}
ui-details-from-package = Of this package
ui-load-loaded = Loaded now
ui-load-already-present = Was there
ui-load-retagged = Named anew
ui-load-failed = Failed
ui-details-folders = Folders
ui-details-folders-lead = that services use on this computer
ui-details-folder = Folder
ui-details-used-by = Used by
ui-details-no-folders = No service uses a folder of this computer.
ui-directory-exists = Is there
ui-directory-created = Created
ui-details-create = Create missing folders
ui-details-containers = Containers
ui-details-containers-count = { $count ->
    [one] { $count } container
   *[other] { $count } containers
}
ui-details-containers-note = Containers can be removed and built anew at any time. Images, volumes and data are not part of them.
ui-details-remove = Remove containers…
ui-details-computer = This computer
ui-details-findings = Remarks on this package
ui-details-support = Support
ui-details-audit = Advice for the vendor
ui-details-audit-lead = { $count ->
    [one] 1 thing that could be written better; it stops nothing here
   *[other] { $count } things that could be written better; they stop nothing here
}
ui-arch-host = This computer
ui-arch-engine = Docker runs on
ui-arch-suffix = Fitting archives end in
ui-arch-emulation = Can also run
ui-arch-mismatch = Mind
ui-arch-mismatch-lead = This computer and Docker differ. What counts for the package is Docker.

## What is used
ui-host = This computer
ui-host-cpu = Processor
ui-host-measuring = Measuring
ui-host-cores = { $count ->
    [one] { $part } of 1 core
   *[other] { $part } of { $count } cores
}
ui-host-memory = Memory
ui-host-of = { $used } of { $total }
ui-host-disk-engine = Disk, Docker
ui-host-disk-package = Disk, package
ui-figures-cpu = CPU

## A service in detail
ui-menu-details = Details of { $service }
ui-drawer-asking = Asking Docker
ui-drawer-depends = Who depends on whom
ui-drawer-needs = Needs
ui-drawer-needed-by = Is needed by
ui-drawer-alone = It needs no other service, and no other service needs it.
ui-drawer-if-down = { $count ->
    [one] If { $service } is down, { $services } cannot start.
   *[other] If { $service } is down, these { $count } cannot start: { $services }.
}
ui-drawer-containers = Containers
ui-drawer-name = Name
ui-drawer-started = Started
ui-drawer-restarts = Restarts
ui-drawer-restarts-policy = { $count ->
    [0] None by Docker
    [one] One by Docker
   *[other] { $count } by Docker
} (policy: { $policy })
ui-drawer-networks = Networks
ui-drawer-places = Where it keeps data
ui-drawer-place = On this computer
ui-drawer-inside = In the container
ui-drawer-no-places = Nothing outlives its containers.
ui-drawer-memory = Memory, gone after a stop
ui-drawer-volume = Docker volume
ui-drawer-read-only = read only
ui-drawer-probes = Last health checks
ui-drawer-no-probes = It has no health check, or none has run yet.
ui-drawer-probe-failed = Failed, exit code { $code }
ui-drawer-history = What happened
ui-drawer-no-history = Docker remembers nothing of it. It keeps only the newest events, and none from before its own start.
ui-drawer-variables = Settings it was started with
ui-drawer-variables-hidden = Names only. Values may be secret and stay hidden.
ui-drawer-no-variables = None.
ui-history-started = Started
ui-history-ended = Ended with exit code { $code }
ui-history-out-of-memory = Used more memory than it may
ui-history-restarted = Was restarted by somebody
ui-history-unhealthy = Stopped answering its health check
ui-history-healthy = Answered its health check

## Choosing the engine
ui-engines-asking = Looking for engines
ui-engines-in-use = In use
ui-engines-use = Use this one
ui-engines-address = Address of an engine
ui-engines-use-address = Use this address
ui-engines-automatic = Find it automatically
ui-engines-fixed = { $origin ->
    [variable] This run uses the engine that DOCKER_HOST names. A choice here takes effect without it.
   *[other] This run uses the engine that was named on the command line. A choice here takes effect the next time.
}

## Handover page
ui-handover = Handover page…
ui-handover-title = The handover page was saved
ui-handover-saved = { $path }. It opens in any browser and is made to be printed.
