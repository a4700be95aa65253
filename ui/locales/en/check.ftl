# Checks: one message per id (dots as dashes). The sentence per state, why it matters, what was found and is needed,
# and numbered steps.

check-engine-not_running =
    .pass = Docker { $version } is running ({ $platform })
    .block = Docker is not running
    .why = Docker runs the services of this package. Without it nothing can be checked or started.
    .found = { $error }
    .required = a running Docker
    .step-1 = { $remedy }
    .step-2 = Then check again.
check-engine-not_installed =
    .block = Docker is not installed
    .block-packages = Docker is not installed, but its installation files are beside the package
    .block-incomplete = Docker is not installed, and some of its installation files are missing
    .block-refused = Docker is not installed, and its installation files cannot be installed as they are
    .block-unfit = Docker is not installed, and the installation files beside the package are for another system
    .block-release = Docker is not installed, and the installation files beside the package are for another system
    .block-elsewhere = Docker is not installed
    .why = Docker runs the services of this package. Without it nothing can be started.
    .found = no Docker on this computer
    .block-unfit-found = { $found }
    .block-release-found = they need { $needs }, and this computer has { $has }
    .block-incomplete-found = { $count ->
        [one] 1 installation file in { $folder }
       *[other] { $count } installation files in { $folder }
    }
    .block-refused-found = { $reason }
    .required = Docker 20.10 or newer
    .block-incomplete-required = also { $names }
    .block-unfit-required = installation files for { $system } ({ $arch })
    .block-release-required = installation files for { $system } ({ $arch })
    .step-1 = Ask the vendor for these installation files for { $system } ({ $arch }): { $files }. Put them into a folder packages beside the package.
    .block-packages-step-1 = Let Quayside install the { $count } files in { $folder }, or have an administrator run: { $command }
    .block-incomplete-step-1 = Ask the vendor for the installation { $missing ->
        [one] file
       *[other] files
    } of { $names }, for { $system } ({ $arch }), and put { $missing ->
        [one] it
       *[other] them
    } into { $folder }.
    .block-refused-step-1 = Show this to an administrator of this computer, or ask the vendor for installation files for { $system } ({ $arch }): { $files }.
    .block-elsewhere-step-1 = Ask the vendor for Docker Desktop for this system, or have an administrator install it.
    .step-2 = If this computer has a software source, the packages docker.io (Debian, Ubuntu) or docker-ce can be installed from there instead.
    .block-packages-step-2 = Nothing is fetched from a network for that.
    .block-elsewhere-step-2 = Start it, and wait until it says that the engine is running.
    .step-3 = Then check again.
check-engine-desktop_not_started =
    .block = Docker Desktop is not started
    .why = Docker runs the services of this package. Without it nothing can be checked or started.
    .found = { $error }
    .required = a running Docker Desktop
    .step-1 = { $remedy }
    .step-2 = Then check again.
check-engine-socket_permission =
    .block = This user may not use Docker
    .block-group = This user may not use Docker
    .block-login = This user may use Docker only after logging in again
    .why = Docker is running, but only administrators and members of the group docker may use it.
    .block-group-why = Docker is running, but only administrators and members of the group { $group } may use it. { $count ->
        [0] Nobody is in it yet.
        [one] In it is { $members }.
       *[other] In it are { $members }.
    }
    .block-login-why = { $user } has been put into the group { $group }, but this session was begun before.
    .found = { $error }
    .required = permission to use Docker
    .step-1 = { $remedy }
    .block-login-step-1 = Log out and in again, or restart the computer.
    .step-2 = Then open Quayside again.
check-compose-missing =
    .pass = Compose { $version } is installed
    .block = Docker Compose is not installed
    .block-rpm = Docker Compose is not installed
    .block-elsewhere = Docker Compose is not installed
    .block-beside = Docker Compose is not installed, but it is beside the package
    .block-broken = Docker Compose is there but does not start
    .why = Compose starts the services of a package together. Docker alone cannot do that.
    .found = no Compose
    .block-broken-found = { $reason }
    .required = Compose v2, or v1 1.29
    .step-1 = Install the package docker-compose-plugin, docker-compose-v2 or docker-compose from your software source, or ask the vendor for it.
    .block-rpm-step-1 = Install the package docker-compose-plugin from your software source, or ask the vendor for it.
    .block-elsewhere-step-1 = Compose comes with Docker Desktop: install or repair that, or ask the vendor.
    .block-beside-step-1 = Let Quayside copy { $program } to where Docker finds it.
    .block-broken-step-1 = Ask the administrator of this computer to install Compose again, or ask the vendor for it.
    .step-2 = Then check again.
