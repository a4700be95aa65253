# 窗口自己的文字。关于服务、检查和故障的句子来自其他目录文件，由 Rust 送来。

## 框架
ui-nav = 页面
ui-nav-install = 安装
ui-nav-overview = 概览
ui-nav-problems = 问题
ui-nav-problems-count = { $count } 个问题
ui-nav-logs = 日志
ui-nav-settings = 设置
ui-nothing-leaves = 数据不会离开本机
ui-no-package = 尚未选择安装包
ui-details-open = 查看安装包详情
ui-drop-here = 将安装包文件夹放在这里
ui-engine = Docker
ui-engine-version = Docker { $version }
ui-engine-unreachable = Docker 无法连接
ui-close = 关闭
ui-back = 返回
ui-yes = 是
ui-no = 否
ui-unknown = 未知
ui-moment = { $day } { $time }
ui-percent = { $value }%
ui-two-sentences = { $first }{ $second }

## 结论、状态、结果
ui-verdict-ready = 已就绪
ui-verdict-converging = 正在启动
ui-verdict-degraded = 部分异常
ui-verdict-will-not-recover = 无法自行恢复
ui-verdict-stopped = 已停止
ui-verdict-not-deployed = 未部署
ui-verdict-engine-unreachable = 无法连接
ui-state-healthy = 健康
ui-state-running = 运行中
ui-state-starting = 正在启动
ui-state-waiting = 等待中
ui-state-unhealthy = 无响应
ui-state-crash-looping = 反复重启
ui-state-failed = 失败
ui-state-completed = 已完成
ui-state-stopped = 已停止
ui-state-paused = 已暂停
ui-state-not-created = 未创建
ui-state-out-of-reach = 无法连接
ui-was = { $state ->
    [healthy] { $time } 时健康
    [running] { $time } 时正在运行
    [starting] { $time } 时正在启动
    [unhealthy] { $time } 时无响应
    [crash-looping] { $time } 时反复重启
    [failed] { $time } 时已失败
    [completed] { $time } 时已完成
    [stopped] { $time } 时已停止
    [paused] { $time } 时已暂停
   *[other] { $time } 时未创建
}
ui-step-state-planned = 待执行
ui-step-state-running = 进行中
ui-step-state-done = 已完成
ui-step-state-skipped = 已跳过
ui-step-state-warning = 已完成，有警告
ui-step-state-failed = 失败
ui-step-state-cancelled = 已取消
ui-outcome-ready = 已就绪
ui-outcome-done = 已完成
ui-outcome-partly-ready = 部分就绪
ui-outcome-failed = 失败
ui-outcome-cancelled = 已取消
ui-outcome-blocked = 未开始
ui-announce-progress = { $step }，{ $percent }

## 提示
ui-notice-busy = 此安装包有其他操作正在进行
ui-notice-engine = 暂时无法询问 Docker
ui-notice-no-package = 没有打开的安装包
ui-notice-package = 无法读取此安装包
ui-notice-blocked = 需要先处理一些问题
ui-notice-cancelled = 已取消
ui-notice-bridge = 窗口无法与 Quayside 通信
ui-notice-failed = 操作未成功
ui-notice-show-operation = 查看
ui-notice-choose = 选择安装包
ui-notice-check = 查看检查结果
ui-interrupted-title = { $kind ->
    [deploy] { $time } 的部署被中断
    [stop] 停止操作在 { $time } 被中断
    [load-images] 加载镜像在 { $time } 被中断
    [remove] 移除容器在 { $time } 被中断
   *[other] 启动操作在 { $time } 被中断
}
ui-interrupted-deploy = 已完成的部分都保留，再次部署会从中断处继续。
ui-interrupted-other = 没有删除任何内容。“概览”页显示当前状况。
ui-interrupted-continue = 继续
ui-interrupted-dismiss = 不再显示
ui-engine-lost = Quayside 与 Docker 失去联系
ui-engine-absent = Quayside 无法连接 Docker
ui-engine-lost-still = 以下内容是 { $time }（{ $age }前）的情况。
ui-engine-try = 立即重试
ui-engine-trying = 正在重试
ui-engine-by-itself = Quayside 会自动不断重试。

