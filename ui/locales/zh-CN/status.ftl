# 来自其他地方的原文：名称、路径、工具自己的一行输出。
verbatim = { $words }

list-more = { $name }、{ $rest }
duration-seconds = { $seconds } 秒
duration-minutes = { $minutes } 分钟
duration-minutes-seconds = { $minutes } 分 { $seconds } 秒
duration-hours-minutes = { $hours } 小时 { $minutes } 分钟
duration-days-hours = { $days } 天 { $hours } 小时

# 引擎为什么无法连接。$remedy 是下面 remedy-* 中的一句。
engine-not-asked = Quayside 尚未询问 Docker。
engine-not-running = Docker 没有应答。服务可能仍在运行。{ $remedy }
engine-permission = Docker 正在运行，但当前用户无权使用。{ $remedy }
engine-hung = Docker 接受连接但不应答。{ $remedy }
engine-unsupported = Quayside 无法使用地址 { $endpoint }。{ $remedy }
engine-broken = Docker 返回错误：{ $error }

remedy-start-systemd = 启动命令：sudo systemctl start docker
remedy-restart-systemd = 重启命令：sudo systemctl restart docker（正在运行的服务可能会短暂中断）。
remedy-start-dockerd = 以管理员身份启动：dockerd
remedy-start-desktop = 启动 Docker Desktop，等待它显示引擎正在运行。
remedy-join-docker-group = 将当前用户加入 docker 组（sudo usermod -aG docker "$USER"），然后注销并重新登录。该组的成员可以在本机上做任何事。
remedy-use-local-address = 地址应以 unix://、npipe:// 或 tcp:// 开头。

service-not-created = 尚未创建。
service-waiting = 等待 { $service }。
service-starting = 刚刚启动。
service-starting-health = 已启动，健康检查尚未应答。
service-starting-asked = 健康检查已询问 { $count } 次，尚无正常应答。
service-restarted = 已重启 { $count } 次，上次退出码 { $code }。仍有可能启动成功。
service-restarted-runs = 已重启 { $count } 次，现在又在运行。仍有可能启动成功。
service-starting-last = 正在启动。上次用了 { $duration } 才通过健康检查。
service-starting-longer = 正在启动，已超过上次所用的时间（{ $duration }），健康检查尚未通过。
service-starting-vendor = 正在启动。供应商说明大约需要 { $duration }。
service-starting-vendor-longer = 正在启动，已超过供应商说明的时间（{ $duration }），健康检查尚未通过。
service-running = 正在运行。它没有健康检查，因此只能确认它在运行。
service-job-running = 一次性任务，仍在执行。
service-healthy = 已就绪。
service-healthy-for = 已就绪 { $duration }
service-unhealthy = 正在运行，但健康检查已连续失败 { $count } 次。
service-crash-looping = 已重启 { $count } 次，退出码 { $code }，无法保持运行。
service-crash-looping-runs = 已重启 { $count } 次，此刻又在运行，但无法保持。
service-running-again = 重新运行 { $duration }。Docker 曾将它重启 { $count } 次。
service-healthy-again = 已就绪 { $duration }。此前 Docker 曾将它重启 { $count } 次。
service-healthy-flaky = 已就绪，但不稳定：最近 { $count } 次健康检查中有 { $failed } 次失败。
service-unhealthy-flaky = 时好时坏：最近 { $count } 次健康检查中有 { $failed } 次失败。
service-completed = 一次性任务，已完成，退出码 0。
service-failed = 已结束，退出码 { $code }。
service-failed-memory = 因内存超出限额而结束（退出码 { $code }）。
service-failed-start = Docker 无法启动它：{ $error }
service-stopped = 已按要求停止。
service-stopped-somehow = 已停止。Quayside 没有看到是谁停止了它。
service-paused = 已按要求暂停。
service-unanswered = Docker 没有给出它的消息；最近所知：{ $state ->
    [running] 正在运行
    [paused] 已暂停
    [restarting] 正在重启
    [removing] 正在被移除
    [created] 已创建，尚未启动
   *[other] 已结束
}。如果持续几分钟，请重启运行 Docker 的计算机。

