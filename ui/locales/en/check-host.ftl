# Checks about host: one message per id, as in check.ftl, and what their fixes do.

check-disk-inodes =
    .block = Docker's disk can take no more files
    .warn = Docker's disk can take only { $files } more files
    .why = The disk that holds { $path } has room left, but only for { $files } more files, and images are made of many small ones.
    .found = room for { $files } files
    .required = room for at least { $wanted } files
    .step-1 = Find out with the administrator of this computer what fills the disk with small files, for example: df -i "{ $path }"
    .step-2 = Then check again.
check-disk-readonly_or_io =
    .block = Nothing can be written to Docker's disk
    .block-package = Nothing can be written to the package's disk
    .unknown = The disk that holds the package could not be looked at
    .why = The disk that holds { $path } is read-only. Linux makes it so when the disk fails.
    .block-package-why = Services of this package write into its folder, and the disk that holds { $path } is read-only: it was mounted that way, or it fails.
    .unknown-why = Nobody can say whether data can be written: { $reason }.
    .found = read-only
    .unknown-found = not seen
    .required = a disk that can be written to
    .step-1 = Save what is on the disk, and ask the administrator of this computer to look at it: dmesg names disks that fail.
    .block-package-step-1 = Copy the package to a disk of this computer and open it there, or ask the administrator of this computer to look at the disk.
    .unknown-step-1 = If the package is on a network drive, check the connection.
    .step-2 = Then check again.

check-engine-api_version_mismatch =
    .block-old = Docker { $version } is too old
    .block-vendor = Docker { $version } is older than this package needs
    .block-compose = This Compose is too old for Docker { $version }
    .why = Quayside and the services of today's packages need features that came with Docker 20.10.
    .block-vendor-why = The vendor says that this package needs Docker { $wanted } or newer.
    .block-compose-why = Compose v1 ended in 2021. Docker { $version } no longer understands what it says.
    .found = Docker { $version }
    .block-compose-found = Compose v1, and a Docker that begins at API { $api }
    .required = Docker 20.10 or newer
    .block-vendor-required = Docker { $wanted } or newer
    .block-compose-required = Compose v2
    .step-1 = Ask the vendor for installation files of a newer Docker for this system, or update it from your software source. Images and data stay.
    .block-compose-step-1 = Install Compose v2 (docker-compose-plugin or docker-compose-v2) from your software source, or ask the vendor for it.
    .step-2 = Then check again.
check-engine-podman =
    .warn = Podman { $version } answers in the place of Docker
    .why = Podman does most of what Docker does, but not all. Vendors test their packages with Docker.
    .found = Podman { $version }
    .required = Docker
    .step-1 = If something does not work that should, ask the vendor whether the package supports Podman.
check-engine-storage_driver =
    .warn = Docker stores its data with { $driver }, which is slow or no longer maintained
    .warn-type = Docker's disk is formatted in a way that damages images
    .warn-store = Docker keeps its images in another place than before
    .why = { $driver } was made for special cases or for old systems. Everything takes longer and more room.
    .warn-type-why = Docker's folder is on { $filesystem } that was formatted with ftype=0. Files that a service removes may come back, and folders may not be removed.
    .warn-store-why = After an update or a change of its settings, Docker no longer shows images that were loaded before. They are not lost, and volumes stay. Deploying loads the package's images again.
    .found = { $driver }
    .warn-type-found = { $filesystem } with ftype=0
    .required = overlay2, or the containerd store
    .warn-type-required = ext4, or xfs with ftype=1
    .warn-store-required = the store that was used before
    .step-1 = Ask the administrator of this computer or the vendor before changing it: with another driver Docker shows none of today's images and containers.
    .warn-type-step-1 = Ask the administrator of this computer for another disk for Docker's data before important data is on this one.
    .warn-store-step-1 = Deploy the package. If containers of other packages are missing too, tell their administrators before anything is cleaned up.
check-engine-cgroup_runtime =
    .warn = Docker here does not keep the limits of this package
    .why = The compose file limits memory or processors, and the kernel (cgroup { $version }) does not let Docker hold services to it. A service may take everything.
    .found = limits without effect
    .required = a kernel that keeps limits
    .step-1 = Ask the administrator of this computer to switch on the memory and cpu controllers of cgroups.
