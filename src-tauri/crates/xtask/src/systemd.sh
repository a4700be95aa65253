# systemd as the first process of a root of its own, in namespaces and control groups of its own.
# Arguments: the root, and the name of its control groups. Ends when systemd does; who kills this ends everything.
set -eu
root=$1 name=$2
groups=/sys/fs/cgroup
if [ -e "$groups/cgroup.controllers" ]; then
    all=.
else
    all=$(cd "$groups" && for each in *; do [ ! -L "$each" ] && [ -d "$each" ] && printf '%s ' "$each"; done)
fi
for each in $all; do
    own="$groups/$each/$name"
    mkdir -p "$own"
    # A set of processors is empty until it is told.
    if [ -e "$own/cpuset.cpus" ] && [ ! -e "$own/cgroup.controllers" ]; then
        cat "$groups/$each/cpuset.cpus" >"$own/cpuset.cpus"
        cat "$groups/$each/cpuset.mems" >"$own/cpuset.mems"
        echo 1 >"$own/cgroup.clone_children"
    fi
    echo $$ >"$own/cgroup.procs"
done
exec unshare --cgroup --mount --uts --ipc --net --pid --fork --kill-child --propagation private sh -euc '
root=$1
shift
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sysfs sys
if [ "$*" = . ]; then
    mount -t cgroup2 cgroup2 sys/fs/cgroup
else
    mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
    for each; do
        mkdir "sys/fs/cgroup/$each"
        case $each in
        unified) mount -t cgroup2 cgroup2 "sys/fs/cgroup/$each" ;;
        systemd) mount -t cgroup -o none,name=systemd cgroup "sys/fs/cgroup/$each" ;;
        *) mount -t cgroup -o "$each" cgroup "sys/fs/cgroup/$each" ;;
        esac
    done
fi
mount -t tmpfs -o mode=755 tmpfs dev
for node in "null 1 3" "zero 1 5" "full 1 7" "random 1 8" "urandom 1 9" "tty 5 0"; do
    set -- $node
    mknod -m 666 "dev/$1" c "$2" "$3"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
ip link set lo up
mkdir -p .host
pivot_root . .host
exec env -i container=quayside PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    chroot . sh -c "umount -l /.host; exec /lib/systemd/systemd --log-target=null </dev/null"
' sh "$root" $all
