# 检查：每个编号一条消息（点写作短横）。每种状态一句话，以及原因、实际值、要求和编号步骤。

check-engine-not_running =
    .pass = Docker { $version } 正在运行（{ $platform }）
    .block = Docker 未运行
    .why = 此安装包的服务由 Docker 运行。没有它，既无法检查也无法启动。
    .found = { $error }
    .required = 正在运行的 Docker
    .step-1 = { $remedy }
    .step-2 = 然后重新检查。
check-engine-not_installed =
    .block = 未安装 Docker
    .why = 此安装包的服务由 Docker 运行。没有它，什么都无法启动。
    .found = 本机没有 Docker
    .required = Docker 20.10 或更高版本
    .step-1 = 向供应商索取适用于本系统的 Docker 安装文件，或从软件源安装 docker.io（Debian、Ubuntu）或 docker-ce。
    .step-2 = 然后重新检查。
check-engine-desktop_not_started =
    .block = Docker Desktop 未启动
    .why = 此安装包的服务由 Docker 运行。没有它，既无法检查也无法启动。
    .found = { $error }
    .required = 正在运行的 Docker Desktop
    .step-1 = { $remedy }
    .step-2 = 然后重新检查。
check-engine-socket_permission =
    .block = 当前用户无权使用 Docker
    .why = Docker 正在运行，但只有管理员和 docker 组成员可以使用。
    .found = { $error }
    .required = 使用 Docker 的权限
    .step-1 = { $remedy }
    .step-2 = 然后重新打开 Quayside。
check-compose-missing =
    .pass = 已安装 Compose { $version }
    .block = 未安装 Docker Compose
    .why = 安装包的各个服务由 Compose 一起启动，仅有 Docker 做不到。
    .found = 没有 Compose
    .required = Compose v2，或 v1 1.29
    .step-1 = 从软件源安装 docker-compose-plugin、docker-compose-v2 或 docker-compose，或向供应商索取。
    .step-2 = 然后重新检查。
check-mount-source_missing =
    .pass = { $create ->
        [0] 安装包的文件和目录齐全
       *[other] 文件齐全；将创建 { $create } 个目录
    }
    .unknown = 无法查看安装包的文件和目录
    .unknown-why = 无法得知是否齐全：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .block-file = 安装包缺少文件：{ $path }
    .block-outside = 安装包之外的目录不存在：{ $path }
    .why = { $services } 需要它。如果缺失，Docker 会在原处放一个空目录，服务将无法启动。
    .block-outside-why = { $services } 需要它。未经询问，Quayside 不会在安装包之外创建任何内容。
    .found = { $path } 处没有内容
    .step-1 = 从供应商的介质重新复制整个安装包。如果那里也没有该文件，则向供应商索取。
    .block-outside-step-1 = 创建目录 { $path }，或向供应商确认应使用哪个目录。
    .step-2 = 然后重新检查。
check-perm-entrypoint_not_executable =
    .pass = { $count ->
        [0] 脚本均可执行
       *[other] 将把 { $count } 个脚本设为可执行
    }
    .unknown = 无法查看安装包的脚本
    .unknown-why = 无法得知脚本是否可执行：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .warn = 脚本不可执行：{ $path }
    .why = 它属于另一个用户，Quayside 无法修改。运行它的服务可能无法启动。
    .found = 不可执行
    .required = 可执行
    .step-1 = 请它的所有者或管理员运行：chmod a+x "{ $path }"
check-image-missing =
    .pass = 全部 { $images } 个镜像都在安装包或 Docker 中，无需联网
    .block = 安装包中缺少镜像 { $image }
    .block-unusable = 找不到镜像 { $image }，而可能包含它的文件无法使用：{ $files }
    .block-build = 镜像 { $image } 需要现场构建
    .block-digest = 镜像 { $image } 以摘要指定
    .block-not-loaded = 镜像 { $image } 尚未加载
    .block-pull-policy = 每次启动都会从互联网获取镜像 { $image }
    .why = { $services } 需要它。获取它需要联网，因此不会启动任何服务。
    .block-build-why = { $services } 需要在本机构建，而构建需要联网。
    .block-digest-why = { $services } 以摘要请求该镜像。从文件加载的镜像没有该摘要，Docker 会到互联网上查找。
    .block-pull-policy-why = { $services } 在 compose 文件中设置了“pull_policy: always”，每次都需要联网。
    .block-not-loaded-why = { $services } 需要它。启动不会加载镜像，部署才会。
    .found = 安装包和 Docker 中都没有
    .required = images 目录中的镜像文件
    .block-unusable-found = Docker 中没有，可用的文件中也没有
    .block-not-loaded-found = 在安装包中，不在 Docker 中
    .block-not-loaded-required = 已加载到 Docker
    .step-1 = 向供应商索取 { $image } 的镜像文件，放入安装包的 images 目录。
    .block-unusable-step-1 = 请从供应商的介质重新复制 { $files }：此处的副本已损坏或不是镜像文件。具体原因见下方的警告。
    .block-not-loaded-step-1 = 请部署安装包：部署会加载镜像并启动服务。
    .block-digest-step-1 = 请供应商改用标签指定镜像 { $image }。
    .block-pull-policy-step-1 = 向供应商索取不含“pull_policy: always”的安装包。
    .step-2 = 然后重新检查。
