# 检查（host）：格式同 check.ftl，以及其修复所做的事。

check-disk-inodes =
    .block = Docker 所在磁盘无法再存放文件
    .warn = Docker 所在磁盘只能再存放 { $files } 个文件
    .why = { $path } 所在磁盘还有空间，但只能再存放 { $files } 个文件，而镜像由大量小文件组成。
    .found = 还可存放 { $files } 个文件
    .required = 至少可存放 { $wanted } 个文件
    .step-1 = 与本机管理员一起查明是什么小文件占满了磁盘，例如：df -i "{ $path }"
    .step-2 = 然后重新检查。
check-disk-readonly_or_io =
    .block = Docker 所在磁盘无法写入
    .block-package = 安装包所在磁盘无法写入
    .unknown = 无法查看安装包所在的磁盘
    .why = { $path } 所在磁盘是只读的。磁盘出现故障时，Linux 会将其设为只读。
    .block-package-why = 此安装包的服务会写入其目录，而 { $path } 所在磁盘是只读的：以只读方式挂载，或者出现了故障。
    .unknown-why = 无法得知数据能否写入：{ $reason }。
    .found = 只读
    .unknown-found = 未能查看
    .required = 可写入的磁盘
    .step-1 = 先保存磁盘上的内容，再请本机管理员检查磁盘：dmesg 会指出有故障的磁盘。
    .block-package-step-1 = 将安装包复制到本机磁盘并从那里打开，或请本机管理员检查该磁盘。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接。
    .step-2 = 然后重新检查。

check-engine-api_version_mismatch =
    .block-old = Docker { $version } 版本过低
    .block-vendor = Docker { $version } 低于此安装包的要求
    .block-compose = 当前的 Compose 对 Docker { $version } 来说过旧
    .why = Quayside 和现今的安装包需要 Docker 20.10 起提供的功能。
    .block-vendor-why = 供应商注明此安装包需要 Docker { $wanted } 或更高版本。
    .block-compose-why = Compose v1 已于 2021 年停止开发，Docker { $version } 不再支持它使用的接口。
    .found = Docker { $version }
    .block-compose-found = Compose v1，而 Docker 仅支持 API { $api } 及以上
    .required = Docker 20.10 或更高版本
    .block-vendor-required = Docker { $wanted } 或更高版本
    .block-compose-required = Compose v2
    .step-1 = 向供应商索取适用于本系统的新版 Docker 安装文件，或从软件源更新。镜像和数据会保留。
    .block-compose-step-1 = 从软件源安装 Compose v2（docker-compose-plugin 或 docker-compose-v2），或向供应商索取。
    .step-2 = 然后重新检查。
check-engine-podman =
    .warn = 应答的不是 Docker，而是 Podman { $version }
    .why = Podman 能做 Docker 的大部分工作，但不是全部。供应商通常用 Docker 测试安装包。
    .found = Podman { $version }
    .required = Docker
    .step-1 = 如果本应正常的功能不正常，向供应商确认安装包是否支持 Podman。
check-engine-storage_driver =
    .warn = Docker 使用 { $driver } 存储数据，它速度慢或已停止维护
    .warn-type = Docker 所在磁盘的格式会损坏镜像
    .warn-store = Docker 存放镜像的位置与以前不同
    .why = { $driver } 只适用于特殊情况或旧系统，所有操作都会更慢、更占空间。
    .warn-type-why = Docker 的目录位于以 ftype=0 格式化的 { $filesystem } 上。服务删除的文件可能重新出现，目录可能无法删除。
    .warn-store-why = 更新或更改设置后，Docker 不再显示以前加载的镜像。镜像没有丢失，卷也会保留。部署时会重新加载安装包的镜像。
    .found = { $driver }
    .warn-type-found = { $filesystem }（ftype=0）
    .required = overlay2 或 containerd 存储
    .warn-type-required = ext4，或 ftype=1 的 xfs
    .warn-store-required = 以前使用的存储
    .step-1 = 更改之前先询问本机管理员或供应商：更换驱动后，Docker 将不再显示现有的镜像和容器。
    .warn-type-step-1 = 在存放重要数据之前，联系管理员，为 Docker 的数据另备磁盘。
    .warn-store-step-1 = 部署安装包。如果其他安装包的容器也不见了，在清理任何内容之前通知其管理员。
