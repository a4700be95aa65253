# Words that come from elsewhere: a name, a path, a tool's own line.
verbatim = { $words }

list-more = { $name }, { $rest }
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-minutes-seconds = { $minutes } min { $seconds } s
duration-hours-minutes = { $hours } h { $minutes } min
duration-days-hours = { $days } d { $hours } h

# Why the engine cannot be reached. $remedy is one of the remedy-* sentences below.
engine-not-asked = Quayside has not asked Docker yet.
engine-not-running = Docker does not answer. Your services may still be running. { $remedy }
engine-permission = Docker runs, but this user may not use it. { $remedy }
engine-hung = Docker accepts connections but does not answer. { $remedy }
engine-unsupported = Quayside cannot use the address { $endpoint }. { $remedy }
engine-broken = Docker answered with an error: { $error }

remedy-start-systemd = Start it with: sudo systemctl start docker
remedy-restart-systemd = Restart it with: sudo systemctl restart docker (running services may stop for a moment).
remedy-start-dockerd = Start it as administrator with: dockerd
remedy-start-desktop = Start Docker Desktop and wait until it says that the engine is running.
remedy-join-docker-group = Add this user to the group docker (sudo usermod -aG docker "$USER"), then log out and in again. Whoever is in that group can do anything on this computer.
remedy-use-local-address = Use an address that begins with unix://, npipe:// or tcp://.

service-not-created = Not created yet.
service-waiting = Waits for { $service }.
service-starting = Has just started.
service-starting-health = Started. Its health check has not answered yet.
service-starting-asked = Health check asked { $count ->
    [one] once
   *[other] { $count } times
}, no good answer yet.
service-restarted = Restarted { $count ->
    [one] once
   *[other] { $count } times
}, last exit code { $code }. It may still come up.
service-restarted-runs = Restarted { $count ->
    [one] once
   *[other] { $count } times
}, and runs again. It may still come up.
service-starting-last = Starting. Last time it took { $duration } until its health check passed.
service-starting-longer = Starting, longer than the last time ({ $duration }). Its health check has not passed yet.
service-starting-vendor = Starting. The vendor says it takes about { $duration }.
service-starting-vendor-longer = Starting, longer than the vendor says ({ $duration }). Its health check has not passed yet.
service-running = Runs. It has no health check, so nothing more is known.
service-job-running = One-time task, still at work.
service-healthy = Ready.
service-healthy-for = Ready for { $duration }
service-unhealthy = Runs, but its health check has failed { $count ->
    [one] once
   *[other] { $count } times in a row
}.
service-crash-looping = Restarted { $count ->
    [one] once
   *[other] { $count } times
}, exit code { $code }. It does not stay up.
service-crash-looping-runs = Restarted { $count ->
    [one] once
   *[other] { $count } times
}, and runs again at the moment. It does not stay up.
service-running-again = Runs again since { $duration }. Docker had to restart it { $count ->
    [one] once
   *[other] { $count } times
}.
service-healthy-again = Ready for { $duration }. Docker had to restart it { $count ->
    [one] once
   *[other] { $count } times
} before.
service-healthy-flaky = Ready, but not steadily: { $failed } of its last { $count } health checks failed.
service-unhealthy-flaky = Answers only now and then: { $failed } of its last { $count } health checks failed.
service-completed = One-time task, finished with exit code 0.
service-failed = Ended with exit code { $code }.
service-failed-memory = Ended because it used more memory than it was allowed (exit code { $code }).
service-failed-start = Docker could not start it: { $error }
service-stopped = Stopped on purpose.
service-stopped-somehow = Stopped. Quayside did not see who stopped it.
service-paused = Paused on purpose.
service-unanswered = Docker does not answer about it; last known: { $state ->
    [running] running
    [paused] paused
    [restarting] being restarted
    [removing] being removed
    [created] made, not started
   *[other] ended
}. If this lasts for minutes, restart Docker's computer.

