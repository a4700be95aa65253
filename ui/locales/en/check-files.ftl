# Checks about files: one message per id, as in check.ftl, and what their fixes do.

check-mount-source_missing =
    .pass = { $create ->
        [0] All files and folders of the package are there
        [one] All files are there; 1 folder will be created
       *[other] All files are there; { $create } folders will be created
    }
    .unknown = The files and folders of the package could not be looked at
    .unknown-why = Nobody can say whether everything is there: { $reason }.
    .unknown-step-1 = If the package is on a network drive, check the connection, then check again.
    .unknown-hidden = This user may not see { $path }
    .unknown-hidden-why = { $services } needs it. A folder above it is closed to this user, so nobody can say whether it is there. Docker itself may see it.
    .unknown-hidden-step-1 = Ask an administrator whether { $path } is there.
    .block-file = A file is missing from the package: { $path }
    .block-file-near = A file is missing from the package: { $path }
    .block-outside = A folder outside the package is missing: { $path }
    .block-variable = The folder { $path } is meant to be elsewhere: the variable { $name } has no value
    .block-link = { $path } is a link that leads nowhere
    .why = { $services } needs it. If it were left out, Docker would put an empty folder in its place and the service would not start.
    .block-outside-why = { $services } needs it. Quayside creates nothing outside the package without being asked.
    .block-variable-why = { $services } needs it, and the package says “{ $written }”. Without a value for { $name } that is a folder at the very top of this computer’s disk, which nobody wants.
    .block-link-why = { $services } needs it. It points to { $to }, where nothing is.
    .found = nothing at { $path }{ $where }
    .block-variable-found = “{ $written }”{ $where }, { $name } has no value
    .block-link-found = a link to { $to }
    .required = the file { $path }
    .block-outside-required = the folder { $path }
    .block-variable-required = a value for { $name }
    .block-link-required = a folder or file at { $to }
    .block-file-near-required = the file { $path }; { $count ->
        [one] there is a similar one
       *[other] there are similar ones
    }: { $near }
    .step-1 = Copy the whole package again from the vendor's medium. If the file is missing there too, ask the vendor for it.
    .block-file-near-step-1 = Look at { $near }: if that is what is meant, copy it to { $path } and fill it in where that is needed. Quayside can copy the first one for you.
    .block-outside-step-1 = Let Quayside create the folder, or ask the vendor which folder is meant.
    .block-variable-step-1 = Put a line { $name }=... with the folder that is meant into the file .env beside the compose file. The vendor knows which.
    .block-link-step-1 = Make sure that { $to } is there (a disk that is not connected?), or ask the vendor what should be at { $path }.
    .step-2 = Then check again.
check-mount-file_vs_dir =
    .block = An empty folder stands where a file should be: { $path }
    .block-near = An empty folder stands where a file should be: { $path }
    .block-full = A folder stands where a file should be: { $path }
    .warn-full = A folder stands where the name speaks of a file: { $path }
    .block-file = A file stands where a folder should be: { $path }
    .why = { $services } needs a file there, for { $target }. Docker makes such a folder when it is started while the file is missing; afterwards the service cannot start.
    .block-full-why = { $services } needs a file there, for { $target }. Docker cannot put a folder in its place, so the service would not start.
    .warn-full-why = { $services } mounts it at { $target }. If a file is meant, the service will not find it.
    .block-file-why = { $services } needs a folder there, for { $target }. Docker cannot put a file in its place, so the service would not start.
    .found = an empty folder{ $where }
    .block-full-found = a folder with something in it{ $where }
    .warn-full-found = a folder with something in it{ $where }
    .block-file-found = a file{ $where }
    .required = a file
    .block-file-required = a folder
    .step-1 = Let Quayside remove the empty folder, then put the file { $path } from the vendor's medium in its place.
    .block-near-step-1 = Let Quayside remove the empty folder and put { $near } in its place; look into the file whether something has to be filled in.
    .block-full-step-1 = Look what is in { $path }. If nobody needs it, move it elsewhere and put the file from the vendor's medium in its place.
    .warn-full-step-1 = If the service does not start, ask the vendor what should be at { $path }.
    .block-file-step-1 = Move the file { $path } elsewhere if nobody needs it there; the folder is created by itself.
    .step-2 = Then check again.
