# 步骤标题。
step-environment = 检查本机
step-directories = 创建目录
step-scripts = 准备脚本
step-images = 加载镜像
step-tags = 设置镜像名称
step-ports = 再次检查端口
step-start = 启动服务
step-ready = 等待就绪
step-report = 报告
step-stop = 停止服务
step-remove = 移除容器
step-fix = 修复
step-undo = 恢复原状
step-recheck = 再次检查

# 步骤做了什么，或正在做什么。
environment-done = Docker { $version }，{ $platform }，Compose { $compose }
directories-done = 已创建 { $count } 个目录
directories-present = { $count ->
    [0] 不需要目录
   *[other] 所有目录均已存在
}
directory-created = 已创建：{ $path }
directory-exists = 已存在：{ $path }
directory-file-missing = { $path } 应是安装包中的文件，但缺失。{ $services } 没有它无法启动。
directory-outside = { $path } 位于安装包之外且不存在。Quayside 不会自行在那里创建任何内容。
directory-missing = 缺失：{ $path }
scripts-done = 已将 { $count } 个脚本设为可执行
scripts-present = 无需处理
images-done = 已加载 { $loaded } 个，{ $present } 个原已存在
load-sending = 正在向 Docker 传送 { $file }
load-unpacking = Docker 正在解包，已用 { $seconds }
load-unpacking-bytes = Docker 正在解包：{ $done }/{ $total }
load-unpacking-expected = Docker 正在解包，已用 { $seconds }。本机通常需要约 { $expected }。
load-cancelled = 已取消。已完整加载的镜像会保留在 Docker 中。只传送了一部分的内容，Docker 会自行清除（最迟一天内）；下次运行会重新传送。
load-cancelled-unpacking = { $count ->
   *[other] 已取消。Docker 会自行完成 { $files } 的解包并保留；下次运行会直接使用并继续。
}
load-stalled = Docker 已有 { $seconds } 没有接收数据。大型镜像需要较长时间；可以取消等待，不会丢失任何内容。
load-checksum = 该文件与供应商制作的文件不同：校验和与 quayside.yaml 中给出的不一致。请从供应商的介质重新复制；如仍不一致，请向供应商索取该文件。
load-damaged = 其中一部分与供应商打包的内容不同，文件在传输中已损坏。
load-not-found = Docker 接受了文件，但之后找不到该镜像。
tags-done = { $count ->
    [0] 所有名称均已设置
   *[other] 已添加 { $count } 个名称
}
tag-not-loaded = 镜像尚未加载。
ports-done = { $ports } 空闲或由本项目使用
ports-none = 未发布端口
start-running = Docker 正在按顺序启动服务
start-done = 已启动
start-incomplete = 部分服务未能启动
start-out-of-time = 在规定时间内未能全部启动
ready-waiting = 正在等待服务
ready-done = { $running }/{ $total } 已就绪
ready-not = { $running }/{ $total } 已就绪
report-links = 打开：{ $links }
report-no-links = 此安装包没有可打开的页面。
report-not-yet = 目前还没有可打开的页面。
stop-done = 已停止 { $count } 个容器
remove-done = 已移除容器和网络。卷和数据均保留。
restart-done = 已重启 { $service }
restart-ready = { $service } 已就绪

# 部署将做什么。
plan-environment = 检查本机；如有阻碍，不会改动任何内容。
plan-create-for = { $path }，归其服务的用户 { $user }（{ $owner }）所有
plan-directories = { $count ->
    [0] 无需创建目录：均已存在。
   *[other] 创建 { $count } 个目录。
}
plan-scripts = { $count ->
    [0] 不改动脚本。
   *[other] 将 { $count } 个脚本设为可执行。
}
plan-images = { $count ->
    [0] 无需加载镜像：Docker 中均已存在。
   *[other] 加载 { $count } 个镜像文件，共 { $size }。
}
plan-images-missing = { $count ->
    [0] 不加载镜像。安装包和 Docker 中都没有找到 { $missing }。
   *[other] 加载 { $count } 个镜像文件，共 { $size }。安装包和 Docker 中都没有找到 { $missing }。
}
plan-tags = { $count ->
    [0] 无需添加镜像名称。
   *[other] 添加 { $count } 个镜像名称。
}
plan-ports = { $count ->
    [0] 不使用本机端口。
   *[other] 使用端口 { $ports }。
}
plan-start = { $count ->
    [0] 所有服务已在运行；只替换有变化的部分。
   *[other] 启动 { $count } 个服务，各在其依赖之后。
}
plan-ready = 等待服务就绪。
plan-report = 说明结果以及从哪里打开。
plan-create = 创建 { $path }
plan-executable = 将 { $path } 设为可执行
plan-load = 加载 { $file }（{ $size }）
plan-tag = 为 { $source } 添加名称 { $target }
plan-start-new = 在新容器中启动 { $service }
plan-start-again = 再次启动 { $service }
plan-start-runs = { $service } 已在运行

fix-done = { $effect }
undo-done = 已恢复：{ $effect }
undo-partly = 已尽可能恢复。{ $reason }
recheck-done = { $count ->
    [0] 检查现已通过。
   *[other] 还有 { $count } 项需要处理。
}
undo-preparations = 为部署而创建的目录，以及设为可执行的脚本。
