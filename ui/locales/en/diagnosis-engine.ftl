# Diagnoses 101 to 128: the engine and the computer. How attributes are chosen stands in diagnosis.ftl.

diagnosis-engine-not_installed =
    .title = Docker is not installed on this computer
    .why = Docker runs the services of this package. Without it nothing can be started.
    .step-1 = Ask the vendor for the installation files of Docker for this system, and put them into a folder packages beside the package. Quayside finds them there.
    .step-2 = If this computer has a software source, an administrator can instead install docker.io (Debian, Ubuntu) or docker-ce from there.
    .step-3 = If Docker was here before, leave /var/lib/docker as it is: images and data are in it and appear again with Docker.
    .step-4 = Then check again.
    .windows-step-1 = Ask the vendor for the installation file of Docker Desktop for Windows, and have an administrator install it.
    .windows-step-2 = Restart the computer when the installation asks for it. Then start Docker Desktop, and wait until it says that the engine is running.
    .windows-step-3 = Then check again.
    .macos-step-1 = Ask the vendor for the installation file of Docker Desktop for Mac, for the processor of this Mac (Apple or Intel), and have an administrator install it.
    .macos-step-2 = Start Docker Desktop from Applications, and wait until it says that the engine is running.
    .macos-step-3 = Then check again.

diagnosis-engine-not_running =
    .title = Docker is not running
    .why = Docker runs the services, so none of them can be started or looked at. Images and data stay where they are.
    .step-1 = Start it: sudo systemctl start docker
    .step-2 = If that fails, read what it says: sudo journalctl -u docker -n 50. A full disk and a mistake in daemon.json are the usual causes.
    .step-3 = Let it start with the computer: sudo systemctl enable docker
    .step-4 = Then check again.
    .no-systemd-step-1 = Start it: sudo service docker start
    .no-systemd-step-2 = If that fails, read the end of /var/log/docker.log. A full disk and a mistake in daemon.json are the usual causes.
    .no-systemd-step-3 = Then check again.
    .snap-step-1 = Start it: sudo snap start --enable docker
    .snap-step-2 = If that fails, read what it says: sudo snap logs docker -n 50
    .snap-step-3 = Then check again.
    .rootless-step-1 = Start it as the user it belongs to: systemctl --user start docker
    .rootless-step-2 = If that fails, read what it says: journalctl --user -u docker -n 50
    .rootless-step-3 = Let it run without a login: sudo loginctl enable-linger "$USER"
    .rootless-step-4 = Then check again.
    .podman-step-1 = Start what Podman answers with: systemctl --user start podman.socket, or for the whole computer: sudo systemctl start podman.socket
    .podman-step-2 = If that fails, read what it says: journalctl --user -u podman -n 50
    .podman-step-3 = Then check again.
    .desktop-step-1 = Start Docker Desktop, and wait until it says that the engine is running.
    .desktop-step-2 = If it is still starting after 5 minutes, quit it from the menu of its icon and start it once more. If that does not help, restart the computer.
    .desktop-step-3 = Leave "Clean / Purge data" and "Reset to factory defaults" alone: both erase all data of the services.
    .desktop-step-4 = Then check again.
    .elsewhere-title = Docker is looked for at { $address }, and nothing answers there
    .elsewhere-plain-title = Docker is looked for in another place than usual, and nothing answers there
    .elsewhere-why = A setting (the variable DOCKER_HOST or a Docker context) points to another Docker than the one of this computer. The one here may be running.
    .elsewhere-step-1 = See where Docker is looked for: docker context ls marks the place in use with a star, and says when DOCKER_HOST overrides it.
    .elsewhere-step-2 = If the Docker of this computer is meant, run: docker context use default. If DOCKER_HOST is set, take it out of the settings of this user, for example out of ~/.profile, and sign in again.
    .elsewhere-step-3 = If another computer is meant, make sure that it is on, that this computer reaches it, and that Docker runs there.
    .elsewhere-step-4 = Then open Quayside again and check again.
    .elsewhere-desktop-step-1 = See where Docker is looked for: docker context ls marks the place in use with a star, and says when DOCKER_HOST overrides it.
    .elsewhere-desktop-step-2 = If Docker Desktop is meant, start it and run: docker context use desktop-linux. If DOCKER_HOST is set, take it out of the environment variables of this user, and sign in again.
    .elsewhere-desktop-step-3 = If another computer is meant, make sure that it is on, that this computer reaches it, and that Docker runs there.
    .elsewhere-desktop-step-4 = Then open Quayside again and check again.

