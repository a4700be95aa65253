# Checks about package: one message per id, as in check.ftl, and what their fixes do.

# Advice for the vendor: what is so, what can come of it, what to write instead.

audit-privileged = { $service } runs privileged
    .why = A privileged container can do everything on this computer that an administrator can. Whoever breaks into it owns the computer.
    .advice = Leave out "privileged" and name the one capability or device the service needs (cap_add, devices).
audit-host_pid = { $service } sees every process of the computer
    .why = With "pid: host" it can look into other programs and stop them.
    .advice = Leave out "pid: host".
audit-capability = { $service } asks for the capability { $capability }
    .why = With it a container can change the system outside of itself.
    .advice = Leave it out of cap_add, or name a smaller one, such as NET_ADMIN or SYS_NICE.
audit-foreign_disk = The data of { $service } ({ $database }) lie on a disk that is not made for databases: { $kind }
    .why = Databases lock their files and insist that what they write is on the disk. Over a network or on a file system of Windows, { $path } does not promise that, and data can be damaged.
    .advice = Keep the data in a named volume, or in a folder of the package that is on a disk of this computer.
audit-docker_socket = { $service } is given Docker itself
    .why = Who can use Docker can read and change everything on this computer.
    .advice = Leave out the mount of docker.sock, or put a proxy before it that allows only what is needed.
audit-system_mount = { $service } may change { $path } of the computer
    .why = A mistake in the service can make the computer unusable.
    .advice = Mount only the folder that is needed, and add ":ro" where it is only read.
audit-root_user = { $service } runs as root
    .why = A flaw in it is worth more to an attacker than it has to be, and what it writes belongs to root.
    .advice = Set "user:" to a user of the image, or USER in its Dockerfile.
audit-host_network = { $service } uses the network of the computer
    .why = All its ports are open to the outside, and they can clash with other programs without a warning.
    .advice = Leave out "network_mode: host" and publish the ports that are needed.
audit-database_port = Port { $port } of { $service } is open to the whole network
    .why = Everybody in the network can try passwords of this database.
    .advice = Publish it on this computer only: "127.0.0.1:{ $port }:...", or not at all; services of the package reach it without.
audit-no_tag = The image { $image } has no fixed version
    .why = Nobody can say later which version runs here, and two deliveries are taken for the same.
    .advice = Give the image a tag of its own for every version, such as ":2.4.1".
audit-no_healthcheck = { $service } has no health check
    .why = It can be seen that it runs, but not that it works.
    .advice = Add "healthcheck:" with a command that the image has.
audit-no_restart = { $service } is not started again by itself
    .why = After a power cut or a crash it stays down until somebody starts it.
    .advice = Add "restart: unless-stopped".
audit-no_memory_limit = { $service } may use all memory
    .why = A fault in it can bring down everything else on this computer.
    .advice = Set "mem_limit:" or "deploy.resources.limits.memory".
audit-no_log_rotation = The log of { $service } grows without end
    .why = It fills the disk in the course of months.
    .advice = Add under "logging:" the options max-size, such as 10m, and max-file, such as 3.
audit-database_folder = { $service } keeps its data in a folder of the package ({ $path })
    .why = On disks that come from Windows or over the network, databases lose data there. Moving the package moves the data.
    .advice = Use a named volume.
audit-secret_in_file = The secret { $name } of { $service } stands in the compose file
    .why = Everybody who sees the file knows it, and it is the same at every customer.
    .advice = Write "${ "{" }{ $name }{ "}" }" and put the value into .env, or use "secrets:".
audit-secret_in_env = The package brings a value for { $name }
    .why = It is the same at every customer unless somebody changes it.
    .advice = Leave it empty and list it under "settings" in quayside.yaml; then Quayside asks for it.
audit-open_file = Everybody on the computer may read { $file }, which holds secrets
    .why = Every user and every program here can read the passwords in it.
    .advice = Pack it so that only its owner may read it (mode 600).