check-perm-entrypoint_not_executable =
    .pass = { $count ->
        [0] Scripts are executable
        [one] 1 script will be made executable
       *[other] { $count } scripts will be made executable
    }
    .unknown = The scripts of the package could not be looked at
    .unknown-why = Nobody can say whether they are executable: { $reason }.
    .unknown-step-1 = If the package is on a network drive, check the connection, then check again.
    .warn = A script is not executable: { $path }
    .why = It belongs to another user, so Quayside cannot change it. The service that runs it may not start.
    .found = not executable
    .required = executable
    .step-1 = Ask its owner or an administrator to run: chmod a+x "{ $path }"
check-image-missing =
    .pass = All { $images } images are in the package or in Docker; no internet is needed
    .unknown = What images Docker has could not be looked at
    .unknown-why = Nobody can say whether anything has to be fetched: { $reason }.
    .unknown-step-1 = Check again. If it stays so, restart Docker or the computer.
    .block = The image { $image } is missing from the package
    .block-unusable = The image { $image } was not found, and { $count ->
        [one] a file that may hold it cannot be used: { $files }
       *[other] files that may hold it cannot be used: { $files }
    }
    .block-build = The image { $image } would have to be built
    .block-digest = The image { $image } is named by a digest
    .block-not-loaded = The image { $image } is not loaded yet
    .block-provider = { $services } would come from elsewhere: { $image }
    .block-model = The language model { $image } would be fetched from the internet
    .block-pull-policy = The image { $image } would be looked for on the internet
    .why = { $services } needs it. It would have to come from the internet, so nothing is started.
    .block-build-why = { $services } would have to be built here, and building needs the internet.
    .block-digest-why = { $services } asks for it by a digest. An image that comes from a file never has that digest, so Docker would look for it on the internet.
    .block-provider-why = Another program is to provide { $services }, over the network. Nothing is started.
    .block-provider-found = provider: { $image }
    .block-provider-required = a service that runs from an image
    .block-provider-step-1 = Ask the vendor for a package that needs no provider.
    .block-model-why = { $services } needs it, and it is in no package. Nothing is started.
    .block-model-found = models: { $image }
    .block-model-required = a service that brings its model
    .block-model-step-1 = Ask the vendor for a package that brings the model { $image }.
    .block-pull-policy-why = { $services } has "pull_policy: { $policy }" in the compose file, which needs the internet although the image is here.
    .block-not-loaded-why = { $services } needs it. Starting loads nothing; deploying does.
    .found = neither in the package nor in Docker
    .required = an image file in the folder images
    .block-unusable-found = not in Docker, and not in the files that can be used
    .block-not-loaded-found = in the package, not in Docker
    .block-not-loaded-required = loaded into Docker
    .step-1 = Ask the vendor for the image file of { $image }, and put it into the folder images of the package.
    .block-unusable-step-1 = Copy { $files } again from the vendor's medium: the copy here is damaged or is no image file. What exactly is wrong stands with the warnings below.
    .block-not-loaded-step-1 = Deploy the package: that loads its images and starts it.
    .block-digest-step-1 = Ask the vendor to name the image { $image } by a tag.
    .block-pull-policy-step-1 = Ask the vendor for a package without "pull_policy: { $policy }".
    .step-2 = Then check again.
check-image-arch_mismatch =
    .block = { $archive } is made for { $platform }, Docker here is { $engine }
    .block-loaded = { $image } is made for { $platform }, Docker here is { $engine }
    .why = { $services } cannot run here: programs for another kind of processor do not start.
    .found = { $platform }
    .required = { $engine }
    .step-1 = Ask the vendor for the package for { $engine }.
check-container-name_conflict =
    .pass = The names of this package are free
    .unknown = The containers of Docker could not be looked at
    .unknown-why = Nobody can say whether the names of this package are free: { $reason }.
    .unknown-step-1 = Check again. If it stays so, restart Docker or the computer.
    .block = The container name { $name } is taken
    .block-alone = The container name { $name } is taken
    .block-own = The container name { $name } is taken by a left-over of this package
    .block-twice = Several services want the container name { $name }: { $services }
    .block-replicas = { $services } has a container name and is to run several times
    .block-project = The project name { $project } is in use by another folder
    .block-version = Another version of this package is in use: { $version }
    .warn-moved = This package was moved: its containers come from { $folder }
    .why = A container of the project { $project } has this name, and Docker allows every name once.
    .block-alone-why = { $running ->
        [yes] A container that runs and was made without Compose has this name, and Docker allows every name once.
       *[no] A container that was made without Compose has this name, and Docker allows every name once.
    }
    .block-own-why = A service that the compose file no longer has left it behind, and Docker allows every name once.
    .block-twice-why = Docker allows every name once, so only one of them could start.
    .block-replicas-why = Docker allows every name once, so only one of them could start.
    .block-version-why = { $count } containers were made from { $folder }, version { $version }; this folder is version { $own }. Starting from here would replace them, while their data stays in the other folder.
    .warn-moved-why = That folder is gone. Deploying from here replaces the containers; what lies in the folders of the package has to have been moved with it.
    .block-project-why = { $count } containers of the same project name were made from { $folder }. Starting from here would replace them.
    .step-1 = Find out who needs that container. If nobody does, remove it; its data stays.
    .block-own-step-1 = Remove the containers of this package (volumes and data stay), then deploy it again.
    .block-twice-step-1 = Ask the vendor for a package in which every container has a name of its own.
    .block-replicas-step-1 = Ask the vendor to leave out the name of the container, or to run it once.
    .block-version-step-1 = To go on with version { $version }, open { $folder } in Quayside. Its data is there.
    .block-version-step-2 = To change to version { $own }, ask the vendor how the data is taken over. To run both, set COMPOSE_PROJECT_NAME in this package's .env file to another name.
    .warn-moved-step-1 = Check that the data folders of the package are here too, then deploy.
    .warn-moved-step-2 = If the folder is on a disk that is not connected, connect it and use the package there.
    .block-project-step-1 = If that is an earlier version of this package, its data is in { $folder }. Open that folder in Quayside to manage it.
    .block-project-step-2 = To run both, set COMPOSE_PROJECT_NAME in this package's .env file to another name.
    .step-2 = Then check again.