diagnosis-engine-socket_permission =
    .title = This user may not use Docker
    .why = Docker is running, but only administrators and members of the group docker may use it. Whoever was added to that group belongs to it only after signing in again.
    .step-1 = If this user was added only now, sign out and in again, or restart the computer.
    .step-2 = Otherwise have an administrator add the user: sudo usermod -aG docker { $user }. Whoever is in that group can do anything on this computer.
    .plain-step-2 = Otherwise have an administrator add the user: sudo usermod -aG docker "$USER". Whoever is in that group can do anything on this computer.
    .step-3 = Sign out and in again, open Quayside, and check again.
    .snap-step-1 = Have an administrator create the group and add the user: sudo addgroup --system docker, then sudo usermod -aG docker "$USER". Whoever is in that group can do anything on this computer.
    .snap-step-2 = Let Docker notice the group: sudo snap disable docker, then sudo snap enable docker. Running services stop for a moment.
    .snap-step-3 = Sign out and in again, open Quayside, and check again.
    .rootless-why = Docker is running, but this Docker belongs to one user, and no other user may use it.
    .rootless-step-1 = Sign in as the user whose Docker it is, and open Quayside there.
    .rootless-step-2 = If that is this user already, see what belongs to whom: ls -l "$XDG_RUNTIME_DIR/docker.sock", and compare it with: echo $DOCKER_HOST
    .rootless-step-3 = Then check again.
    .podman-why = Podman is running, but the part that answers belongs to administrators. Every user has one of their own.
    .podman-step-1 = Start the one of this user: systemctl --user start podman.socket
    .podman-step-2 = Let programs find it: DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock, for example in ~/.profile, and sign in again.
    .podman-step-3 = Then check again.
    .desktop-why = Docker Desktop is running, but it lets in only the users it was set up for.
    .desktop-step-1 = On Windows, have an administrator add this user to the group docker-users (Computer Management, Local Users and Groups). On a Mac, start Docker Desktop as this user.
    .desktop-step-2 = Sign out and in again, and start Docker Desktop.
    .desktop-step-3 = Then check again.

diagnosis-engine-desktop_not_started =
    .title = Docker Desktop is not started
    .why = Docker Desktop runs the services, so none of them can be started or looked at. Images and data stay where they are.
    .step-1 = Start Docker Desktop from the start menu or from Applications.
    .step-2 = Wait until it says that the engine is running. Right after the computer was switched on this can take some minutes.
    .step-3 = So that it starts by itself, switch on Settings, General, "Start Docker Desktop when you sign in".
    .step-4 = Then check again.

diagnosis-engine-wsl_unavailable =
    .title = Windows cannot start the virtual machine that Docker needs
    .why = Docker Desktop runs the services in a virtual machine (WSL 2). Either virtualization is switched off in this computer, or a feature of Windows is missing or too old.
    .step-1 = Open the Task Manager, Performance, CPU. If it does not say "Virtualization: Enabled", an administrator has to switch it on in the BIOS (Intel VT-x or AMD-V). If this computer is a virtual machine itself, its administrator has to allow nested virtualization.
    .step-2 = Have an administrator switch on "Virtual Machine Platform" and "Windows Subsystem for Linux" under "Turn Windows features on or off".
    .step-3 = If Windows says that WSL is incomplete or too old, ask the vendor for the installation file of WSL (wsl.msi); an update would need the internet.
    .step-4 = Leave the entries that wsl --list shows as they are: the data of the services is in them.
    .step-5 = Restart the computer, start Docker Desktop, and check again.

