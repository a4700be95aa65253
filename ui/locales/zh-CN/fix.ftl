# 问题修复的作用，各用一句话说明。检查项的修复写在各自的检查旁边。

# 设置的更改方式；用于下面的句子。
fix-by-variable = 在 .env 文件中设置 { $place }
fix-by-override = 写入 { $place }，Compose 会用它覆盖供应商的文件

fix-remove-container = 移除本安装包遗留的已停止容器 { $name }。其卷和数据会保留。
fix-start-again = 重新启动尚未运行的服务。
fix-restart = { $host } 现已运行，重新启动 { $service }。
fix-remake = 为 { $services } 重新创建容器。卷和数据会保留。
fix-remake-network = { $count ->
    [0] 移除没有容器使用的网络 { $network }，由 Compose 重新创建。数据会保留。
   *[other] 停止 { $services }，移除网络 { $network } 以便 Compose 重新创建，并重新创建容器。卷和数据会保留。
}
fix-unused-networks = { $count ->
   *[other] 移除本安装包以前创建、现在没有容器使用的 { $count } 个网络：{ $networks }。
}
fix-give-subnet = 为网络 { $network } 指定无人使用的地址 { $subnet }：写入 { $place }，Compose 会用它覆盖供应商的文件。
fix-load-images = { $count ->
   *[other] 从安装包加载 { $count } 个镜像，并使用 compose 文件要求的名称：{ $images }。
}
fix-memory = 将 { $service } 可用的内存由 { $old } 提高到 { $new }：{ $how }。
fix-open-files = 允许 { $service } 同时打开 { $value } 个文件：{ $how }。
fix-start-period = 每次启动给 { $service } { $time }，之后才计入健康检查结果：{ $how }。为此它会再启动一次。
fix-wait = 最多再等 { $service } { $time }，然后启动等待它的服务。不作任何更改。
fix-table-names = 按数据创建时的设置，以 lower_case_table_names={ $value } 启动 { $service }：{ $how }。数据本身不会改变。
fix-without-gpu = 不使用显卡：运行 { $services }，代替 { $lost }。速度会变慢。为此会更改 .env 文件中的 { $place }。
fix-start-engine = 启动 Docker（{ $unit }）。

# 引擎拒绝用这项更改启动服务。
fix-refused = Docker 拒绝用这项更改启动 { $service }，因此已恢复原状：{ $effect }
fix-refused-partly = Docker 拒绝用这项更改启动 { $service }。未能全部恢复原状：{ $reason }
fix-not-started = { $count ->
   *[other] 尚未启动：还有 { $count } 个其他问题阻碍启动，详见检查结果。
}
fix-not-waited = 没有启动任何服务。
recheck-gone = 已解决：{ $problem }
