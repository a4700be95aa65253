# 错误：每个代码一条消息（点写作短横）。发生了什么、有何影响、该怎么做。
error-engine-not_running = Docker 在 { $endpoint } 没有应答。{ $remedy }
error-engine-socket_permission = 当前用户无权使用 { $endpoint } 处的 Docker。{ $remedy }
error-engine-hung = { $endpoint } 处的 Docker 接受连接但不应答。{ $remedy }
error-engine-unsupported = Quayside 无法使用地址 { $endpoint }。{ $remedy }
error-engine-broken = Docker 返回错误：{ $error }
error-no-package = 尚未打开安装包。先选择一个安装包目录。
error-operation-in-progress = 此项目正在被更改：{ $operation }（进程 { $owner }）。等待它完成，或在那里取消。
error-no-such-service = 此安装包中没有名为 { $name } 的服务或容器。现有：{ $known }
error-image-arch_mismatch = { $image } 适用于 { $platform }，而本机的 Docker 是 { $engine }。需要向供应商索取适用于 { $engine } 的安装包。
error-image-archive = { $sentence }
error-image-loading = 无法加载 { $archive }：{ $reason } 从供应商的介质重新复制该文件，然后再次部署。
error-blocked = 需要先处理 { $count } 项。没有改动任何内容。
error-directory = 无法创建目录 { $path }：{ $reason }
error-file = { $path }：{ $reason }
error-permission = 当前用户无权写入 { $path }。以有权限的用户运行 Quayside，或授予当前用户权限。
error-admin-dismissed = 管理员密码的询问窗口被关闭，因此没有执行。请重试并输入密码，或请管理员操作。
error-admin-unasked = 本机无法询问管理员密码，或当前用户无权执行此操作，因此没有执行。请直接在这台电脑前登录（不要远程登录），或请管理员操作。
error-cannot-list = 无法完整列出 { $path } 中的内容，因此没有做任何改动。停止正在写入该目录的程序，然后重试。如果其中的文件非常多，请让管理员更改所有者。
error-port-in_use = 端口 { $port } 在此期间被占用：{ $holder }。停止它或更改端口，然后再次部署。
error-compose-command = Compose 未能完成“{ $verb }”（退出码 { $code }）。它的最后几行输出见下方。
error-service-failed = { $service } 无法启动。{ $reason }
error-service-unhealthy = { $service } 正在运行，但健康检查未通过。
error-not-ready = { $after }后仍未就绪：{ $services }。没有停止任何服务，它们仍可能启动成功。
error-disk-full = { $path } 可用 { $free }，需要 { $needed }。
error-network = 网络故障：{ $reason }
error-cancelled = 已取消。已完成的部分会保留，再次部署会从那里继续。
error-unknown = Quayside 无法识别此错误：{ $reason }
error-changed-meanwhile = { $path } 与 Quayside 查看时不同，因此没有改动。再次检查后再决定。
error-no-such-fix = { $count ->
    [0] 没有名为 { $id } 的修复，目前也没有可用的修复。
   *[other] 没有名为 { $id } 的修复。可用的有：{ $known }
}
error-not-agreed = 此操作需要确认：{ $effect } 查看会改动的内容，然后表示同意（--yes）。
error-nothing-to-undo = 没有可恢复的内容：Quayside 没有在此改动过，或已经恢复。
error-cannot-save = 无法保存为 { $path }：{ $reason }
error-bad-time = “{ $text }”不是时间。可以写多久以前（10m、2h30m、1d），或一个时刻（2026-11-23T14:00:00Z）。
save-not-absolute = 需要从根目录开始的完整路径。
save-no-folder = 该目录不存在。
save-not-a-file = 这个位置不能存放文件。
save-package-file = 该文件属于安装包。
evidence-too-large = 它是一个超过 { $limit } 的 JSON 文档，而 Quayside 保存的文件不会这么大
evidence-zip = 它是 zip 文件，需先解压，再提供其中的 evidence.json
error-no-evidence = 此文件中没有可供解释的内容：{ $reason }。请提供包含错误信息的文本文件，或 Quayside 保存的文件。
error-bad-address = Quayside 无法使用地址“{ $address }”。地址必须以 unix://、npipe:// 或 tcp:// 开头。