diagnosis-engine-daemon_config_invalid =
    .title = Docker does not start because of a mistake in its settings file { $file }
    .plain-title = Docker does not start because of a mistake in its settings file
    .why = Docker does not understand a line of it, or a setting is given twice: in this file and where Docker is started. Images and data are still there.
    .step-1 = Read which line it is: sudo journalctl -u docker -n 50
    .step-2 = Keep a copy: sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before
    .step-3 = Correct that line, often a comma too many or too few, or put the last good copy back. Keep the other lines: "data-root", for example, says where images and data are.
    .step-4 = Start Docker: sudo systemctl reset-failed docker, then sudo systemctl start docker
    .step-5 = Then check again.
    .no-systemd-step-1 = Read which line it is, at the end of /var/log/docker.log.
    .no-systemd-step-2 = Keep a copy: sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before
    .no-systemd-step-3 = Correct that line, often a comma too many or too few, or put the last good copy back. Keep the other lines: "data-root", for example, says where images and data are.
    .no-systemd-step-4 = Start Docker: sudo service docker start
    .no-systemd-step-5 = Then check again.
    .snap-step-1 = Read which line it is: sudo snap logs docker -n 50
    .snap-step-2 = Keep a copy of /var/snap/docker/current/config/daemon.json.
    .snap-step-3 = Correct that line, often a comma too many or too few, or put the last good copy back. Keep the other lines: "data-root", for example, says where images and data are.
    .snap-step-4 = Start Docker: sudo snap restart docker
    .snap-step-5 = Then check again.
    .rootless-step-1 = Read which line it is: journalctl --user -u docker -n 50
    .rootless-step-2 = Keep a copy of ~/.config/docker/daemon.json.
    .rootless-step-3 = Correct that line, often a comma too many or too few, or put the last good copy back. Keep the other lines: "data-root", for example, says where images and data are.
    .rootless-step-4 = Start Docker: systemctl --user restart docker
    .rootless-step-5 = Then check again.
    .desktop-step-1 = Open Docker Desktop, Settings, Docker Engine. If Docker Desktop does not open, the same text is in the file daemon.json in the folder .docker of your own folder.
    .desktop-step-2 = Copy the text to a safe place.
    .desktop-step-3 = Correct the line that Docker names, often a comma too many or too few, and keep the other lines.
    .desktop-step-4 = Choose "Apply & restart", or start Docker Desktop again, and check again.