check-engine-cgroup_runtime =
    .warn = 本机的 Docker 无法执行此安装包设定的资源限制
    .why = compose 文件限制了内存或处理器，但内核（cgroup { $version }）不支持 Docker 执行这些限制。某个服务可能占用全部资源。
    .found = 限制不生效
    .required = 支持资源限制的内核
    .step-1 = 请本机管理员启用 cgroup 的 memory 和 cpu 控制器。
check-engine-autostart =
    .warn = Docker 不随本机启动
    .warn-user = Docker 不随本机启动，仅在 { $user } 登录时启动
    .warn-desktop = Docker Desktop 不会自动启动
    .why = 此安装包的服务应在本机重启后自动恢复，而只有 Docker 启动后它们才会恢复。
    .found = 需手动启动
    .warn-user-found = 登录时启动
    .required = 随本机启动
    .warn-desktop-required = 登录时启动
    .step-1 = 启用命令：sudo systemctl enable { $unit }
    .warn-user-step-1 = 启用命令：systemctl --user enable docker
    .warn-user-step-2 = 无需登录即可启动：sudo loginctl enable-linger { $user }
    .warn-desktop-step-1 = 在 Docker Desktop 的“Settings”“General”中启用“Start Docker Desktop when you sign in”。
check-host-vm_max_map_count =
    .pass = 内核的内存映射上限满足 { $services } 的需要
    .warn = 内核的内存映射上限低于 { $services } 的建议值
    .block = 内核的内存映射上限低于 { $services } 的要求
    .why = 搜索引擎会将大量文件映射到内存。vm.max_map_count 低于 { $wanted } 时它会发出警告；多节点运行时会直接退出。
    .block-why = 搜索引擎会将大量文件映射到内存。vm.max_map_count 低于 { $wanted } 时，它启动后会立即退出。
    .found = vm.max_map_count = { $value }
    .required = vm.max_map_count = { $wanted }
    .step-1 = 立即设置：sudo sysctl -w vm.max_map_count={ $wanted }
    .step-2 = 重启后保持：将 vm.max_map_count = { $wanted } 一行写入 { $file }
    .step-3 = 然后重新检查。
check-host-overcommit =
    .pass = 内存不足时 { $services } 可能无法保存数据；设置 vm.overcommit_memory = 1 可避免
check-host-inotify_limit =
    .warn = 内核只允许 { $services } 监视 { $value } 个文件
    .why = { $services } 会监视文件变化。达到上限时它会提示空间不足，尽管磁盘仍有空间。
    .found = { $setting } = { $value }
    .required = { $setting } = { $wanted }
    .step-1 = 立即设置：sudo sysctl -w { $setting }={ $wanted }
check-limit-nofile =
    .block = { $service } 要求的打开文件数超过内核上限
    .why = 如果服务的要求超过 fs.nr_open，Docker 无法启动它。
    .found = fs.nr_open = { $value }
    .required = { $wanted }
    .step-1 = 提高上限：sudo sysctl -w fs.nr_open={ $wanted }
    .step-2 = 然后重新检查。
check-host-cpu_unsupported =
    .block = 本机的处理器无法运行 { $service }
    .warn = 本机的处理器可能无法运行 { $service }
    .why = { $image } 需要 { $ability }，而本机处理器没有该功能，或被虚拟机隐藏。该服务启动后会立即退出。
    .found = 处理器不支持 { $ability }
    .required = 支持 { $ability } 的处理器
    .step-1 = 如果这是虚拟机，请其管理员将处理器类型设为“host”。
    .step-2 = 否则，向供应商索取适用于旧处理器的安装包。