check-engine-autostart =
    .warn = Docker does not start with this computer
    .warn-user = Docker does not start with this computer, only when { $user } logs in
    .warn-desktop = Docker Desktop does not start by itself
    .why = The services of this package are meant to come back after a restart of the computer. They come back only when Docker does.
    .found = starts by hand
    .warn-user-found = starts with a login
    .required = starts with the computer
    .warn-desktop-required = starts with a login
    .step-1 = Switch it on with: sudo systemctl enable { $unit }
    .warn-user-step-1 = Switch it on with: systemctl --user enable docker
    .warn-user-step-2 = Let it start without a login: sudo loginctl enable-linger { $user }
    .warn-desktop-step-1 = In Docker Desktop switch on Settings, General, "Start Docker Desktop when you sign in".
check-host-vm_max_map_count =
    .pass = The kernel has enough memory maps for { $services }
    .warn = The kernel allows fewer memory maps than { $services } wants
    .block = The kernel allows fewer memory maps than { $services } needs
    .why = A search engine maps many files into memory. With vm.max_map_count below { $wanted } it warns, and ends as soon as it is one of several.
    .block-why = A search engine maps many files into memory. With vm.max_map_count below { $wanted } it ends right after its start.
    .found = vm.max_map_count = { $value }
    .required = vm.max_map_count = { $wanted }
    .step-1 = Set it now: sudo sysctl -w vm.max_map_count={ $wanted }
    .step-2 = Keep it after a restart: write the line vm.max_map_count = { $wanted } into { $file }
    .step-3 = Then check again.
check-host-overcommit =
    .pass = { $services } may fail to save its data when memory is short; vm.overcommit_memory = 1 would prevent it
check-host-inotify_limit =
    .warn = The kernel lets { $services } watch only { $value } files
    .why = { $services } watches files for changes. When the limit is reached it says that no space is left, although the disk has room.
    .found = { $setting } = { $value }
    .required = { $setting } = { $wanted }
    .step-1 = Set it now: sudo sysctl -w { $setting }={ $wanted }
check-limit-nofile =
    .block = { $service } asks for more open files than the kernel allows
    .why = Docker cannot start a service that asks for more than fs.nr_open.
    .found = fs.nr_open = { $value }
    .required = { $wanted }
    .step-1 = Raise it: sudo sysctl -w fs.nr_open={ $wanted }
    .step-2 = Then check again.
check-host-cpu_unsupported =
    .block = The processor of this computer cannot run { $service }
    .warn = The processor of this computer may not be able to run { $service }
    .why = { $image } needs { $ability }, which this processor does not have or a virtual machine hides. The service would end at once.
    .found = a processor without { $ability }
    .required = a processor with { $ability }
    .step-1 = If this is a virtual machine, ask its administrator to set the processor type to "host".
    .step-2 = Otherwise ask the vendor for a package for older processors.
check-host-low_memory =
    .pass = Docker can use { $found } of memory, { $wanted } are needed
    .block = Docker can use too little memory: { $found } instead of { $wanted }
    .block-machine = Docker's virtual machine has too little memory: { $found } instead of { $wanted }
    .warn = Services of this package count on { $wanted } of memory, and Docker can use { $found }
    .warn-machine = Services of this package count on { $wanted } of memory, and Docker's virtual machine has { $found }
    .warn-limit = { $service } may use more memory than there is
    .why = Without enough memory, services are ended in the middle of their work.
    .warn-limit-why = { $service } is limited to { $wanted }, and Docker can use { $found }. The limit protects nobody: when memory is short, any service may be ended.
    .found = { $found }
    .required = { $wanted }
    .step-1 = Give this computer more memory, or ask the vendor for a smaller configuration.
    .block-machine-step-1 = Give Docker's virtual machine more memory. For Docker Desktop: Settings, Resources.
    .warn-machine-step-1 = Give Docker's virtual machine more memory. For Docker Desktop: Settings, Resources.
    .warn-limit-step-1 = Ask the vendor how much memory { $service } needs.
check-host-low_cpu =
    .block = Docker can use { $found } processors, and this package needs { $wanted }
    .block-limit = { $service } is limited to { $wanted } processors, and Docker can use only { $found }
    .warn-limit = { $service } is limited to { $wanted } processors, and Docker can use only { $found }
    .why = The vendor says that the services are too slow with fewer.
    .block-limit-why = Docker refuses to start a service with a limit higher than the number of processors.
    .warn-limit-why = Docker refuses such a limit where Compose hands it on.
    .found = { $found }
    .required = { $wanted }
    .step-1 = Give this computer or virtual machine more processors, or ask the vendor for a smaller configuration.
    .step-2 = Then check again.