diagnosis-engine-api_version_mismatch =
    .title = Docker and { $service } do not understand each other: one of them is too old
    .why = The program speaks version { $current } of Docker's language (API), and Docker here accepts only { $minimum } and newer. After an update Docker no longer understands old programs.
    .plain-why = Programs that work with Docker have to speak a version of its language (API) that it knows. After an update of Docker, old programs are no longer understood; an old Docker does not understand new ones.
    .step-1 = See what Docker understands: docker version shows under "Server" its API version and the oldest one it accepts.
    .step-2 = If Docker was updated recently, ask the vendor for a newer version of { $service }.
    .step-3 = Until it is there, an administrator can let Docker 29 accept older programs: "min-api-version": "1.24" in /etc/docker/daemon.json, then sudo systemctl restart docker. Running services stop for a moment.
    .step-4 = If Docker is the older one, ask the vendor for installation files of a newer Docker. Images and data stay.
    .step-5 = Then check again.
    .desktop-step-1 = See what Docker understands: docker version shows under "Server" its API version and the oldest one it accepts.
    .desktop-step-2 = If Docker Desktop was updated recently, ask the vendor for a newer version of { $service }.
    .desktop-step-3 = Until it is there, let Docker 29 accept older programs: Settings, Docker Engine, add "min-api-version": "1.24" and choose "Apply & restart". Running services stop for a moment.
    .desktop-step-4 = If Docker is the older one, ask the vendor for the installation file of a newer Docker Desktop. Images and data stay.
    .desktop-step-5 = Then check again.
    .snap-step-1 = See what Docker understands: docker version shows under "Server" its API version and the oldest one it accepts.
    .snap-step-2 = If Docker was updated recently (snap does that by itself), ask the vendor for a newer version of { $service }.
    .snap-step-3 = Until it is there, an administrator can let Docker 29 accept older programs: "min-api-version": "1.24" in /var/snap/docker/current/config/daemon.json, then sudo snap restart docker. Running services stop for a moment.
    .snap-step-4 = If Docker is the older one, ask the vendor which Docker the package needs. Images and data stay.
    .snap-step-5 = Then check again.
    .rootless-step-1 = See what Docker understands: docker version shows under "Server" its API version and the oldest one it accepts.
    .rootless-step-2 = If Docker was updated recently, ask the vendor for a newer version of { $service }.
    .rootless-step-3 = Until it is there, Docker 29 can accept older programs: "min-api-version": "1.24" in ~/.config/docker/daemon.json, then systemctl --user restart docker. Running services stop for a moment.
    .rootless-step-4 = If Docker is the older one, ask the vendor for installation files of a newer Docker. Images and data stay.
    .rootless-step-5 = Then check again.
    .no-systemd-step-1 = See what Docker understands: docker version shows under "Server" its API version and the oldest one it accepts.
    .no-systemd-step-2 = If Docker was updated recently, ask the vendor for a newer version of { $service }.
    .no-systemd-step-3 = Until it is there, an administrator can let Docker 29 accept older programs: "min-api-version": "1.24" in /etc/docker/daemon.json, then sudo service docker restart. Running services stop for a moment.
    .no-systemd-step-4 = If Docker is the older one, ask the vendor for installation files of a newer Docker. Images and data stay.
    .no-systemd-step-5 = Then check again.
    .podman-step-1 = See what Podman understands: podman version
    .podman-step-2 = Ask the vendor whether { $service } works with this Podman, or for a version that does.
    .podman-step-3 = Then check again.

diagnosis-engine-seccomp_incompatible =
    .title = Docker here is too old for the image of { $service }
    .why = The image asks the kernel for things that this Docker does not know and therefore forbids (seccomp). The service reads "Operation not permitted", although all permissions are right.
    .step-1 = See which Docker this is: docker version. Newer images need 20.10.10 or newer, with a libseccomp2 of about the same age.
    .step-2 = Ask the vendor for installation files of a newer Docker, containerd and libseccomp2 for this system, or update them from your software source. Images and data stay.
    .step-3 = If Docker here has to stay as it is, ask the vendor for an image of { $service } that fits it.
    .step-4 = Then start { $service } again, and check again.
    .desktop-step-1 = Ask the vendor for the installation file of a newer Docker Desktop, and have an administrator install it. Images and data stay.
    .desktop-step-2 = If Docker Desktop has to stay as it is, ask the vendor for an image of { $service } that fits it.
    .desktop-step-3 = Then start { $service } again, and check again.

diagnosis-engine-cgroup_runtime =
    .title = Docker cannot start { $service } because it and the kernel do not fit together
    .why = Before Docker starts anything, it asks the kernel for a control group (cgroup), which counts memory and processors. Here that is missing, or set up in a way this Docker does not expect. It is a matter of this computer, not of the package.
    .step-1 = Restart the computer if the kernel or Docker was updated: until then the two may not fit.
    .step-2 = See which kind the kernel has: stat -fc %T /sys/fs/cgroup. If it says cgroup2fs, Docker has to be 20.10 or newer; ask the vendor for its installation files.
    .step-3 = If Docker names "systemd cgroup", ask the administrator to compare "exec-opts" in /etc/docker/daemon.json with how this computer starts.
    .step-4 = If this computer is itself a container (LXC, Proxmox), its administrator has to allow nesting there.
    .step-5 = Then check again.
    .desktop-step-1 = Quit Docker Desktop and start it again.
    .desktop-step-2 = If that does not help, ask the vendor for the installation file of a newer Docker Desktop. On Windows it has to run with WSL 2. Images and data stay.
    .desktop-step-3 = Then check again.

