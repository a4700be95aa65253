//! All defects, by subject, and which of them are tried together.

use super::{Defect, around, computer, files, names, ports};

/// Every defect. A subject is a file beside this one.
pub(crate) fn all() -> Vec<Defect> {
    [
        computer::DEFECTS,
        around::DEFECTS,
        names::DEFECTS,
        files::DEFECTS,
        ports::DEFECTS,
    ]
    .concat()
}

/// Defects that have nothing to do with each other.
pub(crate) const PAIRS: &[(&str, &str)] = &[
    (
        "an external network is missing",
        "a container's name is taken",
    ),
    (
        "an external volume is missing",
        "the project is run from another folder",
    ),
    (
        "a mounted file is missing",
        "the script that starts a service has the line ends of Windows",
    ),
    (
        "a folder outside the package is missing",
        "an empty folder stands in the place of a file",
    ),
    (
        "the script that starts a service has the line ends of Windows",
        "a script begins with a byte order mark",
    ),
    (
        "another network has the addresses",
        "two services want one container name",
    ),
    (
        "the package was moved",
        "quayside.yaml has a key nobody knows",
    ),
    (
        "a database writes where nothing has a name",
        "an image would be fetched at every start",
    ),
    (
        "the folder of a volume is missing",
        "an image is named by a digest",
    ),
    (
        "Docker has no addresses left",
        "quayside.yaml cannot be read",
    ),
    ("the engine is too old", "the vendor wants more memory"),
    ("the storage driver is slow", "the vendor wants more room"),
    ("a runtime is not there", "an external network is missing"),
    (
        "a limit is higher than the processors",
        "the package is from the future",
    ),
    (
        "the engine of a snap cannot see the package",
        "a container's name is taken",
    ),
    (
        "a service may not write to its folder",
        "a file of the vendor's list is missing",
    ),
    (
        "a program has the port",
        "a secret is still the vendor's placeholder",
    ),
    (
        "a container of another project has the port",
        "an external network is missing",
    ),
    (
        "the address is another computer's",
        "a mounted file is missing",
    ),
    (
        "a variable is set nowhere",
        "a value is still the vendor's placeholder",
    ),
    (
        "a variable that has to have a value is set nowhere",
        "an external network is missing",
    ),
    (
        "a program has the port for UDP",
        "what the vendor requires is not filled in",
    ),
];