## 安装：选择
ui-steps = 安装步骤
ui-step-choose = 选择
ui-step-check = 检查
ui-step-deploy = 部署
ui-choose-title = 要部署哪个安装包？
ui-choose-lead = 选择软件供应商提供的文件夹。Quayside 会先检查。在您点击“部署”之前不做任何更改，也从不下载任何内容。
ui-choose-wrong = 这个文件夹无法部署
ui-choose-unpack = 解压到本机并打开
ui-choose-drop = 将安装包文件夹拖放到这里
ui-choose-drop-hint = 窗口内任意位置均可，U 盘上的文件夹也可以。
ui-choose-button = 选择安装包文件夹…
ui-choose-opening = 正在读取安装包
ui-choose-recent = 以前打开过
ui-choose-open-now = 当前已打开
ui-choose-recognise = 如何辨认这个文件夹
ui-choose-recognise-lead = 其中有一个 Compose 文件，旁边还有一个存放镜像文件的文件夹。
ui-choose-tree-compose = 要运行什么
ui-choose-tree-env = 相关设置
ui-choose-tree-images = 程序本身，.tar 文件
ui-choose-keep = 继续使用 { $title }

## 安装：检查
ui-check-list = 检查项
ui-check-running = 正在检查安装包和本机
ui-check-running-lead = 已用 { $age }。不做任何更改。
ui-check-again-running = 正在重新检查。不做任何更改。
ui-check-looked = { $age }前检查，用时 { $took }。未做任何更改。
ui-check-failed = 检查未能完成
ui-check-blocked = 部署前需要处理 { $count } 项
ui-check-blocked-lead = 处理后即可在本机部署 { $label }。
ui-check-warnings-also = 另有 { $count } 条警告，不影响部署。
ui-check-warnings = 有 { $count } 条警告，不影响部署。
ui-check-ready = 可以部署 { $label }
ui-check-ready-lead = 本机没有任何妨碍部署的问题。
ui-check-pass = 通过
ui-check-warn = 警告
ui-check-block = 必须处理
ui-check-unknown = 未知
ui-check-found = 现状
ui-check-needed = 要求
ui-check-passed-count = { $count } 项检查
ui-check-again = 重新检查
ui-fix-act = { $effect }…
ui-fix-preview-first = 每项改动在执行前都会显示。
ui-fix-title = 将要进行的改动
ui-fix-undoable = 之后可以恢复原状。
ui-fix-not-undoable = Quayside 无法将其恢复原状。
ui-fix-now = 现在
ui-fix-after = 改动后
ui-fix-keep = 保持不变
ui-fix-do = 进行改动
ui-repaired = 已完成，并已重新检查
ui-repaired-partly = 已完成，但仍有未解决的问题
ui-repaired-back = 已恢复
ui-repaired-before = 之前：{ $message }
ui-repaired-now = 现在：{ $message }
ui-undo-list = Quayside 所作的改动
ui-undo-list-lead = 最新的在前；每项都可以恢复原状
ui-undo = 恢复…
ui-undo-title = 要恢复原状吗？
ui-undo-body = 只恢复 Quayside 改动过的内容。之后由他人改动的内容保持不变。
ui-undo-keep = 保持不变
ui-undo-act = 恢复
ui-form-title = 此安装包的设置
ui-form-open = 还有 { $count } 个值需要填写
ui-form-complete = 所有值均已填写
ui-form-required = 必填
ui-form-secret-kept = 已设置；输入即可更改
ui-form-save = 保存
ui-form-backup = 保存到 .env 文件；原文件保留在旁边。
ui-copy = 复制到本机…
ui-copy-title = 要将安装包复制到本机吗？
ui-copy-body = 将复制到用户目录下的 quayside 文件夹，逐个核对文件，然后打开副本。
ui-copy-stays = 原件保持不变。
ui-copy-keep = 留在原处
ui-copy-act = 复制
ui-check-preview = 这是未经 Docker Compose 直接读取的，细节可能有出入。安装 Compose 并填好所需的值后，检查才完整。
ui-offline-complete = 所需内容都在此文件夹中
ui-offline-incomplete = 此文件夹缺少所需内容
ui-offline-sum = { $services } 个服务，{ $archives } 个镜像文件，{ $size }。
ui-offline-none = 无需联网。
ui-offline-service = 服务
ui-offline-image = 镜像
ui-offline-archive = 镜像文件
ui-offline-size = 大小
ui-offline-platform = 适用于
ui-offline-file = 文件
ui-offline-loaded = 已加载
ui-offline-same-file = 同一文件
ui-offline-asleep = 不启动
ui-offline-not-needed = 不需要
ui-integrity-intact = 完好
ui-integrity-damaged = 已损坏
ui-integrity-missing = 缺失
ui-plan-title = 部署将做什么
ui-plan-lead = 按以下顺序
ui-plan-usually = 上次用时 { $time }
ui-plan-disk = Docker 所在磁盘可用 { $free }；加载最多占用 { $peak }，其中 { $stays } 会保留。
ui-plan-time = 上次总共用时 { $time }。
ui-plan-changes = { $count } 项具体更改
ui-deploy = 部署 { $label }
ui-deploy-again = 再次部署
ui-deploy-off-one = 暂时不能部署：{ $message }
ui-deploy-off = 暂时不能部署：需要先处理 { $count } 项。
ui-deploy-off-busy = 暂时不能部署：此安装包有其他操作正在进行。
ui-deploy-off-unknown = 暂时不能部署：需要先完成检查。
ui-deploy-off-checking = 检查完成后才能部署。