check-gpu-toolkit_missing =
    .pass = Docker can hand out the graphics card that { $services } needs
    .block = Docker cannot hand out the graphics card that { $services } needs
    .block-runtime = Docker does not know the runtime { $runtime } that { $services } needs
    .unknown = Whether Docker can hand out a graphics card cannot be seen from here
    .why = { $services } asks for a graphics card. For that Docker needs the NVIDIA Container Toolkit, which it does not find.
    .block-runtime-why = Docker refuses to start a service with a runtime it does not know.
    .unknown-why = { $services } asks for a graphics card, and Docker runs elsewhere.
    .found = no NVIDIA Container Toolkit
    .block-runtime-found = no runtime { $runtime }
    .unknown-found = not seen
    .required = the NVIDIA Container Toolkit
    .block-runtime-required = the runtime { $runtime }
    .unknown-required = the NVIDIA Container Toolkit
    .step-1 = Ask the vendor for the package nvidia-container-toolkit for this system, or install it from your software source, and restart Docker.
    .block-runtime-step-1 = Ask the vendor how the runtime { $runtime } is installed.
    .unknown-step-1 = Make sure that the computer that runs Docker has the NVIDIA driver and the NVIDIA Container Toolkit.
    .step-2 = If there is no graphics card here, ask the vendor whether the package also runs without one.
check-gpu-driver_unavailable =
    .pass = The graphics card that { $services } needs is there
    .block = The driver of the graphics card is not loaded
    .warn = The driver of the graphics card has a problem
    .why = { $services } asks for a graphics card, and the kernel has no NVIDIA driver loaded. The service would not start.
    .warn-why = { $services } asks for a graphics card, and its driver says: { $words }
    .found = no NVIDIA driver
    .warn-found = { $words }
    .required = an NVIDIA driver that answers
    .step-1 = Install the NVIDIA driver for this system, and restart the computer.
    .warn-step-1 = Restart the computer: after an update the driver and its tools are of different versions until then.
    .step-2 = If there is no graphics card here, ask the vendor whether the package also runs without one.
check-host-clock_skew =
    .pass = The clock of this computer is set over the network
    .pass-alone = The clock of this computer looks right; nothing sets it over the network
    .warn = The clock of this computer is wrong: { $now }
    .warn-package = The clock of this computer may be wrong: { $now }
    .why = This Quayside was made after that. With a wrong clock, certificates count as invalid and logs mislead.
    .warn-package-why = A file of the package is newer: { $since }. With a wrong clock, certificates count as invalid and logs mislead.
    .found = { $now }
    .required = later than { $since }
    .step-1 = { $synchronised ->
        [yes] The clock is set over the network, so ask whoever looks after the time server. To set it by hand: { $command } "2026-12-31 12:00"
        [no] Nothing sets the clock over the network. Set it, for example: { $command } "2026-12-31 12:00"
       *[unknown] Set the clock, for example: { $command } "2026-12-31 12:00"
    }
fix-relabel = { $count ->
    [one] Label 1 file in { $folder } so that SELinux lets containers use it.
   *[other] Label { $count } files and folders in { $folder } so that SELinux lets containers use them.
}
check-perm-selinux =
    .warn = SELinux may keep services from { $count ->
        [one] { $path }
       *[other] { $count } folders and files of this package
    }
    .why = SELinux is on, and the compose file does not label what it mounts (":z"). A service then gets "permission denied", although every permission looks right.
    .found = mounts without a label
    .required = mounts that are labelled for containers
    .step-1 = { $how ->
        [fix] Let Quayside label the files of the package for containers.
       *[hand] If a service is denied a file, label the package's folder: sudo chcon -R -t container_file_t "{ $folder }"
    }
    .step-2 = Do not switch SELinux off.
check-perm-apparmor =
    .warn = Two Dockers are installed: one of the system, one of snap
    .why = They stand in each other's way: each restricts programs of the other, and containers then cannot be stopped.
    .found = docker of snap beside docker of the system
    .required = one Docker
    .step-1 = Find out which of them is used (docker info), and ask the administrator of this computer to switch off the other. Its data stays.
check-port-privileged =
    .block = Docker here may not use port { $ports }
    .why = Docker runs as an ordinary user, and ports below { $start } are kept for administrators.
    .found = ports from { $start }
    .required = { $count ->
        [one] port { $ports }
       *[other] ports { $ports }
    }
    .step-1 = Choose a port from 1024 on in the package's .env file, or allow the lower one: sudo sysctl -w net.ipv4.ip_unprivileged_port_start={ $first }
    .step-2 = Then check again.