check-host-low_memory =
    .pass = Docker 可用内存 { $found }，需要 { $wanted }
    .block = Docker 可用内存不足：{ $found }，需要 { $wanted }
    .block-machine = Docker 虚拟机的内存不足：{ $found }，需要 { $wanted }
    .warn = 此安装包的服务预留了 { $wanted } 内存，而 Docker 可用 { $found }
    .warn-machine = 此安装包的服务预留了 { $wanted } 内存，而 Docker 虚拟机只有 { $found }
    .warn-limit = { $service } 的内存上限超过现有内存
    .why = 内存不足时，服务会在运行中被终止。
    .warn-limit-why = { $service } 的上限为 { $wanted }，而 Docker 可用 { $found }。该上限起不到保护作用：内存不足时，任何服务都可能被终止。
    .found = { $found }
    .required = { $wanted }
    .step-1 = 为本机增加内存，或向供应商索取占用更少的配置。
    .block-machine-step-1 = 为 Docker 虚拟机分配更多内存。Docker Desktop 在“Settings”的“Resources”中设置。
    .warn-machine-step-1 = 为 Docker 虚拟机分配更多内存。Docker Desktop 在“Settings”的“Resources”中设置。
    .warn-limit-step-1 = 向供应商确认 { $service } 需要多少内存。
check-host-low_cpu =
    .block = Docker 可用 { $found } 个处理器，而此安装包需要 { $wanted } 个
    .block-limit = { $service } 的上限为 { $wanted } 个处理器，而 Docker 只能使用 { $found } 个
    .warn-limit = { $service } 的上限为 { $wanted } 个处理器，而 Docker 只能使用 { $found } 个
    .why = 供应商注明处理器更少时服务会过慢。
    .block-limit-why = 上限超过处理器数量时，Docker 会拒绝启动该服务。
    .warn-limit-why = 如果 Compose 传递该上限，Docker 会拒绝启动该服务。
    .found = { $found }
    .required = { $wanted }
    .step-1 = 为本机或虚拟机增加处理器，或向供应商索取要求更低的配置。
    .step-2 = 然后重新检查。
check-gpu-toolkit_missing =
    .pass = Docker 可以提供 { $services } 所需的显卡
    .block = Docker 无法提供 { $services } 所需的显卡
    .block-runtime = Docker 没有 { $services } 所需的运行时 { $runtime }
    .unknown = 从这里看不到 Docker 能否提供显卡
    .why = { $services } 需要显卡。为此 Docker 需要 NVIDIA Container Toolkit，但没有找到。
    .block-runtime-why = 如果运行时未知，Docker 会拒绝启动该服务。
    .unknown-why = { $services } 需要显卡，而 Docker 运行在别处。
    .found = 没有 NVIDIA Container Toolkit
    .block-runtime-found = 没有运行时 { $runtime }
    .unknown-found = 未能查看
    .required = NVIDIA Container Toolkit
    .block-runtime-required = 运行时 { $runtime }
    .unknown-required = NVIDIA Container Toolkit
    .step-1 = 向供应商索取适用于本系统的 nvidia-container-toolkit，或从软件源安装，然后重启 Docker。
    .block-runtime-step-1 = 向供应商确认如何安装运行时 { $runtime }。
    .unknown-step-1 = 确认运行 Docker 的计算机装有 NVIDIA 驱动和 NVIDIA Container Toolkit。
    .step-2 = 如果本机没有显卡，向供应商确认安装包能否在没有显卡时运行。
check-gpu-driver_unavailable =
    .pass = { $services } 所需的显卡可用
    .block = 显卡驱动未加载
    .warn = 显卡驱动有问题
    .why = { $services } 需要显卡，而内核没有加载 NVIDIA 驱动。该服务将无法启动。
    .warn-why = { $services } 需要显卡，而其驱动提示：{ $words }
    .found = 没有 NVIDIA 驱动
    .warn-found = { $words }
    .required = 能应答的 NVIDIA 驱动
    .step-1 = 安装适用于本系统的 NVIDIA 驱动，然后重启本机。
    .warn-step-1 = 重启本机：更新后、重启前，驱动与其工具的版本不一致。
    .step-2 = 如果本机没有显卡，向供应商确认安装包能否在没有显卡时运行。
