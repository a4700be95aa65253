# 检查（package）：格式同 check.ftl，以及其修复所做的事。

# 给供应商的建议：现状、后果以及应如何改写。

audit-privileged = { $service } 以特权模式运行
    .why = 特权容器在本机可以做管理员能做的一切。谁攻破它，谁就控制了这台计算机。
    .advice = 去掉“privileged”，只写服务需要的那项能力或设备（cap_add、devices）。
audit-host_pid = { $service } 能看到本机的所有进程
    .why = 使用“pid: host”时，它可以查看并停止其他程序。
    .advice = 去掉“pid: host”。
audit-capability = { $service } 要求能力 { $capability }
    .why = 有了它，容器可以改动自身之外的系统。
    .advice = 从 cap_add 中去掉它，或改用更小的能力，例如 NET_ADMIN 或 SYS_NICE。
audit-foreign_disk = { $service }（{ $database }）的数据位于不适合数据库的磁盘上：{ $kind }
    .why = 数据库会锁定文件，并要求写入的内容确实落到磁盘上。{ $path } 位于网络或 Windows 文件系统上，无法保证这一点，数据可能损坏。
    .advice = 将数据放在命名卷中，或放在本机磁盘上的安装包目录中。
audit-docker_socket = { $service } 可以直接操作 Docker
    .why = 能使用 Docker，就能读取和更改本机的一切。
    .advice = 去掉 docker.sock 的挂载，或在它前面放一个只放行所需操作的代理。
audit-system_mount = { $service } 可以更改本机的 { $path }
    .why = 服务中的一个错误就可能让这台计算机无法使用。
    .advice = 只挂载需要的目录；只读取时加上“:ro”。
audit-root_user = { $service } 以 root 运行
    .why = 它的漏洞对攻击者更有价值，而且它写入的文件都属于 root。
    .advice = 将“user:”设为镜像中的用户，或在 Dockerfile 中设置 USER。
audit-host_network = { $service } 使用本机的网络
    .why = 它的所有端口都对外开放，并可能在没有提示的情况下与其他程序冲突。
    .advice = 去掉“network_mode: host”，只发布需要的端口。
audit-database_port = { $service } 的端口 { $port } 对整个网络开放
    .why = 网络中的任何人都可以尝试这个数据库的密码。
    .advice = 只在本机发布：“127.0.0.1:{ $port }:...”，或者不发布；安装包内的服务无需发布即可访问。
audit-no_tag = 镜像 { $image } 没有固定版本
    .why = 以后无法说清这里运行的是哪个版本，两次交付也会被当成同一个。
    .advice = 为每个版本使用单独的标签，例如“:2.4.1”。
audit-no_healthcheck = { $service } 没有健康检查
    .why = 只能看到它在运行，看不到它是否正常工作。
    .advice = 添加“healthcheck:”，使用镜像中已有的命令。
audit-no_restart = { $service } 不会自动重新启动
    .why = 停电或崩溃之后，它会一直停着，直到有人启动它。
    .advice = 添加“restart: unless-stopped”。
audit-no_memory_limit = { $service } 可以用尽全部内存
    .why = 它出错时可能拖垮本机的其他程序。
    .advice = 设置“mem_limit:”或“deploy.resources.limits.memory”。
audit-no_log_rotation = { $service } 的日志会无限增长
    .why = 几个月后会占满磁盘。
    .advice = 在“logging:”下添加选项 max-size（例如 10m）和 max-file（例如 3）。
audit-database_folder = { $service } 的数据保存在安装包的目录中（{ $path }）
    .why = 在来自 Windows 或网络的磁盘上，数据库会在那里丢失数据。移动安装包也会移动数据。
    .advice = 改用命名卷。
audit-secret_in_file = { $service } 的机密 { $name } 写在 compose 文件中
    .why = 看到该文件的人都会知道它，而且它在每个客户处都相同。
    .advice = 写成“${ "{" }{ $name }{ "}" }”并把值放入 .env，或使用“secrets:”。
audit-secret_in_env = 安装包自带了 { $name } 的值
    .why = 除非有人更改，否则它在每个客户处都相同。
    .advice = 将它留空，并列入 quayside.yaml 的“settings”；Quayside 会询问它的值。
audit-open_file = 本机所有人都可以读取 { $file }，其中含有机密
    .why = 本机的每个用户和程序都能读取其中的密码。
    .advice = 打包时设为只有所有者可以读取（权限 600）。

