# “问题”页面。每种故障的说明来自 Rust：diagnosis-*.ftl。

## 页面
ui-problems-title = { $count } 个问题
ui-problems-title-stops = { $count } 个问题导致 { $stopped } 个服务无法工作
ui-problems-look = { $age }前检查
ui-problems-looking = 正在重新检查，已用 { $age }
ui-problems-so-far = 已用 { $age }
ui-problems-only = { $others ->
    [0] 只显示与 { $service } 有关的问题。
   *[other] 只显示与 { $service } 有关的问题，另有 { $others } 个未显示。
}
ui-problems-all = 显示全部问题
ui-problems-none = 未发现问题
ui-problems-none-of = 未发现 { $service } 的问题
ui-problems-none-lead = { $count ->
    [0] 已于 { $time } 检查本机。
   *[other] 已于 { $time } 检查 { $count } 个服务、其日志和本机。
}
ui-problems-looking-title = 正在查找问题
ui-problems-looking-lead = { $count ->
    [0] 正在向 Docker 询问情况并检查本机，不会作任何改动。
   *[other] 正在向 Docker 询问 { $count } 个服务及其日志，并检查本机。不会作任何改动。
}
ui-problems-unknown = 目前无法判断
ui-problems-unknown-lead = 无法向 Docker 询问服务状况。
ui-problems-no-package = 问题
ui-problems-no-package-lead = 打开安装包后才能检查其中的服务。不打开也可以在这里查询错误信息的含义。

## 一个问题
ui-problem-proof = 判断依据
ui-problem-proof-more = 再显示 { $count } 行
ui-problem-proof-earlier = 显示之前的 { $count } 行
ui-problem-tail = 最后的输出
ui-problem-steps = 怎么办
ui-problem-fixes = Quayside 可以处理
ui-problem-stops = 受影响的服务
ui-problem-whole = 影响范围
ui-problem-whole-lead = 本机或整个安装包。
ui-problem-explains = 因此 { $services } 也无法工作。
ui-problem-first-step = 第一步
ui-problem-show-all = { $count ->
    [1] 显示完整说明
   *[other] 显示全部 { $count } 个问题
}
ui-explain = 解释
ui-menu-explain = 解释 { $service } 的问题
ui-problem-code = 代码 { $code }
ui-problem-certain = ，可以确定
ui-problem-likely = ，很可能
ui-problem-possible = ，有可能

## 修复前后的对比
ui-compared-problem = 问题
ui-compared-before = 修复前 { $time }
ui-compared-now = 检查于 { $time }
ui-compared-there = 存在
ui-compared-still = 仍然存在
ui-compared-waits = 已修复，{ $service } 还需重新启动
ui-compared-gone = 已消失

## 未能检查的部分
ui-gaps-title = 未能检查
ui-gaps-lead = 这些部分的问题无从发现
ui-gap = { $what ->
    [engine] Docker
    [containers] 容器
   *[other] { $what }
}

## 失败的操作，以及未查明原因的服务
ui-problems-during = { $kind ->
    [deploy] 发生在 { $time } 结束的部署中。
    [start] 发生在 { $time } 的启动过程中。
    [stop] 发生在 { $time } 的停止过程中。
    [load-images] 发生在 { $time } 加载镜像时。
   *[other] 发生在 { $time }。
}
ui-problems-service = { $state ->
    [unhealthy] { $service } 无响应
    [crash-looping] { $service } 反复重启
   *[other] { $service } 已失败
}
ui-problems-exit = 退出码
ui-problems-restarts = 重启次数
ui-problems-memory = 内存
ui-problems-oom = 因内存不足被终止。
ui-problems-needs = 依赖

## 错误信息的含义
ui-explain-title = 这条错误是什么意思？
ui-explain-lead = 粘贴手头的错误信息或日志
ui-explain-hint = 例如：Bind for 0.0.0.0:80 failed: port is already allocated
ui-explain-act = 解释
ui-explain-running = 正在分析
ui-explain-clear = 清空
ui-explain-stays = 内容不会离开本机。
ui-explain-nothing = 在这段内容中没有找到 Quayside 认识的错误。可以多粘贴一些前后的内容。

## 交给技术支持：电话摘要和支持包
ui-support-help = 交给技术支持
ui-support-help-lead = 其中的密码、密钥、姓名和地址都会去除。
ui-support-copy = 复制给技术支持
ui-support-summary-asking = 正在整理
ui-support-summary-copied = 已复制。可以粘贴到邮件中，或在电话里念出来。
ui-support-summary-shown = 无法复制。内容如下，可手动选择，或再次点击“复制给技术支持”。
ui-support-bundle = 保存支持包…
ui-support-title = 支持包
ui-support-lead = 交给技术支持的一个 zip 文件，其中的密码、密钥、姓名和地址都已去除。不会自动发送到任何地方，交给谁由您决定。
ui-support-collecting = 正在检查安装包和本机、分析问题并读取各个服务的日志。已用 { $age }，每一部分最多等待 20 秒。
ui-support-files = { $count } 个文件，{ $size }
ui-support-choose-file = 选择一个文件，可以看到将要交出的确切内容。
ui-support-opening = 正在打开
ui-support-redacted = { $count ->
    [0] 没有需要去除的内容
   *[other] 去除 { $count } 处
}
ui-support-taken-out = 已去除
ui-support-nothing-taken-out = 没有需要去除的内容。
ui-support-weak = 有 { $count } 个密码太短或太常见，无法处处找出。发送前应先查看这些文件。
ui-support-gaps = 未能获取
ui-support-hosts = 保留主机名和网络地址
ui-support-again = 重新收集
ui-support-save = 另存为…
ui-support-saving = 正在保存
ui-support-close = 关闭
ui-support-saved = 已保存：{ $file }（{ $size }）