subnet-offered = Take the free addresses that are offered: they are written beside the vendor's files, which stay as they are.
subnet-by-hand = Ask the vendor to give this network other addresses{ $free ->
    [none] { "" }
   *[other] , such as { $free },
} or none of its own.
fix-subnet-variable = Give the network { $network } the addresses { $new } instead of { $old }: set { $place } in the .env file.
fix-subnet-override = Give the network { $network } the addresses { $new } instead of { $old }: write { $place }, which Compose reads over the vendor's file.
fix-subnet-copy = Give the network { $network } the addresses { $new } instead of { $old }: write { $place }, a copy of the vendor's file that Compose reads in its place.
check-net-subnet_overlap =
    .pass = The networks of this package are in nobody's way
    .unknown = The networks of Docker could not be looked at
    .unknown-why = Nobody can say whether they are in the way of others: { $reason }.
    .unknown-step-1 = Check again. If it stays so, restart the computer.
    .block = The network { $network } wants addresses that { $other } has ({ $subnet })
    .warn = The network { $network } would hide { $route } ({ $interface }) from this computer
    .warn-docker = Docker's network { $network } hides { $route } ({ $interface }) from this computer
    .why = Docker refuses two networks on the same addresses, so nothing would start.
    .warn-why = Both use the same addresses. Once the package runs, other computers there may no longer be reached from here.
    .warn-docker-why = Both use the same addresses, so other computers there may not be reached from here. A VPN that came after Docker is the usual cause.
    .found = { $subnet }
    .required = { $free ->
        [none] addresses that nobody else has
       *[other] addresses that nobody else has, such as { $free }
    }
    .step-1 = { $how }
    .warn-docker-step-1 = Ask whoever looks after this computer to give Docker other addresses ("bip" and "default-address-pools" in its daemon.json){ $free ->
        [none] { "" }
       *[other] , such as { $free }
    }.
    .step-2 = Then check again.
check-net-pool_exhausted =
    .block = Docker has no addresses left for { $needed ->
        [one] the network
       *[other] the { $needed } networks
    } of this package
    .why = Every network gets addresses of its own, and Docker has only so many. Without them nothing can start.
    .found = { $left } left; { $networks } networks have the rest{ $routed ->
        [yes] { "" }, or this computer's own networks and VPN
       *[no] { "" }
    }
    .required = { $needed }
    .step-1 = If a VPN is connected, disconnect it and check again.
    .step-2 = Ask whoever looks after this computer to remove networks that nobody uses (docker network ls shows them), or to give Docker more addresses ("default-address-pools" in its daemon.json).
check-compose-network_changed =
    .warn = The network { $network } is still the old one
    .block = The network { $network } has to be made anew
    .block-foreign = A network { $network } is there that Compose did not make
    .why = The compose file has changed since it was made. Containers stay in the old network until it is made anew.
    .block-why = The compose file has changed since it was made, and this Compose stops with an error instead of changing it.
    .block-foreign-why = Compose uses only what it has made itself, and stops with an error.
    .found = { $now }
    .required = { $wanted }
    .block-foreign-found = a network of another origin
    .block-foreign-required = no network of this name, or one that Compose made
    .step-1 = Remove the containers of this package (volumes and data stay), then deploy it again.
    .block-foreign-step-1 = Find out who needs the network { $network }. If nobody does, remove it with: docker network rm "{ $network }"
    .block-foreign-step-2 = Then check again.
check-compose-orphans =
    .pass = { $count ->
        [one] A container is left over from an earlier version of this package: { $names }
       *[other] { $count } containers are left over from an earlier version of this package: { $names }
    }
check-mount-nfs_failed =
    .block = The folder of the volume { $volume } is missing: { $folder }
    .why = The volume is that folder, and Docker does not create it. What uses it cannot start.
    .found = nothing at { $folder }
    .required = the folder { $folder }
    .step-1 = Connect the disk that holds { $folder }, or create the folder if it is to be empty.
    .step-2 = Then check again.
check-volume-anonymous =
    .warn = The data of { $service } has no name and is easily lost
    .why = What { $service } writes into { $path } goes into a volume without a name. When its containers are removed, the next ones begin with nothing.
    .found = no volume for { $path }
    .required = a named volume
    .step-1 = Ask the vendor to mount a named volume at { $path }. Until then, do not remove the containers.
check-volume-kept =
    .pass = { $count ->
        [one] Data from before is kept, in the volume { $volumes }
       *[other] Data from before is kept, in the volumes { $volumes }
    }

# Where the image of a service would come from.

offline-loaded = Docker has it
offline-in-package = in the package: { $file }
offline-wrong-platform = made for { $platform }
offline-pulled = would be looked for on the internet (pull_policy: { $policy })
offline-built = would have to be built here
offline-digest = named by a digest, which no image from a file has
offline-fetched = { $name } would be fetched from the internet
offline-missing = neither in the package nor in Docker