verdict-engine-unreachable = Quayside 与 Docker 失去联系。服务可能仍在运行。
verdict-not-deployed = 尚未部署。
verdict-stopped = 所有服务均已停止。
verdict-will-not-recover = { $total } 个服务中 { $running } 个正常。无法自行恢复：{ $services }。{ $kept ->
    [0] { "" }
   *[other] 受其影响的还有 { $kept } 个。
}
verdict-converging = { $total } 个服务中 { $running } 个已就绪，其余正在启动。
verdict-degraded = { $total } 个服务中 { $running } 个正常。需要关注：{ $services }。{ $kept ->
    [0] { "" }
   *[other] 受其影响的还有 { $kept } 个。
}
verdict-ready = 全部 { $total } 个服务已就绪。

operation-deploy = 部署
operation-start = 启动服务
operation-stop = 停止服务
operation-restart = 重启服务
operation-restart-container = 重启容器
operation-remove = 移除容器
operation-load-images = 加载镜像
operation-setup-tags = 设置镜像名称
operation-check-mount-dirs = 创建目录
operation-fix = 修复
operation-undo = 恢复原状

# 给不在屏幕前的人的通知。
alert-service = { $state ->
    [crash-looping] { $service } 不断重启
    [failed] { $service } 已失败
    [unhealthy] { $service } 没有应答
   *[other] Docker 不再给出 { $service } 的消息
}
alert-service-over = { $service } 已恢复正常
alert-reboot-well = 本机重启后，所有服务均已恢复
alert-reboot-trouble = 本机重启后，并非所有服务都已恢复
alert-engine = 无法连接 Docker
alert-engine-over = 已重新连接 Docker

# 托盘图标及其菜单。
tray-no-package = 未打开安装包
tray-open = 打开 Quayside
tray-restart = 全部重启…
tray-stop = 全部停止…
tray-quit = 退出（服务继续运行）
tray-explained = Quayside 继续监视
tray-explained-body = 窗口已关闭，托盘中的图标仍在。要退出 Quayside，在其菜单中选择“退出”。可在设置中更改。

# 资源用量，以及撑不了多久的情况
resource-disk-engine-look = Docker 数据所在磁盘已用 { $percent }%（剩余 { $free }）。磁盘写满后服务会停止，需要及时腾出空间。
resource-disk-engine-broken = Docker 数据所在磁盘已用 { $percent }%（剩余 { $free }）。无法写入时数据库会停止，现在就需要腾出空间。
resource-disk-package-look = 安装包所在磁盘已用 { $percent }%（剩余 { $free }），需要及时腾出空间。
resource-disk-package-broken = 安装包所在磁盘已用 { $percent }%（剩余 { $free }）。无法写入时数据库会停止，现在就需要腾出空间。
resource-disk-folder-look = 安装包所在磁盘已用 { $percent }%（剩余 { $free }），其中最大的目录是 { $folder }（{ $bytes }）。需要及时腾出空间。
resource-disk-folder-broken = 安装包所在磁盘已用 { $percent }%（剩余 { $free }），其中最大的目录是 { $folder }（{ $bytes }）。无法写入时数据库会停止，现在就需要腾出空间。
resource-memory = { $service } 已用 { $used } 内存，上限为 { $limit }。达到上限后系统会将其终止。可以询问供应商能否提高上限。
resource-log = { $service } 的日志已增长到 { $bytes }，且没有上限。可以请供应商在日志选项中设置 max-size。

# 交接页，打印给负责这台计算机的人
handover-title = { $title }：交接说明
handover-made = 由 Quayside 于 { $time } 写成，供负责这台计算机的人使用。
handover-open = 访问地址
handover-from = 从哪里访问
handover-here = 本机
handover-others = 网络中的其他计算机
handover-service = 服务
handover-address = 地址
handover-services = 服务
handover-state = 写成时的状态
handover-image = 镜像
handover-data = 数据位置
handover-place = 位置
handover-size = 大小
handover-volume = Docker 卷 { $name }
handover-no-data = 安装包不在容器之外保存数据。
handover-data-note = 这些位置需要备份。直接备份正在运行的数据库可能无法使用：应先停止服务，或使用数据库自带的备份功能。
handover-operate = 启动与停止
handover-operate-window = 在窗口中：打开 Quayside，进入“概览”，点击“全部启动”或“全部停止”。停止不会影响任何数据。
handover-operate-terminal = 在终端中：
handover-checks = 检查
handover-checks-passed = { $count } 项检查通过{ $others ->
    [0] ，没有其他发现。
   *[other] ，另有 { $others } 项：
}
handover-checks-open = 需要了解
handover-checks-good = 已通过
handover-versions = 版本
handover-package = 安装包
handover-system = 系统
handover-support = 技术支持
handover-no-support = 安装包中没有联系方式，可以询问交付它的人。