check-compose-external_missing =
    .unknown = The volumes of Docker could not be looked at
    .unknown-why = Nobody can say whether those that the package expects are there: { $reason }.
    .unknown-step-1 = Check again. If it stays so, restart Docker or the computer.
    .block = The network { $name } does not exist
    .block-volume = The volume { $name } does not exist
    .why = The package expects it to be there and does not create it.
    .block-volume-why = The package expects it to be there with data in it and does not create it. An empty one would hide that the data is elsewhere.
    .step-1 = Create it with: docker network create "{ $name }"
    .block-volume-step-1 = Ask the vendor where the data of { $name } is.
    .step-2 = Then check again.
check-disk-full =
    .pass = { $free } are free on Docker's disk, { $needed } are needed
    .block = Not enough room on Docker's disk: { $missing } are missing
    .block-data = Not enough room for the data of this package: { $missing } are missing
    .block-quota = Docker may not use as much of the disk as it needs
    .warn = Docker's disk will be almost full: { $left } will be left
    .warn-package = The package's disk is almost full: { $left } are left
    .warn-quota = A quota on the package's disk is used up
    .unknown = The room on Docker's disk could not be looked at
    .unknown-elsewhere = Docker keeps its images elsewhere; whether { $needed } fit there cannot be seen from here
    .why = Docker keeps its images in { $path }. A disk that runs full in the middle leaves half-loaded images behind.
    .block-data-why = The vendor says that { $needed } have to be free for data, and that many are not left on the disk that holds { $path }.
    .block-quota-why = The disk that holds { $path } has { $free } free, but gives less when it is asked: a quota.
    .warn-why = Services write logs and data from their first second. A full disk stops them, and may damage a database.
    .warn-package-why = Services write data into the package's folder. A full disk stops them, and may damage a database.
    .warn-quota-why = The disk that holds { $path } has { $free } free, but gives nothing more: a quota. Services could not write their data.
    .unknown-why = Nobody can say whether the images fit: { $reason }.
    .unknown-elsewhere-why = Docker runs in { $place }, with a disk of its own.
    .found = { $free } free in { $path }
    .unknown-found = not seen
    .unknown-elsewhere-found = not seen
    .required = { $needed }
    .warn-required = { $tight } left over
    .warn-package-required = { $tight } left over
    .warn-quota-required = room for data
    .unknown-required = room for the images
    .block-data-step-1 = Free { $missing } on the disk that holds { $path }, or move the package to a larger disk before it is deployed.
    .block-quota-step-1 = Ask the administrator of this computer for a quota of at least { $needed } for { $path }.
    .warn-step-1 = Free room on the disk that holds { $path }, soon. Do not delete anything inside that folder.
    .warn-package-step-1 = Free room on the disk that holds { $path }, soon. Do not delete data of the package.
    .warn-quota-step-1 = Ask the administrator of this computer for a larger quota for { $path }.
    .unknown-step-1 = Make sure that there is room on the disk that holds Docker's images.
    .unknown-elsewhere-step-1 = Make sure that { $needed } are free there. For Docker Desktop the limit is in Settings, Resources.
    .step-1 = Free { $missing } on the disk that holds { $path }. Do not delete anything inside that folder.
    .step-2 = Then check again.

# Who holds a port.
holder-service = { $name } of this package
holder-container = the container { $name }
holder-container-project = the container { $name } of the project { $project }
holder-process = { $name } (process { $pid })
holder-hidden = a program that this user may not see

# Why something could not be looked at.
blind-timed-out = no answer within { $after }
blind-failed = { $reason }

# What a fix does, as a sentence that is shown before and after it is done.
fix-make-network = Create the Docker network { $name }.