## 安装：部署
ui-deploy-since = { $time } 开始，已用 { $age }
ui-deploy-steps = 部署步骤
ui-deploy-preparing = 正在准备
ui-deploying-environment = 正在检查本机
ui-deploying-environment-lead = 在做任何更改之前，先检查所有可能妨碍部署的问题。
ui-deploying-directories = 正在创建文件夹
ui-deploying-directories-lead = 只创建安装包内缺少的文件夹。
ui-deploying-scripts = 正在准备脚本
ui-deploying-scripts-lead = 为失去执行权限的启动脚本恢复权限。
ui-deploying-images = 正在加载镜像
ui-deploying-images-lead = Docker 正在复制并解包程序，尚未启动任何服务。
ui-deploying-tags = 正在为镜像命名
ui-deploying-tags-lead = 让 Compose 能按它要求的名称找到镜像。
ui-deploying-ports = 正在再次检查端口
ui-deploying-ports-lead = 在此期间端口可能被其他程序占用。
ui-deploying-start = 正在启动服务
ui-deploying-start-lead = 按服务之间的依赖顺序启动。
ui-deploying-ready = 正在等待服务就绪
ui-deploying-ready-lead = 所有服务都已启动。服务自己的健康检查通过后，才算就绪。
ui-deploying-report = 正在记录结果
ui-deploying-report-lead = 最后查看一遍所有服务。
ui-deploying-stop = 正在停止服务
ui-deploying-stop-lead = 所有数据都会保留。
ui-deploying-remove = 正在移除容器
ui-deploying-remove-lead = 所有数据都会保留。
ui-deploying-copy = 正在复制到本机
ui-deploying-copy-lead = 每个文件都会与读取的内容核对。
ui-deploying-fix = 正在修复
ui-deploying-fix-lead = 只执行已显示的改动。
ui-deploying-undo = 正在恢复原状
ui-deploying-undo-lead = 只恢复 Quayside 改动过的内容。
ui-deploying-recheck = 正在重新检查
ui-deploying-recheck-lead = 不会改动任何内容。
ui-deploy-waiting-for = 正在等待 { $count } 个服务，共 { $total } 个
ui-deploy-patience = 只要服务仍可能就绪，Quayside 就会等待：通常 5 分钟，安装包有要求时更久。停止等待时会说明原因，不会停止任何服务。
ui-deploy-services = 服务
ui-deploy-services-later = 所有镜像加载后启动
ui-deploy-services-next = 即将启动
ui-deploy-image-there = 镜像已存在
ui-deploy-cancel-early = 可以随时取消。已加载的镜像会保留，再次部署会从这里继续。
ui-deploy-cancel-late = 取消后，服务会保持当前的运行状态。
ui-deploy-cancelling = 正在取消，等待当前步骤安全结束。
ui-cargo-of = 已传送给 Docker，共 { $total }
ui-cargo-rate = 传送速度
ui-cargo-about = 约 { $time }
ui-cargo-left = 传送剩余时间
ui-cargo-text = 已传送 { $done }，共 { $total }
ui-cargo-next = 接下来是 { $file }，{ $size }
ui-cargo-archives = 镜像文件
ui-cargo-archives-done = 已加载 { $done } 个，共 { $total } 个
ui-part-waiting = 尚未开始
ui-part-sending = 正在传送
ui-part-unpacking = 正在解包
ui-part-done = 已加载
ui-part-failed = 失败
ui-part-unpacking-for = 已用 { $time }
ui-part-unpacked = 已用 { $time }，已解包 { $size }
ui-log-show = 显示完整日志
ui-log-hide = 隐藏日志
ui-log-title = 本次操作的日志
ui-log-empty = 还没有内容。
ui-services-name = 服务
ui-services-state = 状态
ui-services-what = 当前情况