check-mount-outside_package =
    .warn = Data lies outside the package: { $path }
    .warn-link = Data lies outside the package, behind a link: { $link }
    .why = { $services } keeps data there. Whoever copies or backs up the folder of the package does not have it.
    .found = { $path }{ $where }
    .warn-link-found = a link to { $to }
    .step-1 = Nothing has to be done if that is meant. Include { $path } when you back up.

place-in-file = {" "}({ $file }, line { $line })
fix-make-folder = Create the folder { $path }, which lies outside the package.
fix-copy-file = Copy { $from } to { $path }. Look into it afterwards: something may have to be filled in.
fix-stray-folder = Remove the empty folder { $path }. The file that belongs there must come from the vendor.
fix-stray-folder-file = Remove the empty folder { $path } and put a copy of { $from } in its place.

check-script-crlf =
    .pass = Scripts have the line ends of Linux
    .unknown = The scripts of the package could not be read
    .unknown-why = Nobody can say whether they can run: { $reason }.
    .unknown-step-1 = If the package is on a network drive, check the connection, then check again.
    .block = A script was saved with the line ends of Windows: { $path }
    .warn = A script was saved with the line ends of Windows: { $path }
    .why = { $service } runs it, and Linux does not understand such lines: it looks for a program whose name ends in an invisible character.
    .found = { $count ->
        [one] 1 line ends as on Windows
       *[other] { $count } lines end as on Windows
    }
    .required = lines that end as on Linux
    .step-1 = { $ours ->
        [yes] Let Quayside save it with the line ends of Linux; the original stays beside it.
       *[no] It belongs to another user: ask its owner or an administrator to save it with the line ends of Linux.
    }
    .step-2 = Tell the vendor, so that the next package does not have it.
check-script-bom =
    .block = A script begins with an invisible mark: { $path }
    .warn = A script begins with an invisible mark: { $path }
    .why = { $service } runs it. Windows editors put a byte order mark before the first line; Linux then does not see which program is meant to run the script.
    .found = a byte order mark (UTF-8)
    .required = “#!” as the very first characters
    .step-1 = { $ours ->
        [yes] Let Quayside remove the mark; the original stays beside it.
       *[no] It belongs to another user: ask its owner or an administrator to save it without a byte order mark.
    }
    .step-2 = Tell the vendor, so that the next package does not have it.
check-script-missing_shebang =
    .warn = A script does not say which program runs it: { $path }
    .why = { $service } starts it directly, and Linux cannot start a text file whose first line is not one like “#!/bin/sh”.
    .found = no “#!” in the first line
    .required = a first line like “#!/bin/sh”
    .step-1 = If { $service } does not start, ask the vendor for a corrected { $path }.

fix-line-ends = Save { $path } with the line ends of Linux. The original is kept as { $backup }.
fix-byte-order-mark = Remove the byte order mark from { $path }. The original is kept as { $backup }.

step-copy = Copy to this computer
operation-copy = copying to this computer
copy-done = { $bytes } copied and compared; the package is now in { $path }
error-target-exists = There is something at { $path } already. Nothing was written over; choose another folder.
error-copy-differs = What was written to { $path } is not what was read. The disk or the medium may be failing: try another one.
error-packed-unusable = { $path } cannot be unpacked: { $reason }
packed-damaged = it is damaged ({ $detail }). Copy it again from the vendor's medium.
packed-encrypted = it is protected by a password. Unpack it with the program and the password of the vendor, and open the folder.
packed-too-many = it holds more files than any package has.
packed-unsafe = it wants to write outside its own folder ({ $name }). Nothing was kept; ask the vendor.
cli-copy = Copies a package to this computer, or unpacks one; verified, and never over anything
cli-option-to = The new folder [default: below quayside/ in the home folder]

check-package-location =
    .pass = The package lies on a disk it can run from
    .unknown = Where the package lies could not be looked at
    .unknown-why = Nobody can say whether it can run from there: { $reason }.
    .unknown-step-1 = If the package is on a network drive, check the connection, then check again.
    .block = The package lies on a medium it cannot run from ({ $system })
    .block-removable = The package lies on a medium that can be pulled out
    .block-name = The path of the package has a character that Docker does not take: { $path }
    .warn = The package lies on another computer’s disk ({ $system })
    .warn-long = The path of the package is very long
    .why = Such a file system keeps neither owners nor permissions, and services need both. Without the medium nothing would run any more.
    .block-removable-why = Without the medium nothing would run any more, and data would be torn in the middle.
    .block-name-why = A colon or a line break ends a path for Docker, so it would mount something else.
    .warn-why = When the network is away, the services stand still; databases may lose data.
    .warn-long-why = Some programs cannot open files whose path is that long.
    .found = { $path }, { $system }
    .block-name-found = { $path }
    .warn-long-found = { $length } characters
    .required = a disk of this computer
    .block-name-required = a path without colon and line break
    .warn-long-required = a shorter path
    .step-1 = Copy the package to this computer: { $to } would be a place. In a terminal: quayside-cli --package "{ $path }" copy
    .step-2 = Then open the copy.
