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