diagnosis-engine-storage_driver =
    .title = Docker cannot open its store of images with the driver { $driver }
    .plain-title = Docker cannot open its store of images
    .why = The kernel or Docker's settings have changed, and Docker no longer gets to the place where its images and containers are. They are still there, as long as nobody clears that place.
    .step-1 = Read what Docker says: sudo journalctl -u docker -n 50
    .step-2 = Restart the computer if the kernel was updated: a part of it may be missing until then.
    .step-3 = If somebody changed "storage-driver" or "data-root" in /etc/docker/daemon.json, put the old value back. With another driver Docker shows none of today's images and containers.
    .step-4 = Leave everything in /var/lib/docker as it is, and ask the administrator of this computer if Docker still does not start.
    .step-5 = Then check again.
    .no-systemd-step-1 = Read what Docker says, at the end of /var/log/docker.log.
    .no-systemd-step-2 = Restart the computer if the kernel was updated: a part of it may be missing until then.
    .no-systemd-step-3 = If somebody changed "storage-driver" or "data-root" in /etc/docker/daemon.json, put the old value back. With another driver Docker shows none of today's images and containers.
    .no-systemd-step-4 = Leave everything in /var/lib/docker as it is, and ask the administrator of this computer if Docker still does not start.
    .no-systemd-step-5 = Then check again.
    .snap-step-1 = Read what Docker says: sudo snap logs docker -n 50
    .snap-step-2 = If somebody changed "storage-driver" or "data-root" in /var/snap/docker/current/config/daemon.json, put the old value back. With another driver Docker shows none of today's images and containers.
    .snap-step-3 = Leave everything in /var/snap/docker as it is, and ask the administrator of this computer if Docker still does not start.
    .snap-step-4 = Then check again.
    .rootless-step-1 = Read what Docker says: journalctl --user -u docker -n 50
    .rootless-step-2 = If somebody changed "storage-driver" or "data-root" in ~/.config/docker/daemon.json, put the old value back. With another driver Docker shows none of today's images and containers.
    .rootless-step-3 = Leave everything in ~/.local/share/docker as it is, and ask the administrator of this computer if Docker still does not start.
    .rootless-step-4 = Then check again.
    .desktop-step-1 = Quit Docker Desktop and start it again; if that does not help, restart the computer.
    .desktop-step-2 = If somebody changed "storage-driver" or "containerd" in the settings of Docker Desktop, put it back. With another store Docker shows none of today's images and containers.
    .desktop-step-3 = Leave "Clean / Purge data" and "Reset to factory defaults" alone: both erase all data of the services.
    .desktop-step-4 = Then check again.

diagnosis-engine-credential_helper =
    .title = The program { $tool }, where Docker keeps passwords, does not work
    .plain-title = The program where Docker keeps passwords does not work
    .why = Docker asks it before it touches an image, although this package needs no password at all. That it should be asked stands in the file config.json of this user.
    .step-1 = Keep a copy of the file: cp ~/.docker/config.json ~/.docker/config.json.before
    .step-2 = Take the line "credsStore" out of ~/.docker/config.json, and mind the commas. Registries then ask for a password again; this package uses none.
    .step-3 = Then deploy again, and check again.
    .desktop-step-1 = Quit Docker Desktop and start it again: it brings that program.
    .desktop-step-2 = On Windows, do this in front of the computer or over remote desktop, not over SSH: there Windows keeps the passwords locked.
    .desktop-step-3 = If it stays so, keep a copy of config.json in the folder .docker of your own folder, and take the line "credsStore" out of it. Registries then ask for a password again; this package uses none.
    .desktop-step-4 = Then deploy again, and check again.