## 安装：结果
ui-outcome-when = { $time } 结束，用时 { $took }
ui-outcome-ready-title = { $title } 已就绪
ui-outcome-blocked-lead = 需要先处理 { $count } 项。未做任何更改。
ui-outcome-cancelled-early = 未启动任何服务。已加载的镜像会保留，再次部署会从这里继续。
ui-outcome-cancelled-started = 已启动的服务会继续运行。再次部署会从这里继续。
ui-outcome-steps = 进行到哪一步
ui-outcome-kept = 没有删除任何内容。再次部署会从这里继续，不会重复已完成的部分。
ui-outcome-to-check = 查看检查结果
ui-to-overview = 前往概览
ui-works = 正常
ui-works-not = 尚不正常
ui-of = { $part } / { $total }
ui-why = 原因
ui-open = 打开 { $what }
ui-open-lan = 从其他电脑访问：
ui-see-logs = 查看日志
ui-proof-title = 最后的输出
ui-technical = 技术细节
ui-technical-code = 代码
ui-technical-category = 类别
ui-technical-step = 步骤
ui-technical-causes = 原因链

## 概览
ui-overview-asking = 正在向 Docker 询问服务状况
ui-overview-last-seen = { $title }，最后一次看到的情况
ui-overview-were = 当时 { $total } 个服务中有 { $part } 个正常。
ui-overview-install = 前往安装
ui-overview-attention = 需要关注
ui-overview-fine = 一切正常
ui-overview-count = { $count } 个服务
ui-overview-group = 按状态分组
ui-overview-find = 查找服务
ui-overview-filter = 显示哪些服务
ui-overview-none-match = 没有符合的服务。
ui-filter-all = 全部 { $count }
ui-filter-attention = 需要关注 { $count }
ui-filter-working = 正常 { $count }
ui-filter-finished = 已完成 { $count }
ui-layout = 布局
ui-layout-cards = 卡片
ui-layout-compact = 紧凑
ui-start-all = 全部启动
ui-stop-all = 全部停止
ui-stop-all-asks = 全部停止…
ui-restart-all = 全部重启
ui-restart-all-asks = 全部重启…
ui-see-problem = 查看问题
ui-see-what = 查看问题所在
ui-see-problems = { $count ->
    [1] 查看问题
   *[other] 查看 { $count } 个问题
}
ui-card-because = 受 { $service } 影响
ui-menu-of = { $service } 的操作
ui-menu-restart = 重启 { $service }
ui-menu-start = 启动 { $service }
ui-menu-stop = 停止 { $service }…
ui-menu-logs = { $service } 的日志
ui-cancel = 取消…
ui-cancelling = 正在取消
ui-strip-step = { $step }：{ $message }
ui-strip-show = 查看
ui-strip-ended = { $outcome ->
    [partly-ready] 有服务未能启动
    [cancelled] 已取消
    [blocked] 未执行任何操作
    [done] 已完成，但有部分未成功
   *[other] { $kind ->
        [stop] 停止未成功
        [restart] 重启未成功
        [restart-container] 重启未成功
        [load-images] 加载镜像未成功
        [setup-tags] 设置标签未成功
        [check-mount-dirs] 创建文件夹未成功
        [remove] 移除容器未成功
        [fix] 修复未成功
        [copy] 复制未成功
        [undo] 恢复未成功
       *[other] 启动未成功
    }
}
ui-doing-deploy = 正在部署
ui-doing-start = 正在启动服务
ui-doing-stop = 正在停止服务
ui-doing-restart = 正在重启服务
ui-doing-restart-container = 正在重启服务
ui-doing-remove = 正在移除容器
ui-doing-load-images = 正在加载镜像
ui-doing-setup-tags = 正在设置标签
ui-doing-check-mount-dirs = 正在创建文件夹
ui-doing-fix = 正在修复
ui-doing-copy = 正在复制到本机
ui-doing-undo = 正在恢复原状
ui-doing-named = { $kind ->
    [stop] 正在停止 { $services }
    [restart] 正在重启 { $services }
    [restart-container] 正在重启 { $services }
   *[other] 正在启动 { $services }
}