verdict-engine-unreachable = Quayside has lost contact with Docker. Your services may still be running.
verdict-not-deployed = Nothing is deployed yet.
verdict-stopped = All services are stopped.
verdict-will-not-recover = { $running } of { $total } services are as they should be. Will not recover by { $count ->
    [one] itself
   *[other] themselves
}: { $services }.{ $kept ->
    [0] { "" }
    [one] { " " }It keeps one other from working.
   *[other] { " " }It keeps { $kept } others from working.
}
verdict-converging = { $running } of { $total } services are ready, the others are on their way.
verdict-degraded = { $running } of { $total } services are as they should be. Needs attention: { $services }.{ $kept ->
    [0] { "" }
    [one] { " " }It keeps one other from working.
   *[other] { " " }It keeps { $kept } others from working.
}
verdict-ready = { $total ->
    [one] The service is ready.
   *[other] All { $total } services are ready.
}

operation-deploy = a deployment
operation-start = starting services
operation-stop = stopping services
operation-restart = restarting services
operation-restart-container = restarting a container
operation-remove = removing containers
operation-load-images = loading images
operation-setup-tags = naming images
operation-check-mount-dirs = creating folders
operation-fix = putting something right
operation-undo = putting something back

# Notifications for somebody who is not looking.
alert-service = { $state ->
    [crash-looping] { $service } keeps restarting
    [failed] { $service } has failed
    [unhealthy] { $service } is not answering
   *[other] Docker no longer answers about { $service }
}
alert-service-over = { $service } works again
alert-reboot-well = Everything came back after the restart of this computer
alert-reboot-trouble = Not everything came back after the restart of this computer
alert-engine = Docker cannot be reached
alert-engine-over = Docker can be reached again

# The tray icon and its menu.
tray-no-package = No package is open
tray-open = Open Quayside
tray-restart = Restart all…
tray-stop = Stop all…
tray-quit = Quit (the services keep running)
tray-explained = Quayside goes on watching
tray-explained-body = The window is closed, the icon in the tray stays. To end Quayside, choose Quit in its menu. The settings can change this.

# What is used, and what will not go well for much longer
resource-disk-engine-look = The disk Docker keeps its data on is { $percent } % full ({ $free } free). When it is full, services stop. Make room in time.
resource-disk-engine-broken = The disk Docker keeps its data on is { $percent } % full ({ $free } free). Databases stop when they can no longer write: make room now.
resource-disk-package-look = The disk of the package is { $percent } % full ({ $free } free). Make room in time.
resource-disk-package-broken = The disk of the package is { $percent } % full ({ $free } free). Databases stop when they can no longer write: make room now.
resource-disk-folder-look = The disk of the package is { $percent } % full ({ $free } free). Of its folders { $folder } is the largest ({ $bytes }). Make room in time.
resource-disk-folder-broken = The disk of the package is { $percent } % full ({ $free } free). Of its folders { $folder } is the largest ({ $bytes }). Databases stop when they can no longer write: make room now.
resource-memory = { $service } uses { $used } of the { $limit } it may have. At the limit the system ends it. Ask the vendor whether it may have more.
resource-log = The log of { $service } has grown to { $bytes } and nothing limits it. Ask the vendor to set max-size in its logging options.

# The handover page, printed for whoever looks after the computer
handover-title = { $title }: handover
handover-made = Written { $time } by Quayside for the people who look after this computer.
handover-open = Where it is opened
handover-from = From
handover-here = This computer
handover-others = Other computers in the network
handover-service = Service
handover-address = Address
handover-services = Services
handover-state = State when this was written
handover-image = Image
handover-data = Where the data is
handover-place = Place
handover-size = Size
handover-volume = Docker volume { $name }
handover-no-data = The package keeps no data outside its containers.
handover-data-note = Back up these places. A backup of a running database may be useless: stop the services first, or use the database’s own backup.
handover-operate = Start and stop
handover-operate-window = In the window: open Quayside, go to Overview, press Start all or Stop all. Stopping keeps all data.
handover-operate-terminal = In a terminal:
handover-checks = Checks
handover-checks-passed = { $count ->
    [one] 1 check passed
   *[other] { $count } checks passed
}, { $others ->
    [0] and nothing else was found.
    [one] and 1 did not:
   *[other] and { $others } did not:
}
handover-checks-open = To know
handover-checks-good = Passed
handover-versions = Versions
handover-package = Package
handover-system = System
handover-support = Support
handover-no-support = The package names nobody. Ask whoever delivered it.