check-storage-fs_unsupported =
    .block = A database would keep its data where it cannot: { $path } ({ $system })
    .warn = A database keeps its data on an unsuitable disk: { $path } ({ $system })
    .why = { $service } locks files and needs owners and permissions. Disks of this kind do not do that reliably, and data can be lost.
    .found = { $system }
    .required = a disk of this computer with a file system of Linux (ext4, xfs, btrfs)
    .step-1 = While there is no data yet: move { $path } to a disk of this computer, or ask the vendor how.
    .step-2 = If there is data already, change nothing before it is backed up.
check-package-file_missing =
    .unknown = The vendor’s list of files could not be compared
    .unknown-why = Nobody can say whether the package is complete: { $reason }.
    .unknown-step-1 = If the package is on a network drive, check the connection, then check again.
    .warn = { $count ->
        [one] A file of the vendor’s list is missing: { $files }
       *[other] { $count } files of the vendor’s list are missing: { $files }
    }
    .why = The package is not complete; what needs { $count ->
        [one] this file
       *[other] these files
    } will not work.
    .found = { $count } of { $total } missing
    .required = every file of the list
    .step-1 = Copy the whole package again from the vendor's medium.
check-package-file_changed =
    .pass = The files of the vendor’s list are as they were made ({ $total })
    .pass-some = The files of the vendor’s list are there ({ $total }); those that take long to read were not compared ({ $unread })
    .warn = { $count ->
        [one] A file is not as the vendor made it: { $files }
       *[other] { $count } files are not as the vendor made them: { $files }
    }
    .why = Somebody may have changed it on purpose; then all is well. Otherwise the copy is damaged.
    .found = { $count } of { $total } changed
    .required = the vendor’s own files, or changes made on purpose
    .step-1 = If nobody changed anything, copy the whole package again from the vendor's medium.

check-perm-data_dir_owner =
    .unknown = The owners of data folders could not be looked at
    .unknown-why = Nobody can say whether services can write to their folders: { $reason }.
    .unknown-step-1 = Check again. If the package is on a network drive, check the connection first.
    .block = { $service } may not write to its data folder: { $path }
    .warn = { $service } may not write to { $path }
    .why = { $service } runs as the user { $user } ({ $uid }), and the folder belongs to somebody else. It would stop at the first thing it wants to keep.
    .found = owner { $owner }
    .required = owner { $uid }:{ $gid }
    .step-1 = { $how ->
        [fix] Let Quayside give the folder to that user. Nobody else’s rights change, and it can be taken back.
       *[admin] Ask an administrator to run: chown -hR { $uid }:{ $gid } "{ $path }" – or load the images first, then Quayside can do it through Docker.
    }
    .step-2 = Then check again.
check-db-conf_world_writable =
    .warn = Everybody may change a configuration file: { $path }
    .why = { $service } ignores configuration that everybody may change, so its settings have no effect.
    .found = { $mode }
    .required = only its owner may change it
    .step-1 = { $ours ->
        [yes] Let Quayside take the right to change it from everybody but its owner.
       *[no] Ask its owner or an administrator to run: chmod go-w "{ $path }"
    }
    .step-2 = Then restart { $service }.

fix-give-folder = Give { $path } ({ $count ->
        [one] 1 file or folder
       *[other] { $count } files and folders
    }) to the user { $user } ({ $uid }).
fix-give-folder-container = Give { $path } ({ $count ->
        [one] 1 file or folder
       *[other] { $count } files and folders
    }) to the user { $user } ({ $uid }), through a container of { $image } that sees only this folder and is removed at once.
fix-give-folder-unseen = Give { $path } and everything in it to the user { $user } ({ $uid }), through a container of { $image } that sees only this folder and is removed at once. You may not look into all of it, so such a container first lists who owns what; with that list it can be taken back.
fix-close-config = Let only its owner change { $path }.