## 确认
ui-stop-all-title = 停止全部 { $count } 个服务？
ui-stop-all-body = 在您再次启动之前，{ $title } 将无法访问。所有数据都会保留。
ui-stop-not-part = 不包括：移除容器、清除数据。
ui-stop-keep = 继续运行
ui-restart-all-title = 重启全部 { $count } 个服务？
ui-restart-all-body = 在服务重新就绪之前，{ $title } 将无法访问。所有数据都会保留。
ui-restart-keep = 保持现状
ui-stop-service-title = 停止 { $service }？
ui-stop-service-needed = { $services } 依赖 { $service }，可能无法正常工作。
ui-stop-service-body = 所有数据都会保留。它会一直停止，直到您再次启动。
ui-stop-service = 停止 { $service }
ui-remove-title = 移除 { $title } 的容器？
ui-remove-stops = 会先停止 { $count } 个正在运行的服务。
ui-remove-body = 将移除容器和网络。镜像、卷和所有数据都会保留，再次部署会重新创建容器。
ui-remove-keep = 保留容器
ui-remove-act = 移除容器
ui-cancel-title = { $kind ->
    [copy] 要取消复制吗？
    [deploy] 取消部署？
    [stop] 取消停止操作？
    [load-images] 取消加载镜像？
   *[other] 取消正在进行的操作？
}
ui-cancel-leaves-early = 尚未启动任何服务。已准备好的文件夹和权限会保留，再次部署会从这里继续。
ui-cancel-leaves-images = 已加载的镜像会保留，不会启动任何服务。再次部署会从这里继续。
ui-cancel-leaves-started = 已启动的服务会保持当前的运行状态。不会移除任何内容，再次部署会从这里继续。
ui-cancel-leaves-other = 已完成的部分会保留。不会删除任何内容。
ui-cancel-keep = 继续进行
ui-cancel-act = { $kind ->
    [deploy] 取消部署
   *[other] 取消操作
}