check-host-clock_skew =
    .pass = 本机时钟由网络校准
    .pass-alone = 本机时钟看起来正确，但没有通过网络校准
    .warn = 本机时钟不正确：{ $now }
    .warn-package = 本机时钟可能不正确：{ $now }
    .why = 此版本的 Quayside 发布于该时间之后。时钟不正确时，证书会被视为无效，日志也会误导。
    .warn-package-why = 安装包中有更新的文件：{ $since }。时钟不正确时，证书会被视为无效，日志也会误导。
    .found = { $now }
    .required = 晚于 { $since }
    .step-1 = { $synchronised ->
        [yes] 时钟由网络校准，请联系时间服务器的管理员。手动设置：{ $command } "2026-12-31 12:00"
        [no] 时钟没有通过网络校准。请设置时钟，例如：{ $command } "2026-12-31 12:00"
       *[unknown] 设置时钟，例如：{ $command } "2026-12-31 12:00"
    }
fix-relabel = 为 { $folder } 中的 { $count } 个文件和目录加标签，使 SELinux 允许容器使用。
check-perm-selinux =
    .warn = SELinux 可能阻止服务访问{ $count ->
        [one] { $path }
       *[other] 此安装包的 { $count } 个目录和文件
    }
    .why = SELinux 已启用，而 compose 文件没有为挂载内容加标签（“:z”）。即使权限看起来正确，服务也会提示“permission denied”。
    .found = 挂载内容没有标签
    .required = 为容器加好标签的挂载内容
    .step-1 = { $how ->
        [fix] 让 Quayside 为安装包的文件加上容器标签。
       *[hand] 如果服务无法访问文件，为安装包目录加标签：sudo chcon -R -t container_file_t "{ $folder }"
    }
    .step-2 = 不要关闭 SELinux。
check-perm-apparmor =
    .warn = 安装了两个 Docker：系统的和 snap 的
    .why = 它们会互相妨碍：各自限制对方的程序，导致容器无法停止。
    .found = 系统的 docker 与 snap 的 docker 并存
    .required = 只有一个 Docker
    .step-1 = 确认使用的是哪一个（docker info），并请本机管理员停用另一个。其数据会保留。
check-port-privileged =
    .block = 本机的 Docker 不能使用端口 { $ports }
    .why = Docker 以普通用户身份运行，而 { $start } 以下的端口仅供管理员使用。
    .found = { $start } 及以上的端口
    .required = { $count ->
       *[other] 端口 { $ports }
    }
    .step-1 = 在安装包的 .env 文件中选择 1024 及以上的端口，或允许使用更低的端口：sudo sysctl -w net.ipv4.ip_unprivileged_port_start={ $first }
    .step-2 = 然后重新检查。
check-mount-source_uncreatable =
    .block-snap = Docker 看不到 { $path } 中的安装包
    .why = 该 Docker 由 snap 安装，只能看到用户主目录和可移动驱动器。服务会得到空目录。
    .found = { $path }
    .required = /home 之下的目录
    .step-1 = 将安装包复制到用户主目录并从那里打开。
check-mount-denied_desktop =
    .warn = Docker Desktop 可能看不到 { $path } 中的安装包
    .why = Docker Desktop 只与服务共享部分目录，{ $path } 通常不在其中。服务将无法启动。
    .found = { $path }
    .required = 已共享的目录
    .step-1 = 在 Docker Desktop 的“Settings”“Resources”“File sharing”中添加 { $path }，或将安装包复制到用户主目录。