diagnosis-host-clock_skew =
    .title = The clock of this computer is wrong: it shows { $current }
    .plain-title = The clock of this computer is wrong
    .why = Certificates are valid from one day to another. With a wrong clock they count as not yet valid or as expired, and connections are refused.
    .step-1 = Compare the clock with one you trust: date
    .step-2 = If it is off by more than some minutes, stop the services first: databases do not like jumps in time.
    .step-3 = If there is a time server in your network: sudo timedatectl set-ntp true. Otherwise set the clock: sudo timedatectl set-ntp false, then sudo timedatectl set-time "2026-12-31 12:00"
    .step-4 = In a virtual machine, have its administrator correct the clock of the computer below it, too.
    .step-5 = Start the services again, and check again.
    .no-systemd-step-1 = Compare the clock with one you trust: date
    .no-systemd-step-2 = If it is off by more than some minutes, stop the services first: databases do not like jumps in time.
    .no-systemd-step-3 = Set it: sudo date -s "2026-12-31 12:00", then keep it: sudo hwclock --systohc
    .no-systemd-step-4 = Start the services again, and check again.
    .desktop-step-1 = Compare the clock of this computer with one you trust, and set it under Date & time in the settings of the system.
    .desktop-step-2 = Restart Docker Desktop: its virtual machine may have lost time while the computer slept.
    .desktop-step-3 = Then check again.
    .desktop-undecided = A clock you trust decides: compare it with the one of this computer; if this computer is right, the certificate itself has expired.
    .undecided = A clock you trust decides: compare it with what the command date shows; if this computer is right, the certificate itself has expired.

diagnosis-host-low_memory =
    .title = There is not enough memory for { $service }
    .why = It asked for memory, and this computer had none left, so it ended. It needs more memory, or settings with which it takes less.
    .step-1 = See what takes the memory: free -h for this computer, docker stats --no-stream for the services.
    .step-2 = Close programs that nobody needs, or give this computer more memory. For a virtual machine its administrator does that.
    .step-3 = For short peaks an administrator can add swap space.
    .step-4 = If there is no more memory to be had, ask the vendor for a smaller configuration of { $service }.
    .step-5 = Start { $service } again, and check again.
    .desktop-step-1 = See what takes the memory: docker stats --no-stream
    .desktop-step-2 = Give Docker's virtual machine more memory: Settings, Resources. On Windows with WSL 2 it is the line memory=8GB below [wsl2] in the file .wslconfig of your own folder; afterwards restart the computer.
    .desktop-step-3 = If there is no more memory to be had, ask the vendor for a smaller configuration of { $service }.
    .desktop-step-4 = Start { $service } again, and check again.
    .podman-step-1 = See what takes the memory: free -h for this computer, podman stats --no-stream for the services.
    .podman-step-2 = Close programs that nobody needs, or give this computer more memory. For a virtual machine its administrator does that.
    .podman-step-3 = For short peaks an administrator can add swap space.
    .podman-step-4 = If there is no more memory to be had, ask the vendor for a smaller configuration of { $service }.
    .podman-step-5 = Start { $service } again, and check again.

diagnosis-host-vm_max_map_count =
    .title = The kernel allows fewer memory maps than { $service } needs
    .why = A search engine maps many files into memory. vm.max_map_count is { $current } here and has to be at least { $minimum }, otherwise { $service } ends right after its start.
    .plain-why = A search engine maps many files into memory. With a low vm.max_map_count, { $service } ends right after its start.
    .step-1 = Set it now: sudo sysctl -w vm.max_map_count={ $minimum }
    .plain-step-1 = Set it now: sudo sysctl -w vm.max_map_count=262144
    .step-2 = Keep it after a restart: write the line vm.max_map_count = { $minimum } into /etc/sysctl.d/99-max-map-count.conf
    .plain-step-2 = Keep it after a restart: write the line vm.max_map_count = 262144 into /etc/sysctl.d/99-max-map-count.conf
    .step-3 = Start { $service } again, and check again.
    .desktop-step-1 = On Windows, set it now: wsl -d docker-desktop -u root sysctl -w vm.max_map_count=262144
    .desktop-step-2 = Keep it after a restart: write the line kernelCommandLine = "sysctl.vm.max_map_count=262144" below [wsl2] into the file .wslconfig of your own folder.
    .desktop-step-3 = On a Mac, ask the vendor for the installation file of a newer Docker Desktop, which allows enough by itself.
    .desktop-step-4 = Start { $service } again, and check again.