subnet-offered = 选用建议的空闲地址：它们会写在供应商文件之外，供应商的文件保持不变。
subnet-by-hand = 请供应商为此网络改用其他地址{ $free ->
    [none] { "" }
   *[other] （例如 { $free }）
}，或不指定地址。
fix-subnet-variable = 将网络 { $network } 的地址由 { $old } 改为 { $new }：在 .env 文件中设置 { $place }。
fix-subnet-override = 将网络 { $network } 的地址由 { $old } 改为 { $new }：写入 { $place }，Compose 会用它覆盖供应商的文件。
fix-subnet-copy = 将网络 { $network } 的地址由 { $old } 改为 { $new }：写入 { $place }，即供应商文件的副本，由 Compose 代替原文件读取。
check-net-subnet_overlap =
    .pass = 此安装包的网络不与其他网络冲突
    .unknown = 无法查看 Docker 的网络
    .unknown-why = 无法得知它们是否与其他网络冲突：{ $reason }。
    .unknown-step-1 = 重新检查。如果仍然如此，重新启动计算机。
    .block = 网络 { $network } 需要的地址已被 { $other } 使用（{ $subnet }）
    .warn = 网络 { $network } 会使本机无法访问 { $route }（{ $interface }）
    .warn-docker = Docker 的网络 { $network } 使本机无法访问 { $route }（{ $interface }）
    .why = Docker 不允许两个网络使用相同的地址，因此什么都无法启动。
    .warn-why = 两者使用相同的地址。安装包运行后，可能无法从本机访问那里的其他计算机。
    .warn-docker-why = 两者使用相同的地址，因此可能无法从本机访问那里的其他计算机。常见原因是在 Docker 之后连接了 VPN。
    .found = { $subnet }
    .required = { $free ->
        [none] 没有被使用的地址
       *[other] 没有被使用的地址，例如 { $free }
    }
    .step-1 = { $how }
    .warn-docker-step-1 = 请本机的管理员为 Docker 指定其他地址（daemon.json 中的“bip”和“default-address-pools”）{ $free ->
        [none] { "" }
       *[other] ，例如 { $free }
    }。
    .step-2 = 然后重新检查。
check-net-pool_exhausted =
    .block = Docker 没有剩余地址可供此安装包的 { $needed } 个网络使用
    .why = 每个网络都需要自己的地址，而 Docker 的地址数量有限。没有地址，什么都无法启动。
    .found = 剩余 { $left } 个；其余由 { $networks } 个网络占用{ $routed ->
        [yes] { "" }，或由本机自己的网络和 VPN 占用
       *[no] { "" }
    }
    .required = { $needed }
    .step-1 = 如果已连接 VPN，先断开，然后重新检查。
    .step-2 = 请本机的管理员移除无人使用的网络（docker network ls 可列出），或为 Docker 增加地址（daemon.json 中的“default-address-pools”）。
check-compose-network_changed =
    .warn = 网络 { $network } 仍是旧的
    .block = 网络 { $network } 需要重新创建
    .block-foreign = 已有一个不是由 Compose 创建的网络 { $network }
    .why = 它创建之后，compose 文件已更改。在重新创建之前，容器仍留在旧网络中。
    .block-why = 它创建之后，compose 文件已更改；当前的 Compose 会报错停止，而不会更改它。
    .block-foreign-why = Compose 只使用自己创建的网络，否则会报错停止。
    .found = { $now }
    .required = { $wanted }
    .block-foreign-found = 来源不同的网络
    .block-foreign-required = 没有同名网络，或该网络由 Compose 创建
    .step-1 = 移除此安装包的容器（卷和数据会保留），然后重新部署。
    .block-foreign-step-1 = 确认是否有人需要网络 { $network }。如果没有，用以下命令移除：docker network rm "{ $network }"
    .block-foreign-step-2 = 然后重新检查。
check-compose-orphans =
    .pass = 此安装包的早期版本留下了 { $count } 个容器：{ $names }
check-mount-nfs_failed =
    .block = 卷 { $volume } 的目录不存在：{ $folder }
    .why = 该卷就是这个目录，而 Docker 不会创建它。使用它的服务无法启动。
    .found = { $folder } 处没有内容
    .required = 目录 { $folder }
    .step-1 = 连接包含 { $folder } 的磁盘；如果它本应为空，则创建该目录。
    .step-2 = 然后重新检查。
check-volume-anonymous =
    .warn = { $service } 的数据没有名称，容易丢失
    .why = { $service } 写入 { $path } 的内容保存在没有名称的卷中。移除容器后，新容器将从空数据开始。
    .found = { $path } 没有对应的卷
    .required = 命名卷
    .step-1 = 请供应商在 { $path } 挂载命名卷。在此之前不要移除容器。
check-volume-kept =
    .pass = 以前的数据已保留，在卷 { $volumes } 中

# 服务的镜像来自哪里。

offline-loaded = Docker 中已有
offline-in-package = 在安装包中：{ $file }
offline-wrong-platform = 适用于 { $platform }
offline-pulled = 会到互联网上查找（pull_policy: { $policy }）
offline-built = 需要在本机构建
offline-digest = 以摘要指定，而从文件加载的镜像没有摘要
offline-fetched = 会从互联网获取 { $name }
offline-missing = 安装包和 Docker 中都没有