check-mount-source_uncreatable =
    .block-snap = Docker cannot see the package in { $path }
    .why = This Docker was installed by snap and sees only home folders and removable drives. Services would find empty folders.
    .found = { $path }
    .required = a folder below /home
    .step-1 = Copy the package into a home folder and open it there.
check-mount-denied_desktop =
    .warn = Docker Desktop may not see the package in { $path }
    .why = Docker Desktop shares only some folders with services, and { $path } is not among the usual ones. Services would not start.
    .found = { $path }
    .required = a folder that is shared
    .step-1 = Add { $path } in Docker Desktop under Settings, Resources, File sharing, or copy the package into your home folder.
fix-no-proxy = Let { $services } reach the other services without the proxy: write NO_PROXY into { $place }, which Compose reads over the vendor's file.
check-net-proxy =
    .warn = A proxy stands between the services of this package
    .warn-file = Docker hands a proxy to the services of this package
    .why = { $services } would ask the proxy for the other services, which the proxy does not know.
    .found = service names that are not excepted from the proxy
    .required = NO_PROXY with { $names }
    .step-1 = { $how ->
        [fix] Let Quayside add the names to NO_PROXY, in a file beside the vendor's.
       *[hand] Ask the vendor to add to NO_PROXY: localhost,127.0.0.1,{ $names }
    }
    .warn-file-step-1 = Add to "noProxy" in { $file }: localhost,127.0.0.1,{ $names }
check-compose-version_unsupported =
    .block = Compose { $version } is older than this package needs
    .why = The vendor says that this package needs Compose { $wanted } or newer.
    .found = Compose { $version }
    .required = Compose { $wanted } or newer
    .step-1 = Update docker-compose-plugin from your software source, or ask the vendor for a newer Compose.
    .step-2 = Then check again.

fix-install-packages = { $count ->
    [one] Install 1 package from { $folder } as administrator. This cannot be undone here.
   *[other] Install { $count } packages from { $folder } as administrator. This cannot be undone here.
}
fix-sysctl = Set { $setting } to { $value } on this computer, now and after a restart.
fix-enable-unit = Let { $unit } start with this computer.
fix-copy-compose = Copy Compose from { $program } to { $place }, where Docker finds it.
check-reboot-comes_back =
    .pass = After a power cut everything comes back by itself
    .unknown = Whether everything comes back after a power cut could not be looked at: { $reason }
    .warn = { $count ->
        [one] After a power cut { $services } stays down
       *[other] After a power cut these stay down: { $services }
    }
    .why = Docker starts again only what the compose file says to start again. Somebody has to press Start after every restart of this computer.
    .found = no restart policy
    .required = restart: unless-stopped
    .step-1 = Ask the vendor for a restart policy (restart: unless-stopped). Until then, start the services after every restart of this computer.
    .warn-network = After a power cut { $mount } may come too late: it is on another computer
    .warn-removable = After a power cut { $mount } may not be there: it can be pulled out
    .warn-by-hand = After a power cut { $mount } is not there until somebody connects it
    .warn-may-be-missing = After a power cut { $mount } may come too late: this computer does not wait for it
    .warn-network-why = Docker does not wait for it. { $services } would start on an empty folder in its place, as if all data were gone.
    .warn-removable-why = Docker does not wait for it. { $services } would start on an empty folder in its place, as if all data were gone.
    .warn-by-hand-why = Docker does not wait for it. { $services } would start on an empty folder in its place, as if all data were gone.
    .warn-may-be-missing-why = Docker does not wait for it. { $services } would start on an empty folder in its place, as if all data were gone.
    .warn-network-found = a network drive
    .warn-removable-found = a removable disk
    .warn-by-hand-found = not connected by the system itself
    .warn-may-be-missing-found = nofail in /etc/fstab
    .warn-network-required = a disk that is there before Docker
    .warn-removable-required = a disk that is there before Docker
    .warn-by-hand-required = a disk that is there before Docker
    .warn-may-be-missing-required = a disk that is there before Docker
    .warn-network-step-1 = Keep the package on a disk inside this computer, or ask the administrator to let Docker wait for the drive (RequiresMountsFor={ $mount } for docker.service).
    .warn-removable-step-1 = Copy the package to a disk inside this computer.
    .warn-by-hand-step-1 = Ask the administrator of this computer to enter the disk in /etc/fstab, so that it is there before Docker.
    .warn-may-be-missing-step-1 = Ask the administrator to let Docker wait for the disk (RequiresMountsFor={ $mount } for docker.service).