diagnosis-host-overcommit =
    .title = When memory is short, { $service } may be unable to save its data
    .why = This is a hint, and nothing has failed because of it. To save, the service doubles itself for a moment, and the kernel refuses that when memory is short (vm.overcommit_memory = 0).
    .step-1 = As long as there is plenty of memory, nothing has to be done.
    .step-2 = To prevent it: sudo sysctl -w vm.overcommit_memory=1
    .step-3 = Keep it after a restart: write the line vm.overcommit_memory = 1 into /etc/sysctl.d/99-overcommit.conf
    .step-4 = Restart { $service } when it suits, and check again: the hint is gone from its log.
    .desktop-step-1 = As long as there is plenty of memory, nothing has to be done.
    .desktop-step-2 = Give Docker's virtual machine enough memory: Settings, Resources.
    .desktop-step-3 = Then check again.

diagnosis-host-inotify_limit =
    .title = The kernel lets { $service } watch too few files
    .why = The service watches files for changes, and all services together may watch only so many. When the limit is reached, the message says that no space is left or that too many files are open, although the disk has room.
    .step-1 = See the limits: sysctl fs.inotify
    .step-2 = Raise them now: sudo sysctl -w fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024
    .step-3 = Keep them after a restart: write both, one per line, into /etc/sysctl.d/99-inotify.conf
    .step-4 = Start { $service } again, and check again.
    .desktop-step-1 = On Windows, raise them now: wsl -d docker-desktop -u root sysctl -w fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024
    .desktop-step-2 = On a Mac, ask the vendor for the installation file of a newer Docker Desktop, which allows more by itself.
    .desktop-step-3 = Start { $service } again, and check again.
    .desktop-undecided = The disks decide: if the disk of this computer and Docker's own (Settings, Resources) both have room, it is this limit; otherwise a disk is full.
    .undecided = The disk decides: if df -h and df -i both show room on it, it is this limit; if one of them shows 100 %, the disk is full.

diagnosis-limit-nofile =
    .title = The limit for open files is too low for { $service }
    .why = Every file and every connection counts. At a time { $service } may open { $current } and needs { $minimum }.
    .plain-why = Every file and every connection counts, and at a time { $service } may open fewer than it needs.
    .step-1 = Ask the vendor which limit { $service } needs ("ulimits: nofile"), and for a package that sets it.
    .step-2 = Until then, support can set it in a file compose.override.yaml beside the compose file: under the service, ulimits, nofile, for example 65536.
    .step-3 = If Docker says that it may not set the limit, its own is lower: sudo systemctl edit docker, write LimitNOFILE=1048576 below [Service], then sudo systemctl restart docker. Running services stop for a moment.
    .step-4 = Deploy again, and check again.
    .rootless-step-1 = Ask the vendor which limit { $service } needs ("ulimits: nofile"), and for a package that sets it.
    .rootless-step-2 = This Docker belongs to an ordinary user and cannot go above that user's limit. See it: ulimit -Hn
    .rootless-step-3 = Have an administrator raise it: sudo systemctl edit user@.service, write LimitNOFILE=1048576 below [Service], and restart the computer.
    .rootless-step-4 = Deploy again, and check again.
    .no-systemd-step-1 = Ask the vendor which limit { $service } needs ("ulimits: nofile"), and for a package that sets it.
    .no-systemd-step-2 = Until then, support can set it in a file compose.override.yaml beside the compose file: under the service, ulimits, nofile, for example 65536.
    .no-systemd-step-3 = If Docker says that it may not set the limit, have the administrator raise the one Docker is started with (ulimit -n in its start script).
    .no-systemd-step-4 = Deploy again, and check again.
    .desktop-step-1 = Ask the vendor which limit { $service } needs ("ulimits: nofile"), and for a package that sets it.
    .desktop-step-2 = Until then, support can set it in a file compose.override.yaml beside the compose file: under the service, ulimits, nofile, for example 65536.
    .desktop-step-3 = Deploy again, and check again.
    .snap-step-1 = Ask the vendor which limit { $service } needs ("ulimits: nofile"), and for a package that sets it.
    .snap-step-2 = Until then, support can set it in a file compose.override.yaml beside the compose file: under the service, ulimits, nofile, for example 65536.
    .snap-step-3 = If Docker says that it may not set the limit, its own is lower: sudo systemctl edit snap.docker.dockerd, write LimitNOFILE=1048576 below [Service], then sudo snap restart docker. Running services stop for a moment.
    .snap-step-4 = Deploy again, and check again.
    .podman-step-1 = Ask the vendor which limit { $service } needs ("ulimits: nofile"), and for a package that sets it.
    .podman-step-2 = Until then, support can set it in a file compose.override.yaml beside the compose file: under the service, ulimits, nofile, for example 65536.
    .podman-step-3 = If Podman says that it may not set the limit, the one of this user is lower (ulimit -Hn); an administrator can raise it in /etc/security/limits.conf. Sign out and in again after that.
    .podman-step-4 = Deploy again, and check again.

