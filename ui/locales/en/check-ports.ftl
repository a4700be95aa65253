# Checks about ports: one message per id, as in check.ftl, and what their fixes do.

check-port-in_use =
    .pass = { $count ->
        [0] No ports are published
        [one] Port { $ports } is free or ours
       *[other] Ports { $ports } are free or ours
    }
    .unknown = The ports of this computer could not be looked at
    .unknown-why = Nobody can say whether they are free: { $reason }.
    .unknown-step-1 = Check again.
    .warn = Port { $port } is used by { $holder }
    .warn-why = { $service } is on this computer's own network and may want to listen there.
    .warn-required = port { $port } free on this computer
    .warn-step-1 = If { $service } does not start, stop { $holder } or ask the vendor for another port.
    .block = Port { $port } is used by { $holder }
    .block-own = Port { $port } is still used by { $holder }
    .block-hidden = Port { $port } is used by { $holder }
    .block-twice = Two services of this package want port { $port }
    .block-range = None of the ports { $port } is free
    .block-replicas = { $service } is to run in { $count } containers, which cannot share port { $port }
    .why = { $service } needs it, and two programs cannot share a port.
    .block-twice-why = { $service } needs it and so does { $holder }. Only one of them can have it.
    .block-range-why = { $service } needs one of them, and two programs cannot share a port.
    .block-replicas-why = Every container needs a port of its own, so only the first one would start.
    .found = { $holder }
    .block-range-found = { $holders }
    .block-replicas-found = 1 port for { $count } containers
    .required = port { $port } free on this computer
    .block-range-required = one free port of { $port }
    .block-replicas-required = { $count } ports, or none
    .step-1 = { $other }
    .step-2 = Or stop { $holder }, if nobody needs it.
    .step-3 = Then check again.
    .block-own-step-1 = Stop the services of this package, then check again.
    .block-own-step-2 = { $other }
    .block-hidden-step-2 = Or ask an administrator which program it is, and to stop it if nobody needs it.
    .block-twice-step-2 = Then check again.
    .block-range-step-2 = Or stop one of the programs, if nobody needs it.
    .block-replicas-step-1 = Ask the vendor for a package in which { $service } runs once or publishes a range of ports.
    .block-replicas-step-2 = Then check again.
check-port-excluded_windows =
    .block = Windows keeps port { $port } for itself
    .why = { $service } needs it, but Windows has reserved it although nobody listens there.
    .found = reserved
    .required = port { $port } free on this computer
    .step-1 = { $other }
    .step-2 = This shows what is reserved: netsh interface ipv4 show excludedportrange protocol=tcp
    .step-3 = Then check again.
check-net-bind_address_missing =
    .block = This computer does not have the address { $address }
    .why = { $service } is to listen there, and Docker cannot listen on an address that is not here.
    .found = no network interface with { $address }
    .required = { $address } on this computer
    .step-1 = Connect the network in which this computer has the address { $address }.
    .step-2 = { $other }
    .step-3 = Then check again.

# Who else may hold a port.
holder-own = the container { $name } of this package
holder-other-engine = another Docker or Podman on this computer ({ $name }, process { $pid })
holder-hidden-user = a program of the user { $user } that only an administrator may see

# What can be done about a port.
port-other-variable = Take one of the ports that are offered, or set { $name } in the package's .env file to another.
port-other-file = Take one of the ports that are offered.
port-other-outside = The variable { $name } is set in the environment of this session, which wins over the .env file. Change it there.
port-other-foreign = The package's .env file cannot be changed from here: it is a link to another place, or cannot be read. Change the port there.
port-other-in-file = The port is written in { $file }, which this Compose cannot be told to read differently. Change it there, or ask the vendor to.
port-other-by-hand = Ask the vendor how { $service } gets another port.
address-other-offered = Or let { $service } listen on all addresses of this computer, as offered.
address-other-by-hand = Or ask the vendor how { $service } gets another address.

