# 不属于任何类别的故障该怎么说。各类别在 diagnosis-*.ftl 中，每类一条消息；属性有：title（发生了什么）、why（意味着什么）、
# step-1 至 step-5（步骤）、undecided（如何与看起来相同的故障区分）。
# 同一属性可有多种写法，依次取第一个存在的：<变体>-<系统>-X、<变体>-X、<系统>-X、X。步骤成套取用：写了 step-1 就要写全。
# 系统有 desktop、windows、macos、snap、rootless、podman、no-systemd；没有前缀的是使用 systemd 和普通 Docker 的 Linux。
# 没有写 windows 或 macos 时，desktop 也适用于它们。紧接在 X 之前的 plain- 用于变量未知时。$service 总是已知：一个名称，
# 或 diagnosis-a-service 的说法。

# 不知道是哪个服务时；.first 用于句首。
diagnosis-a-service = 该服务
    .first = 该服务

diagnosis-unknown =
    .title = Quayside 无法识别 { $service } 的问题
    .why = 查到的情况与 Quayside 已知的故障都不相符，因此不作猜测。下面是日志的最后几行，一字未改。
    .step-1 = 先看最后几行：其中提到的路径、端口、文件或其他程序，往往能看出问题所在。
    .step-2 = 保存支持包并发给供应商。其中的密码已作遮盖，您可以先查看每个文件。
    .step-3 = 打电话时，用“复制给技术支持”得到需要念给对方的内容。
    .step-4 = 在供应商答复之前，不要改动或删除数据目录中的任何内容。
    .step-5 = 每次改动之后，重新检查。

# 作为依据的那一行是从哪里读到的。
proof-engine = Docker 的说明
    .of = Docker 关于 { $service } 的说明
proof-compose = Compose 的说明
    .of = Compose 关于 { $service } 的说明
proof-log = 容器的日志
    .of = { $service } 的日志
proof-health = 健康检查
    .of = { $service } 的健康检查
proof-check = 刚刚查看到