check-image-arch_mismatch =
    .block = { $archive } 适用于 { $platform }，而本机的 Docker 是 { $engine }
    .block-loaded = { $image } 适用于 { $platform }，而本机的 Docker 是 { $engine }
    .why = { $services } 无法在这里运行：为其他处理器编译的程序无法启动。
    .found = { $platform }
    .required = { $engine }
    .step-1 = 向供应商索取适用于 { $engine } 的安装包。
check-port-in_use =
    .pass = { $count ->
        [0] 未发布端口
       *[other] 端口 { $ports } 空闲或由本项目使用
    }
    .block = 端口 { $port } 已被占用：{ $holder }
    .why = { $service } 需要它，而两个程序不能共用一个端口。
    .found = { $holder }
    .required = 本机端口 { $port } 空闲
    .step-1 = 如果没有人需要，则停止 { $holder }；或者在安装包的 .env 文件中更改端口。
    .step-2 = 然后重新检查。
check-container-name_conflict =
    .pass = 此安装包使用的名称均空闲
    .block = 容器名称 { $name } 已被使用
    .block-project = 项目名称 { $project } 正被另一个目录使用
    .why = 项目 { $project } 的一个容器使用了该名称，而 Docker 中每个名称只能使用一次。
    .block-project-why = 有 { $count } 个同名项目的容器是从 { $folder } 创建的。从这里启动会替换它们。
    .step-1 = 确认是否有人需要该容器。如果没有，可将其移除；其数据会保留。
    .block-project-step-1 = 如果那是此安装包的早期版本，其数据在 { $folder }。在 Quayside 中打开该目录即可管理。
    .block-project-step-2 = 如需同时运行两者，在此安装包的 .env 文件中将 COMPOSE_PROJECT_NAME 设为其他名称。
    .step-2 = 然后重新检查。
check-compose-external_missing =
    .block = 网络 { $name } 不存在
    .block-volume = 卷 { $name } 不存在
    .why = 安装包要求它已经存在，不会自行创建。
    .block-volume-why = 安装包要求它已经存在并含有数据，不会自行创建。新建空卷会掩盖数据在别处的事实。
    .step-1 = 创建命令：docker network create "{ $name }"
    .block-volume-step-1 = 向供应商确认 { $name } 的数据在哪里。
    .step-2 = 然后重新检查。
check-disk-full =
    .pass = Docker 所在磁盘可用 { $free }，需要 { $needed }
    .block = Docker 所在磁盘空间不足：还差 { $missing }
    .block-quota = 磁盘分配给 Docker 的空间不足
    .warn = Docker 所在磁盘即将写满：将只剩 { $left }
    .warn-package = 安装包所在磁盘即将写满：只剩 { $left }
    .warn-quota = 安装包所在磁盘的配额已用完
    .unknown = 无法查看 Docker 所在磁盘的空间
    .unknown-elsewhere = Docker 将镜像存放在别处；从这里看不到那里能否容纳 { $needed }
    .why = Docker 将镜像存放在 { $path }。中途写满磁盘会留下加载了一半的镜像。
    .block-quota-why = { $path } 所在磁盘可用 { $free }，但实际申请时给得更少：受配额限制。
    .warn-why = 服务一启动就会写日志和数据。磁盘写满会使服务停止，还可能损坏数据库。
    .warn-package-why = 服务会把数据写入安装包目录。磁盘写满会使服务停止，还可能损坏数据库。
    .warn-quota-why = { $path } 所在磁盘可用 { $free }，但已申请不到空间：受配额限制。服务将无法写入数据。
    .unknown-why = 无法得知能否容纳这些镜像：{ $reason }。
    .unknown-elsewhere-why = Docker 运行在 { $place } 中，使用它自己的磁盘。
    .found = { $path } 可用 { $free }
    .unknown-found = 未能查看
    .unknown-elsewhere-found = 未能查看
    .required = { $needed }
    .warn-required = 剩余 { $tight }
    .warn-package-required = 剩余 { $tight }
    .warn-quota-required = 存放数据的空间
    .unknown-required = 存放镜像的空间
    .block-quota-step-1 = 联系本机管理员，为 { $path } 提供至少 { $needed } 的配额。
    .warn-step-1 = 尽快在 { $path } 所在磁盘上腾出空间。不要删除该目录中的任何内容。
    .warn-package-step-1 = 尽快在 { $path } 所在磁盘上腾出空间。不要删除安装包的数据。
    .warn-quota-step-1 = 联系本机管理员，提高 { $path } 的配额。
    .unknown-step-1 = 确认存放 Docker 镜像的磁盘有足够空间。
    .unknown-elsewhere-step-1 = 确认那里有 { $needed } 可用空间。使用 Docker Desktop 时，可在“Settings”的“Resources”中调整上限。
    .step-1 = 在 { $path } 所在磁盘上腾出 { $missing }。不要删除该目录中的任何内容。
    .step-2 = 然后重新检查。

# 谁占用了端口。
holder-service = 此安装包的 { $name }
holder-container = 容器 { $name }
holder-container-project = 项目 { $project } 的容器 { $name }
holder-process = { $name }（进程 { $pid }）
holder-hidden = 当前用户无权查看的程序

# 无法查看的原因。
blind-timed-out = { $after }内没有应答
blind-failed = { $reason }

# 修复所做的事；在执行前后都会显示。
fix-make-network = 创建 Docker 网络 { $name }。
