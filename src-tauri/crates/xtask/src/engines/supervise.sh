# The first process of a test engine's own pid, mount and network namespaces. Whatever the engine starts
# ends with this process, and its mounts and interfaces go with the namespaces: nothing is left behind.
# Arguments: the engine's folder.
set -u
folder=$1

ip link set lo up

# The engine's and containerd's working folders; also hides a system containerd, which dockerd would join.
for place in /run/docker /run/containerd; do
    mkdir -p "$place" && mount -t tmpfs -o mode=711 tmpfs "$place"
done

# Machines without systemd may not have mounted control groups.
if [ ! -e /sys/fs/cgroup/cgroup.controllers ] && [ ! -d /sys/fs/cgroup/memory ]; then
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi
# In a container the root group holds processes, and then none of its controllers can be handed on.
if [ -e /sys/fs/cgroup/cgroup.type ]; then
    mkdir -p /sys/fs/cgroup/outside-engine
    while read -r process; do
        echo "$process" >/sys/fs/cgroup/outside-engine/cgroup.procs
    done </sys/fs/cgroup/cgroup.procs 2>/dev/null
    sed -e 's/[^ ]*/+&/g' /sys/fs/cgroup/cgroup.controllers >/sys/fs/cgroup/cgroup.subtree_control
fi

# A test may kill the engine; it comes back when `engine up` asks for it.
while :; do
    rm -f "$folder/start" /run/docker/dockerd.pid
    dockerd --config-file="$folder/daemon.json"
    until [ -e "$folder/start" ]; do sleep 0.2; done
done