fix-no-proxy = 让 { $services } 不经代理访问其他服务：在 { $place } 中写入 NO_PROXY，Compose 会用它覆盖供应商的文件。
check-net-proxy =
    .warn = 此安装包的服务之间隔着一个代理
    .warn-file = Docker 为此安装包的服务设置了代理
    .why = { $services } 会通过代理访问其他服务，而代理不认识它们。
    .found = 服务名称未排除在代理之外
    .required = NO_PROXY 包含 { $names }
    .step-1 = { $how ->
        [fix] 让 Quayside 在供应商文件之外的文件中，将这些名称加入 NO_PROXY。
       *[hand] 请供应商在 NO_PROXY 中加入：localhost,127.0.0.1,{ $names }
    }
    .warn-file-step-1 = 在 { $file } 的“noProxy”中加入：localhost,127.0.0.1,{ $names }
check-compose-version_unsupported =
    .block = Compose { $version } 低于此安装包的要求
    .why = 供应商注明此安装包需要 Compose { $wanted } 或更高版本。
    .found = Compose { $version }
    .required = Compose { $wanted } 或更高版本
    .step-1 = 从软件源更新 docker-compose-plugin，或向供应商索取更新的 Compose。
    .step-2 = 然后重新检查。

fix-install-packages = { $count ->
   *[other] 以管理员身份安装 { $folder } 中的 { $count } 个软件包。此操作无法在这里撤销。
}
fix-sysctl = 将本机的 { $setting } 设为 { $value }，立即生效并在重启后保持。
fix-enable-unit = 让 { $unit } 随本机启动。
fix-copy-compose = 将 Compose 从 { $program } 复制到 Docker 能找到的 { $place }。
check-reboot-comes_back =
    .pass = 断电重启后，所有服务会自动恢复
    .unknown = 无法查看断电重启后服务能否恢复：{ $reason }
    .warn = 断电重启后，以下服务不会自动启动：{ $services }
    .why = Docker 只会重新启动 compose 文件要求重启的服务。否则每次重启本机后都需要有人手动启动。
    .found = 没有重启策略
    .required = restart: unless-stopped
    .step-1 = 可以请供应商设置重启策略（restart: unless-stopped）。在此之前，每次重启本机后都要启动这些服务。
    .warn-network = 断电重启后，{ $mount } 可能来得太晚：它在另一台计算机上
    .warn-removable = 断电重启后，{ $mount } 可能不在：它是可移动磁盘
    .warn-by-hand = 断电重启后，在有人连接之前 { $mount } 不可用
    .warn-may-be-missing = 断电重启后，{ $mount } 可能来得太晚：本机启动时不等待它
    .warn-network-why = Docker 不会等待它。{ $services } 会在原位置的空目录上启动，看起来就像数据全部丢失。
    .warn-removable-why = Docker 不会等待它。{ $services } 会在原位置的空目录上启动，看起来就像数据全部丢失。
    .warn-by-hand-why = Docker 不会等待它。{ $services } 会在原位置的空目录上启动，看起来就像数据全部丢失。
    .warn-may-be-missing-why = Docker 不会等待它。{ $services } 会在原位置的空目录上启动，看起来就像数据全部丢失。
    .warn-network-found = 网络驱动器
    .warn-removable-found = 可移动磁盘
    .warn-by-hand-found = 不由系统自动连接
    .warn-may-be-missing-found = /etc/fstab 中的 nofail
    .warn-network-required = 在 Docker 之前就绪的磁盘
    .warn-removable-required = 在 Docker 之前就绪的磁盘
    .warn-by-hand-required = 在 Docker 之前就绪的磁盘
    .warn-may-be-missing-required = 在 Docker 之前就绪的磁盘
    .warn-network-step-1 = 将安装包放在本机内部的磁盘上，或请管理员让 Docker 等待该驱动器（为 docker.service 设置 RequiresMountsFor={ $mount }）。
    .warn-removable-step-1 = 将安装包复制到本机内部的磁盘。
    .warn-by-hand-step-1 = 请本机管理员将该磁盘写入 /etc/fstab，使它在 Docker 之前就绪。
    .warn-may-be-missing-step-1 = 请管理员让 Docker 等待该磁盘（为 docker.service 设置 RequiresMountsFor={ $mount }）。
