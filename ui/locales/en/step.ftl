# Titles of steps.
step-environment = Look at this computer
step-directories = Create folders
step-scripts = Prepare scripts
step-images = Load images
step-tags = Name the images
step-ports = Check the ports again
step-start = Start the services
step-ready = Wait until ready
step-report = Report
step-stop = Stop the services
step-remove = Remove the containers
step-fix = Put it right
step-undo = Put it back as it was
step-recheck = Check again

# What a step did, or is doing.
environment-done = Docker { $version }, { $platform }, Compose { $compose }
directories-done = { $count ->
    [one] 1 folder created
   *[other] { $count } folders created
}
directories-present = { $count ->
    [0] No folders are needed
   *[other] All folders are there
}
directory-created = Created: { $path }
directory-exists = Exists: { $path }
directory-file-missing = { $path } should be a file of the package and is missing. { $services } cannot start without it.
directory-outside = { $path } is outside the package and missing. Quayside creates nothing there by itself.
directory-missing = Missing: { $path }
scripts-done = { $count ->
    [one] 1 script made executable
   *[other] { $count } scripts made executable
}
scripts-present = Nothing to do
images-done = { $loaded } loaded, { $present } were there
load-sending = Handing { $file } to Docker
load-unpacking = Docker is unpacking, { $seconds } so far
load-unpacking-bytes = Docker is unpacking: { $done } of { $total }
load-unpacking-expected = Docker is unpacking, { $seconds } so far. Here it takes about { $expected }.
load-cancelled = Cancelled. Images that were complete stay in Docker. What was handed over in part, Docker throws away by itself, within a day at the latest; the next run sends it again.
load-cancelled-unpacking = { $count ->
    [one] Cancelled. Docker finishes unpacking { $files } by itself and keeps it; the next run finds it there and goes on.
   *[other] Cancelled. Docker finishes unpacking { $files } by itself and keeps them; the next run finds them there and goes on.
}
load-stalled = Docker has taken nothing for { $seconds }. Large images take their time; Cancel stops waiting and loses nothing.
load-checksum = The file is not the one the vendor made: its checksum is another one than quayside.yaml gives. Copy it again from the vendor's medium; if that does not help, ask the vendor for the file.
load-damaged = a part of it is not what the vendor packed, so it was damaged on the way.
load-not-found = Docker accepted the file, but the image is not there afterwards.
tags-done = { $count ->
    [0] All names were set
    [one] 1 name added
   *[other] { $count } names added
}
tag-not-loaded = The image is not loaded.
ports-done = { $count ->
    [one] { $ports } is free or ours
   *[other] { $ports } are free or ours
}
ports-none = No ports are published
start-running = Docker is starting the services in the right order
start-done = Started
start-incomplete = Not everything could be started
start-out-of-time = Not everything was started in the time given
ready-waiting = Waiting for the services
ready-done = { $running } of { $total } ready
ready-not = { $running } of { $total } ready
report-links = Open: { $links }
report-no-links = This package has no page to open.
report-not-yet = There is no page to open yet.
stop-done = { $count ->
    [one] 1 container stopped
   *[other] { $count } containers stopped
}
remove-done = Containers and networks are removed. Volumes and data stay.
restart-done = { $service } was restarted
restart-ready = { $service } is ready

# What deploy would do.
plan-environment = Look at this computer; nothing is changed if something is in the way.
plan-create-for = { $path }, for the user { $user } ({ $owner }) of its service
plan-directories = { $count ->
    [0] Create no folders: all are there.
    [one] Create 1 folder.
   *[other] Create { $count } folders.
}
plan-scripts = { $count ->
    [0] Change no scripts.
    [one] Make 1 script executable.
   *[other] Make { $count } scripts executable.
}
plan-images = { $count ->
    [0] Load no images: Docker has them all.
    [one] Load 1 image file, { $size }.
   *[other] Load { $count } image files, { $size }.
}
plan-images-missing = { $count ->
    [0] Load no images. Not found in the package or in Docker: { $missing }.
    [one] Load 1 image file, { $size }. Not found in the package or in Docker: { $missing }.
   *[other] Load { $count } image files, { $size }. Not found in the package or in Docker: { $missing }.
}
plan-tags = { $count ->
    [0] Add no image names.
    [one] Add 1 image name.
   *[other] Add { $count } image names.
}
plan-ports = { $count ->
    [0] Use no ports of this computer.
    [one] Use port { $ports }.
   *[other] Use ports { $ports }.
}
plan-start = { $count ->
    [0] All services run already; only what has changed is replaced.
    [one] Start 1 service.
   *[other] Start { $count } services, each after what it depends on.
}
plan-ready = Wait until they are ready.
plan-report = Say how it went and where to open it.
plan-create = Create { $path }
plan-executable = Make { $path } executable
plan-load = Load { $file } ({ $size })
plan-tag = Name { $source } also { $target }
plan-start-new = Start { $service } in a new container
plan-start-again = Start { $service } again
plan-start-runs = { $service } runs already

fix-done = { $effect }
undo-done = Put back: { $effect }
undo-partly = Put back as far as possible. { $reason }
recheck-done = { $count ->
    [0] The check passes now.
    [one] 1 thing is still to be done.
   *[other] { $count } things are still to be done.
}
undo-preparations = The folders that were created for the deployment, and the scripts that were made executable.
