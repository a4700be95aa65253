# Diagnoses 5xx: programs and permissions. How attributes are chosen stands in diagnosis.ftl.

diagnosis-perm-entrypoint_not_executable =
    .title = { $service } cannot run { $path }: the file is not marked as executable
    .plain-title = { $service } cannot run its start script: the file is not marked as executable
    .why = The file is there, but nobody has the right to run it (permission denied, exit code 126). Files lose that right when they are unpacked on Windows or pass over a USB stick.
    .step-1 = Let Quayside give the script its right back, if it offers to, or do it by hand: chmod a+x "{ $source }"
    .plain-step-1 = If { $service } starts a script of the package, let Quayside give it its right back, or do it by hand for this one file: chmod a+x FILE
    .step-2 = If the right does not stay, the package lies on a disk that keeps no such rights or forbids running (noexec). Copy the package to a disk of this computer and open the copy.
    .step-3 = If the file is inside the image, ask the vendor for a corrected image.
    .step-4 = Start { $service } again, then check again.
    .windows-why = The file is there, but nobody has the right to run it (permission denied, exit code 126). Windows gives that right to every file of a package, so the fault is most likely inside the image.
    .windows-step-1 = Copy the whole package again from the vendor’s medium and deploy it, so that its own images are used.
    .windows-step-2 = If that changes nothing, ask the vendor for a corrected image. The support bundle shows which file it is about.
    .windows-step-3 = Deploy the corrected package, then check again.
    .undecided = Whether the file or its disk forbids it is not known: ls -l shows an “x” at a file that may be run, and findmnt -T shows “noexec” for a disk that forbids it.
    .windows-undecided = Whether the file in the image or a mounted one is meant is not known: the compose file lists under “volumes:” what is mounted.
    .macos-undecided = Whether the file or its disk forbids it is not known: ls -l shows an “x” at a file that may be run, and mount shows “noexec” for a disk that forbids it.

diagnosis-script-crlf =
    .title = The script { $path } was saved with the line ends of Windows, so { $service } cannot run it
    .plain-title = A script of { $service } was saved with the line ends of Windows and cannot run
    .why = Linux takes the invisible character at the end of the line for part of a program’s name and finds no such program (CRLF). Nothing is wrong with this computer.
    .step-1 = Let Quayside save the script with the line ends of Linux, if it offers to. The original stays beside it.
    .step-2 = Or do it by hand, which also keeps the original: sed -i.orig 's/\r$//' "{ $source }"
    .plain-step-2 = Or do it by hand for that one script, which also keeps the original: sed -i.orig 's/\r$//' FILE
    .step-3 = If the script is inside the image, ask the vendor for a corrected image.
    .step-4 = Start { $service } again, then check again.
    .desktop-step-1 = Let Quayside save the script with the line ends of Linux, if it offers to. The original stays beside it.
    .desktop-step-2 = Or copy the script as a safeguard, open it in an editor that can choose line ends, and save it with “LF” instead of “CRLF”.
    .desktop-step-3 = If the script is inside the image, ask the vendor for a corrected image.
    .desktop-step-4 = Start { $service } again, then check again.
    .undecided = Whether the line ends are wrong or the program named in the first line is missing is not known: head -n 1 FILE | od -c shows \r for the line ends of Windows.
    .windows-undecided = Whether the line ends are wrong or the program named in the first line is missing is not known: an editor shows “CRLF” for the line ends of Windows.

diagnosis-script-missing_shebang =
    .title = The script { $path } does not say which program runs it, so { $service } cannot start it
    .plain-title = A script of { $service } does not say which program runs it and cannot be started
    .why = Linux starts a text file only when its first line names a program, such as “#!/bin/sh” (exec format error). This script lacks that line; only the vendor knows for certain which program is meant.
    .step-1 = Ask the vendor for a corrected script, or for the line that belongs at its top.
    .step-2 = If the script lies in the package, copy it as a safeguard, then add the line the vendor names as the very first line, without a space before it.
    .step-3 = If the script is inside the image, ask the vendor for a corrected image.
    .step-4 = Start { $service } again, then check again.
    .undecided = An image for another processor and an empty file give the same message. “Architecture” in docker image inspect decides, compared with quayside-cli arch-info; so does the size of the file.
    .podman-undecided = An image for another processor and an empty file give the same message. “Architecture” in podman image inspect decides, compared with quayside-cli arch-info; so does the size of the file.

