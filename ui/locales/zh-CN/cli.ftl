# 仅用于命令行的文字。
cli-about = 部署离线 Docker Compose 安装包，并如实说明运行状况。
cli-deploy = 加载镜像、启动服务并等待全部就绪；从上次中断处继续
cli-start = 启动已部署的服务，并等待就绪
cli-stop = 停止服务；容器、卷和数据均保留
cli-restart = 停止并重新启动服务
cli-restart-container = 按容器名或服务名重启一个容器
cli-status = 说明各服务的状态
cli-check = 检查可能妨碍部署的一切；不做任何改动
cli-plan = 说明部署将做什么；不做任何改动
cli-inspect = 说明安装包的内容；不需要 Docker
cli-logs = 输出服务的日志
cli-load-images = 将安装包的镜像加载到 Docker
cli-setup-tags = 为已加载的镜像设置 compose 文件要求的名称
cli-list-images = 列出 Docker 的全部镜像，并标出安装包的镜像
cli-arch-info = 说明以哪种处理器架构为准
cli-check-mount-dirs = 创建安装包缺少的目录并说明各目录状态
cli-down = 移除容器和网络；卷和数据均保留
cli-fix = 执行 check 或 diagnose 提供的修复，然后再次检查
cli-undo = 恢复上一次修复或上一次部署的准备工作所作的改动
cli-completions = 输出 shell 补全脚本

cli-option-package = 安装包：含 compose 文件的目录，或其 .zip、.tar、.tar.gz、.tar.zst 包 [默认：当前目录]
cli-option-json = 输出 JSON，每行一个对象或事件
cli-option-lang = 语句的语言
cli-option-docker-host = 要使用的 Docker，例如 unix:///var/run/docker.sock
cli-option-verbose = 在标准错误中输出更多信息；重复两次则输出全部
cli-option-services = compose 文件中的服务名；不写表示全部
cli-option-wait-timeout = 最多等待服务就绪的秒数
cli-option-container-name = 容器名或服务名
cli-option-follow = 持续输出新内容
cli-option-watch = 持续输出每次变化
cli-option-format = 输出格式：prometheus 供监控系统采集
cli-option-tail = 每个容器输出过去多少行
cli-option-shell = shell 名称
cli-option-id = 检查所给出的修复名称
cli-option-yes = 同意此修复所作的改动

cli-cancelling = 正在取消。已完成的部分会保留。
cli-interrupted = { $operation ->
    [deploy] 上次部署在“{ $step }”时中断。已完成的部分会保留。
   *[other] 上次的 { $operation } 在“{ $step }”时中断。
}
cli-preview = 预览：由于未安装 Compose 或缺少它需要的值，以下内容仅从文件读取。

cli-outcome-ready = 已就绪。
cli-outcome-partly-ready = 部分就绪。
cli-outcome-failed = 失败。
cli-outcome-cancelled = 已取消。
cli-outcome-blocked = 没有改动任何内容。
cli-outcome-done = 完成。

cli-check-ready = 所需内容齐全。
cli-check-warnings = 可以部署，但有警告。
cli-check-blocked = 部署前需要先处理问题。
cli-check-offline-complete = 离线：{ $count } 个服务的镜像都已具备，无需联网获取。
cli-check-offline-open = 离线：无法确定 { $services } 能否离线启动；原因见 --json。
cli-check-audit = 有 { $count } 条给安装包供应商的建议；用 --json 查看。
cli-fix-offer = Quayside 可以处理：{ $effect }

cli-state-not-created = 未创建
cli-state-starting = 正在启动
cli-state-running = 运行中
cli-state-healthy = 健康
cli-state-unhealthy = 无响应
cli-state-crash-looping = 反复重启
cli-state-completed = 已完成
cli-state-failed = 失败
cli-state-stopped = 已停止
cli-state-paused = 已暂停

cli-images-name = 镜像
cli-images-platform = 平台
cli-images-size = 大小
cli-images-package = * 表示安装包中的镜像。安装包中适用于此平台的镜像共 { $total } 个，已加载 { $loaded } 个。

cli-arch-host = 本机：{ $value }
cli-arch-engine = Docker：{ $value }
cli-arch-no-engine = 无法连接
cli-arch-suffix = 镜像文件和标签的后缀：{ $value }
cli-arch-emulation = 可模拟的架构：{ $value }
cli-arch-mismatch = Docker 的架构与本机不同，以 Docker 的为准。
cli-set = 将值保存到安装包的 .env 文件
cli-option-values = KEY=VALUE；VALUE 写 - 时从标准输入读取
cli-option-since = 只显示此时间之后的日志：多久以前（10m、2h30m、1d），或一个时刻（2026-11-23T14:00:00Z）
cli-diagnose = 说明出了什么问题、原因以及解决办法；不作任何改动
cli-option-service = 只看与此服务有关的问题
cli-option-evidence = 改为解释保存的证据或复制的文本（- 表示从输入读取）；不需要引擎
cli-diagnose-nothing = 没有发现故障。
cli-diagnose-explains = { $services } 也因此无法工作。
cli-diagnose-gap = 未能查看：{ $what }（{ $why }）
cli-handover = 保存一页交接说明：服务、地址、数据位置、如何启动和停止、联系谁
cli-option-out = 要写入的文件