diagnosis-limit-threads =
    .title = The limit for threads and processes is too low for { $service }
    .why = It may not start another thread and ends ("Resource temporarily unavailable"), even when memory is free. The limit may be in the compose file (pids_limit), in Docker's own settings, or in the kernel.
    .step-1 = See whether one of the services has got out of hand: docker stats --no-stream, column PIDS. If so, restart that service first.
    .step-2 = If the compose file has "pids_limit" for { $service }, ask the vendor for a higher one.
    .step-3 = Otherwise have the administrator compare sysctl kernel.pid_max kernel.threads-max with what is in use: ps -eLf | wc -l
    .step-4 = With Docker older than 20.10.10, new images fail with the same words: see docker version, and ask the vendor for a newer Docker.
    .step-5 = Start { $service } again, and check again.
    .desktop-step-1 = See whether one of the services has got out of hand: docker stats --no-stream, column PIDS. If so, restart that service first.
    .desktop-step-2 = If the compose file has "pids_limit" for { $service }, ask the vendor for a higher one.
    .desktop-step-3 = Start { $service } again, and check again.
    .podman-step-1 = See whether one of the services has got out of hand: podman stats --no-stream, column PIDS. If so, restart that service first.
    .podman-step-2 = If the compose file has "pids_limit" for { $service }, ask the vendor for a higher one.
    .podman-step-3 = Otherwise have the administrator compare sysctl kernel.pid_max kernel.threads-max with what is in use: ps -eLf | wc -l
    .podman-step-4 = With Docker older than 20.10.10, new images fail with the same words: see docker version, and ask the vendor for a newer Docker.
    .podman-step-5 = Start { $service } again, and check again.

diagnosis-host-cpu_unsupported =
    .title = The processor of this computer cannot run { $service }
    .why = The program was built for processors of the kind { $minimum }. This one lacks abilities of that kind, or a virtual machine hides them. It ends at once, often with exit code 132.
    .plain-why = The program was built for newer processors. This one lacks an ability it uses (such as AVX or x86-64-v2), or a virtual machine hides it. It ends at once, often with exit code 132.
    .step-1 = See what the processor can do: lscpu, line "Flags" (avx, sse4_2).
    .step-2 = If this is a virtual machine, have its administrator set the processor type to "host" (VMware: a higher EVC level), shut it down and start it.
    .step-3 = Otherwise ask the vendor for an image of { $service } for older processors, and say whether it has stored data already.
    .step-4 = Then start { $service } again, and check again.
    .desktop-step-1 = On a Mac with an Apple processor, programs for Intel run in an emulation that cannot do everything: ask the vendor for the package for arm64.
    .desktop-step-2 = On another computer, ask the vendor for an image of { $service } for older processors, and say whether it has stored data already.
    .desktop-step-3 = Then start { $service } again, and check again.