diagnosis-exec-command_not_found =
    .title = { $service } is told to run { $command }, which its image does not have
    .plain-title = { $service } is told to run a program that its image does not have
    .why = Docker looked for the program inside the image and did not find it (exit code 127). Either the image is of another version than the compose file expects, or a folder of this computer covers the place where the program lies.
    .step-1 = Deploy the package again from the vendor’s medium, so that the compose file and the images belong together.
    .step-2 = If somebody changed “command:” or “entrypoint:” in the compose file, take the change back.
    .step-3 = Look under “volumes:” of { $service } in the compose file: a folder that is mounted where the image keeps its programs hides them.
    .step-4 = If none of this helps, save a support bundle and send it to the vendor.
    .step-5 = Start { $service } again, then check again.
    .undecided = Whether the file is missing or only may not be run is not known. This shows it: docker run --rm --pull=never --entrypoint ls IMAGE -l FILE
    .podman-undecided = Whether the file is missing or only may not be run is not known. This shows it: podman run --rm --pull=never --entrypoint ls IMAGE -l FILE

diagnosis-perm-data_dir_owner =
    .title = { $service } may not use { $path }: its owner or its permissions do not fit
    .plain-title = { $service } may not use its data folder: the owner or the permissions do not fit
    .why = Inside its container { $service } works as the user { $owner }, and the folder belongs to somebody else or lets in too few or too many (permission denied). What is stored already is not damaged by this.
    .plain-why = Inside its container { $service } works as a user of its own, and the folder belongs to somebody else or lets in too few or too many (permission denied). What is stored already is not damaged by this.
    .step-1 = Stop { $service }. Then, if the folder already holds data, copy it: sudo cp -a "{ $source }" "{ $source }.copy"
    .plain-step-1 = Stop { $service }. Then, if the folder already holds data, copy it to another place, as an administrator and with its owners (sudo cp -a).
    .step-2 = Let Quayside give the folder to the right user, if it offers to; it can be taken back. Or ask an administrator to run: chown -hR { $owner } "{ $source }"
    .plain-step-2 = Let Quayside give the folder to the right user, if it offers to; it can be taken back. Otherwise ask the vendor to which user the folder must belong.
    .step-3 = If PostgreSQL complains of the permissions (it wants 0700 or 0750), ask an administrator to run: chmod u=rwx,go= "{ $source }"
    .plain-step-3 = If PostgreSQL complains of the permissions (it wants 0700 or 0750), ask an administrator to run for its data folder: chmod u=rwx,go= FOLDER
    .step-4 = If the owner cannot be changed, the folder lies on a disk without owners (a Windows drive, a network share). Ask the vendor where the data may lie.
    .step-5 = Start { $service } again, then check again.
    .user-title = { $service } is told to run as a user who may not write to its data folder
    .user-why = The compose file sets “user:” for { $service }. The image then cannot put the owner of the folder right by itself, as it otherwise does.
    .user-step-1 = Stop { $service }, so that nothing is written meanwhile.
    .user-step-2 = If the folder already holds data, copy it to another place first.
    .user-step-3 = Ask the vendor which user is meant. If “user:” takes its number from the package’s .env file, enter the right one there.
    .user-step-4 = Otherwise let Quayside give the folder to the user the compose file names, if it offers to; it can be taken back.
    .user-step-5 = Start { $service } again, then check again.
    .desktop-why = Folders of Windows and macOS do not have the owners of Linux, and Docker Desktop can only imitate them. Databases often refuse such a folder (permission denied).
    .desktop-step-1 = Stop { $service }, so that nothing is written meanwhile.
    .desktop-step-2 = If there is data already, copy it to another place first.
    .desktop-step-3 = If the data lies in a volume of Docker, let Quayside give it to the right user, if it offers to; it can be taken back.
    .desktop-step-4 = If the data lies in a folder of this computer, ask the vendor for a package that keeps it in a volume of Docker, where owners work.
    .desktop-step-5 = Start { $service } again, then check again.
    .rootless-step-1 = Stop { $service }, so that nothing is written meanwhile.
    .rootless-step-2 = If the folder already holds data, copy it to another place first, as an administrator and with its owners (sudo cp -a).
    .rootless-step-3 = Let Quayside give the folder to the right user, if it offers to. It does so in a container, because Docker without root numbers users differently; it can be taken back.
    .rootless-step-4 = If Quayside does not offer it, send a support bundle to the vendor: an owner set by hand would get a wrong number here.
    .rootless-step-5 = Start { $service } again, then check again.
    .podman-step-1 = Stop { $service }, so that nothing is written meanwhile.
    .podman-step-2 = If the folder already holds data, copy it to another place first, as an administrator and with its owners (sudo cp -a).
    .podman-step-3 = Let Quayside give the folder to the right user, if it offers to. It does so in a container, because Podman may number users differently; it can be taken back.
    .podman-step-4 = If Quayside does not offer it, send a support bundle to the vendor: an owner set by hand may get a wrong number here.
    .podman-step-5 = Start { $service } again, then check again.
    .undecided = Whether the owner, SELinux or the disk refuses is not known: ls -ldn FOLDER shows the owner, getenforce says whether SELinux is on, and findmnt -T FOLDER shows the kind of disk.
    .desktop-undecided = Whether the owner or the kind of disk refuses is not known: the compose file shows under “volumes:” whether the data lies in a folder of this computer or in a volume of Docker.

