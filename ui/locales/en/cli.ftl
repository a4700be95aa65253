# Words of the command line only.
cli-about = Deploys an offline Docker Compose package and says honestly how it runs.
cli-deploy = Loads, starts and waits until everything is ready; continues where an earlier run was cut off
cli-start = Starts services that were deployed before, and waits until they are ready
cli-stop = Stops services; containers, volumes and data stay
cli-restart = Stops and starts services
cli-restart-container = Restarts one container, by its own name or its service's
cli-status = Says how the services are
cli-check = Looks for everything that could stop a deployment; changes nothing
cli-plan = Says what deploy would do; changes nothing
cli-inspect = Says what the package holds; needs no Docker
cli-logs = Prints what services wrote
cli-load-images = Loads the package's images into Docker
cli-setup-tags = Gives loaded images the names the compose file asks for
cli-list-images = Lists all images of Docker; those of the package are marked
cli-arch-info = Says which processor architecture counts
cli-check-mount-dirs = Creates missing folders of the package and says how each stands
cli-down = Removes containers and networks; volumes and data stay
cli-fix = Applies a fix that check or diagnose offers, and checks again
cli-undo = Puts back what the last fix, or the preparations of the last deployment, changed
cli-completions = Prints completions for a shell

cli-option-package = The package: a folder with a compose file, or one packed as .zip, .tar, .tar.gz or .tar.zst [default: the current folder]
cli-option-json = Prints JSON, one object or one event per line
cli-option-lang = The language of sentences
cli-option-docker-host = The Docker to use, e.g. unix:///var/run/docker.sock
cli-option-verbose = Says more on standard error; twice says everything
cli-option-services = Services by their names in the compose file; none means all
cli-option-wait-timeout = Waits at most this many seconds for services to become ready
cli-option-container-name = The container's or the service's name
cli-option-follow = Goes on with what comes
cli-option-watch = Goes on with every change
cli-option-format = The form of the answer: prometheus for a collector
cli-option-tail = How many lines of the past, per container
cli-option-shell = The shell
cli-option-id = The fix, as check names it
cli-option-yes = Agrees to what the fix changes

cli-cancelling = Cancelling. What is finished stays.
cli-interrupted = { $operation ->
    [deploy] The last deployment was interrupted at: { $step }. What was finished stays finished.
   *[other] The last { $operation } was interrupted at: { $step }.
}
cli-preview = Preview: this was read from the files alone, because Compose is not installed or values it needs are missing.

cli-outcome-ready = Ready.
cli-outcome-partly-ready = Partly ready.
cli-outcome-failed = Failed.
cli-outcome-cancelled = Cancelled.
cli-outcome-blocked = Nothing was changed.
cli-outcome-done = Done.

cli-check-ready = Everything needed is here.
cli-check-warnings = Deploying is possible. There are warnings.
cli-check-blocked = Something must be fixed before deploying.
cli-check-offline-complete = { $count ->
    [one] Offline: the image of its service is here; nothing has to be fetched.
   *[other] Offline: the images of all { $count } services are here; nothing has to be fetched.
}
cli-check-offline-open = Offline: not certain for { $services }; --json says why.
cli-check-audit = { $count ->
    [one] There is 1 hint for the vendor of this package; --json shows it.
   *[other] There are { $count } hints for the vendor of this package; --json shows them.
}
cli-fix-offer = Quayside can do this: { $effect }

cli-state-not-created = Not created
cli-state-starting = Starting
cli-state-running = Running
cli-state-healthy = Healthy
cli-state-unhealthy = Not answering
cli-state-crash-looping = Keeps restarting
cli-state-completed = Finished
cli-state-failed = Failed
cli-state-stopped = Stopped
cli-state-paused = Paused

cli-images-name = Image
cli-images-platform = Platform
cli-images-size = Size
cli-images-package = { $total ->
    [one] The images with * are in the package. Its image for this platform: { $loaded } of 1 loaded.
   *[other] The images with * are in the package. Of its { $total } images for this platform { $loaded } are loaded.
}

cli-arch-host = This computer: { $value }
cli-arch-engine = Docker: { $value }
cli-arch-no-engine = not reachable
cli-arch-suffix = Image files and tags end in: { $value }
cli-arch-emulation = Emulation available for: { $value }
cli-arch-mismatch = Docker runs on another architecture than this computer. Docker's is the one that counts.
cli-set = Saves values in the .env file of the package
cli-option-values = KEY=VALUE; a VALUE of - is read from standard input
cli-option-since = Only lines from this time on: how long ago (10m, 2h30m, 1d) or a moment (2026-11-23T14:00:00Z)
cli-diagnose = Says what is wrong, why, and what helps; changes nothing
cli-option-service = Only what concerns this service
cli-option-evidence = Explains a saved evidence or a copied text instead (- reads it from the input); needs no engine
cli-diagnose-nothing = No failure was found.
cli-diagnose-explains = This also keeps { $services } from working.
cli-diagnose-gap = Could not be looked at: { $what } ({ $why })
cli-handover = Writes a page for the binder: services, addresses, where the data is, how to start and stop, whom to call
cli-option-out = The file to write