## 日志
ui-logs-find = 在日志中查找
ui-logs-no-match = 没有匹配
ui-logs-match = { $current } / { $total }
ui-logs-previous = 上一个匹配
ui-logs-next = 下一个匹配
ui-logs-services = 显示的服务
ui-logs-all = 全部服务
ui-logs-following = 正在跟随
ui-logs-following-lead = 新的日志会出现在底部，服务重启后也会继续显示。
ui-logs-times = 时间
ui-logs-wrap = 自动换行
ui-logs-copy = 复制
ui-logs-save = 保存…
ui-logs-saving = 正在保存
ui-logs-since = 起始时间
ui-logs-since-newest = 最新的日志
ui-logs-since-10m = 最近 10 分钟
ui-logs-since-1h = 最近 1 小时
ui-logs-since-1d = 最近 24 小时
ui-logs-since-7d = 最近 7 天
ui-logs-filter = 严重程度
ui-logs-filter-all = 全部
ui-logs-filter-warning = 警告
ui-logs-filter-error = 错误
ui-logs-level-error = 错误
ui-logs-level-warning = 警告
ui-logs-level-info = 信息
ui-logs-level-debug = 调试
ui-logs-passing = 显示 { $count } 行；{ $all }
ui-logs-saved = 已将 { $count } 行（{ $size }）保存为 { $path }
ui-logs-copied = 已复制 { $count } 行。
ui-logs-not-copied = 未能复制 { $count } 行：系统不允许 Quayside 使用剪贴板。可以改为保存到文件。
ui-logs-paused = 已暂停
ui-logs-held = { $count ->
    [0] 暂停后没有新日志。
   *[other] 有 { $count } 行新日志等待显示。
}
ui-logs-ended = 暂无日志
ui-logs-ended-lead = 目前无法从 Docker 读取日志，恢复后会自动继续显示。
ui-logs-kept = 保留最新 { $kept } 行，更早的 { $dropped } 行不再显示
ui-logs-lines = { $count } 行
ui-logs-pause = 停止跟随
ui-logs-follow = 跟随

## 设置
ui-settings-look = 语言和外观
ui-settings-language = 语言
ui-settings-language-system = 与系统一致
ui-settings-theme = 外观
ui-theme-system = 与系统一致
ui-theme-light = 浅色
ui-theme-dark = 深色
ui-settings-watching = 不在屏幕前时
ui-settings-watching-lead = 无论 Quayside 是否运行，服务都会继续运行。
ui-switch-notifications = 通知
ui-switch-notifications-lead = 故障持续 30 秒时，以及恢复正常时。
ui-switch-close-to-tray = 关闭窗口后继续监视
ui-switch-close-to-tray-lead = 托盘图标保留，可从其菜单退出 Quayside。
ui-switch-autostart = 随计算机启动
ui-switch-autostart-lead = 登录后在托盘中启动，并打开上次的安装包。
ui-settings-engine = 容器引擎
ui-settings-engine-lead = 运行各个服务的程序。
ui-settings-api = API { $version }
ui-settings-files = Quayside 自己的文件
ui-settings-files-lead = 操作记录，不会存放在安装包中。
ui-settings-about = 关于
ui-settings-about-lead = 不发送任何信息，也不联网检查更新。