# What fixes of ports do.
fix-port-variable = Publish { $service } on port { $new } instead of { $old }: set { $place } in the .env file.
fix-port-override = Publish { $service } on port { $new } instead of { $old }: write { $place }, which Compose reads over the vendor's file.
fix-port-copy = Publish { $service } on port { $new } instead of { $old }: write { $place }, a copy of the vendor's file that Compose reads in its place.
fix-port-urls = { $effect } Also change the port in { $keys }.
fix-address-variable = Let { $service } listen on { $new } instead of { $old }: set { $place } in the .env file.
fix-address-override = Let { $service } listen on { $new } instead of { $old }: write { $place }, which Compose reads over the vendor's file.
fix-address-copy = Let { $service } listen on { $new } instead of { $old }: write { $place }, a copy of the vendor's file that Compose reads in its place.
override-file-head = Written by Quayside: what differs from the vendor's files.

# Values of .env.
check-compose-env_missing =
    .pass = All values that the package needs are set
    .unknown = The settings of the package could not be looked at
    .unknown-why = Nobody can say whether values are missing: { $reason }.
    .unknown-step-1 = If the package is on a network drive, check the connection, then check again.
    .warn = { $name } has no value
    .block = { $name } must be filled in
    .why = { $file } refers to it in line { $line }, and nothing sets it. It would be empty there.
    .block-why = The vendor says that the package does not work without it.
    .block-demanded = { $name } must be filled in
    .block-demanded-why = { $words ->
        [none] { $file } needs it in line { $line }. Compose does not read the package without it.
       *[other] { $file } needs it in line { $line }, and says: { $words }
    }
    .block-demanded-secret = { $name } must be filled in
    .block-demanded-secret-why = { $words ->
        [none] { $file } needs it in line { $line }. Compose does not read the package without it.
       *[other] { $file } needs it in line { $line }, and says: { $words }
    }
    .block-demanded-secret-step-1 = Fill it in here, or run: quayside-cli set "{ $name }=-" and type it.
    .block-demanded-secret-step-2 = If there is data of an earlier installation, take the secret it was made with: a database keeps its first one.
    .block-file = A file with settings is missing: { $file }
    .block-file-why = It holds settings of { $services }. Compose does not read the package without it.
    .block-file-found = nothing at { $file }
    .block-file-required = the file { $file }
    .block-file-step-1 = { $near ->
        [none] Copy it from the vendor's medium. If it is missing there too, ask the vendor for it.
       *[other] Look at { $near }: if that is what is meant, copy it to { $file } and fill it in where that is needed. Quayside can copy it for you.
    }
    .block-file-step-2 = Then check again.
    .found = no value
    .required = a value in the .env file
    .step-1 = Fill it in here, or run: quayside-cli set "{ $name }=VALUE"
    .step-2 = If you do not know the value, ask the vendor.
check-compose-env_placeholder =
    .warn = { $name } still has the vendor's placeholder
    .warn-secret = { $name } still has the vendor's placeholder
    .warn-empty = { $name } is empty
    .why = What stands in line { $line } of { $file } is meant to be replaced.
    .warn-secret-why = What stands in line { $line } of { $file } is meant to be replaced. A secret that everybody knows protects nothing.
    .warn-empty-why = It is a secret that services use, and there is nothing for it in line { $line } of { $file }.
    .found = a placeholder
    .warn-empty-found = nothing
    .required = a value of your own
    .step-1 = Fill it in here, or run: quayside-cli set "{ $name }=VALUE"
    .warn-secret-step-1 = Fill it in here, or run: quayside-cli set "{ $name }=-" and type it.
    .warn-secret-step-2 = If there is data of an earlier installation, take the secret it was made with: a database keeps its first one.
    .warn-empty-step-1 = Fill it in here, or run: quayside-cli set "{ $name }=-" and type it.
    .warn-empty-step-2 = If there is data of an earlier installation, take the secret it was made with: a database keeps its first one.
fix-save-values = Save { $keys } in the .env file of the package.

# Why a value is not saved.
error-setting-refused = { $key } is not saved: { $reason }
env-value-name = that is no name of a variable.
env-value-control = it has a line break or another character that does not fit into a line.
env-value-unwritable = the Compose on this computer cannot read such a value from an .env file.
env-value-unclear = the files of the package cannot be followed with certainty. Change the .env file with an editor.
env-value-foreign = the .env file is a link to another place, or cannot be read.
env-value-unknown = the package knows no variable { $key }.
env-value-outside = { $key } is set in the environment of this session, which wins over the .env file.
env-value-pattern = the vendor asks for another form of value.
env-value-form = write it as KEY=VALUE.
env-value-no-input = nothing came on standard input.