diagnosis-perm-selinux =
    .title = SELinux keeps { $service } from using { $path }
    .plain-title = SELinux keeps { $service } from using its files
    .why = SELinux is a guard of this computer that lets containers use only folders labelled for them. Ordinary permissions look right, and still the service gets “permission denied”.
    .step-1 = See what was refused: sudo ausearch -m avc -ts recent
    .step-2 = Label the folder of this package that { $service } uses, and no other: sudo chcon -R -t container_file_t "{ $source }"
    .plain-step-2 = Label the folder of this package that { $service } uses, and no other: sudo chcon -R -t container_file_t FOLDER
    .step-3 = Leave SELinux switched on. Tell the vendor: with “:z” at the mount in the compose file, the label is set at every start.
    .step-4 = Start { $service } again, then check again.
    .undecided = Whether SELinux or the owner of the folder refuses is not known: if sudo ausearch -m avc -ts recent shows lines with “denied”, it is SELinux.

diagnosis-perm-apparmor =
    .title = AppArmor, a guard of this computer, keeps Docker from handling { $service }
    .why = AppArmor limits what each program may do. Most often two Dockers are installed, one by the system and one by snap, and the limits of one hit the other.
    .podman-title = AppArmor, a guard of this computer, keeps Podman from handling { $service }
    .podman-why = AppArmor limits what each program may do, and one of its rules does not fit what Podman does here.
    .step-1 = If this computer has snap, look whether it brought a second Docker: snap list docker
    .step-2 = If so, and nobody needs what runs in it, ask the administrator of this computer to switch that one off: sudo snap disable docker. Its data stays.
    .step-3 = Limits of a Docker that is gone can then be unloaded by the administrator: sudo aa-remove-unknown
    .step-4 = Restart this computer; containers that could not be stopped end with it.
    .step-5 = Start { $service } again, then check again.
    .snap-step-1 = Look whether the system has a second Docker beside that of snap: systemctl status docker
    .snap-step-2 = If so, find out with the administrator of this computer which one is used. “Docker Root Dir” in docker info contains “snap” for that of snap.
    .snap-step-3 = Ask the administrator to switch the unused one off. Its data stays.
    .snap-step-4 = Restart this computer; containers that could not be stopped end with it.
    .snap-step-5 = Start { $service } again, then check again.
    .no-systemd-step-1 = Find out with the administrator of this computer whether two Dockers are installed. “Docker Root Dir” in docker info shows which one answers.
    .no-systemd-step-2 = Ask the administrator to switch the unused one off. Its data stays.
    .no-systemd-step-3 = Restart this computer; containers that could not be stopped end with it.
    .no-systemd-step-4 = Start { $service } again, then check again.
    .podman-step-1 = Restart this computer; containers that could not be stopped end with it.
    .podman-step-2 = If it happens again, see what was refused: sudo dmesg -T shows lines with apparmor="DENIED"
    .podman-step-3 = Show these lines to the administrator of this computer: the profile named in them needs an update from the software source of the system. Leave AppArmor itself running.
    .podman-step-4 = Start { $service } again, then check again.