## 安装包详情
ui-details-images = 镜像
ui-details-shared = 共用部分
ui-details-shared-none = 无
ui-details-shared-with = { $count ->
    [1] 与 { $image } 共用 { $size }
   *[other] 与 { $count } 个镜像共用 { $size }
}
ui-details-other-platform = 适用于其他平台
ui-details-images-sum = { $archives } 个镜像文件，{ $size }
ui-details-unreadable = 无法从此文件读取镜像
ui-details-load = 加载镜像
ui-details-tags = 设置标签
ui-details-images-note = 加载镜像和设置标签不会启动任何服务。已存在的会跳过。
ui-details-engine-images = Docker 中的全部 { $count } 个镜像
ui-details-from-package = 属于此安装包
ui-load-loaded = 刚刚加载
ui-load-already-present = 原已存在
ui-load-retagged = 已重新命名
ui-load-failed = 失败
ui-details-folders = 文件夹
ui-details-folders-lead = 服务在本机使用的文件夹
ui-details-folder = 文件夹
ui-details-used-by = 使用者
ui-details-no-folders = 没有服务使用本机的文件夹。
ui-directory-exists = 已存在
ui-directory-created = 已创建
ui-details-create = 创建缺少的文件夹
ui-details-containers = 容器
ui-details-containers-count = { $count } 个容器
ui-details-containers-note = 容器可以随时移除并重新创建，不影响镜像、卷和数据。
ui-details-remove = 移除容器…
ui-details-computer = 本机
ui-details-findings = 关于此安装包的提示
ui-details-support = 技术支持
ui-details-audit = 给供应商的建议
ui-details-audit-lead = 有 { $count } 处可以写得更好，不影响在此使用
ui-arch-host = 本机
ui-arch-engine = Docker 运行于
ui-arch-suffix = 适用的镜像文件后缀
ui-arch-emulation = 也能运行
ui-arch-mismatch = 注意
ui-arch-mismatch-lead = 本机与 Docker 的架构不同，安装包以 Docker 为准。

## 资源用量
ui-host = 本机
ui-host-cpu = 处理器
ui-host-measuring = 正在测量
ui-host-cores = { $part }，共 { $count } 核
ui-host-memory = 内存
ui-host-of = { $used } / { $total }
ui-host-disk-engine = Docker 磁盘
ui-host-disk-package = 安装包磁盘
ui-figures-cpu = CPU

## 服务详情
ui-menu-details = { $service } 的详情
ui-drawer-asking = 正在询问 Docker
ui-drawer-depends = 依赖关系
ui-drawer-needs = 依赖
ui-drawer-needed-by = 被依赖
ui-drawer-alone = 它不依赖其他服务，也没有其他服务依赖它。
ui-drawer-if-down = 如果 { $service } 停止，以下 { $count } 个服务将无法启动：{ $services }。
ui-drawer-containers = 容器
ui-drawer-name = 名称
ui-drawer-started = 启动时间
ui-drawer-restarts = 重启
ui-drawer-restarts-policy = Docker 重启 { $count } 次（策略：{ $policy }）
ui-drawer-networks = 网络
ui-drawer-places = 数据存放位置
ui-drawer-place = 在本机
ui-drawer-inside = 在容器内
ui-drawer-no-places = 容器删除后不保留任何数据。
ui-drawer-memory = 内存，停止后清空
ui-drawer-volume = Docker 卷
ui-drawer-read-only = 只读
ui-drawer-probes = 最近的健康检查
ui-drawer-no-probes = 它没有健康检查，或尚未执行过。
ui-drawer-probe-failed = 失败，退出码 { $code }
ui-drawer-history = 发生过什么
ui-drawer-no-history = Docker 没有它的记录。Docker 只保留最新的事件，重启之前的事件不会保留。
ui-drawer-variables = 启动时的设置
ui-drawer-variables-hidden = 只显示名称。值可能是机密，不予显示。
ui-drawer-no-variables = 无。
ui-history-started = 已启动
ui-history-ended = 已结束，退出码 { $code }
ui-history-out-of-memory = 内存用量超出上限
ui-history-restarted = 被人重启
ui-history-unhealthy = 不再通过健康检查
ui-history-healthy = 通过健康检查

## 选择引擎
ui-engines-asking = 正在查找引擎
ui-engines-in-use = 使用中
ui-engines-use = 使用它
ui-engines-address = 引擎地址
ui-engines-use-address = 使用此地址
ui-engines-automatic = 自动查找
ui-engines-fixed = { $origin ->
    [variable] 本次运行使用 DOCKER_HOST 指定的引擎。不设置它时，这里的选择才会生效。
   *[other] 本次运行使用命令行指定的引擎。这里的选择下次启动时生效。
}

## 交接页
ui-handover = 交接页…
ui-handover-title = 交接页已保存
ui-handover-saved = { $path }。可用任何浏览器打开，适合打印。
