# 检查（host）：格式同 check.ftl，以及其修复所做的事。

check-disk-inodes =
    .block = Docker 所在磁盘无法再存放文件
    .warn = Docker 所在磁盘只能再存放 { $files } 个文件
    .why = { $path } 所在磁盘还有空间，但只能再存放 { $files } 个文件，而镜像由大量小文件组成。
    .found = 还可存放 { $files } 个文件
    .required = 至少可存放 { $wanted } 个文件
    .step-1 = 与本机管理员一起查明是什么小文件占满了磁盘，例如：df -i "{ $path }"
    .step-2 = 然后重新检查。
check-disk-readonly_or_io =
    .block = Docker 所在磁盘无法写入
    .block-package = 安装包所在磁盘无法写入
    .unknown = 无法查看安装包所在的磁盘
    .why = { $path } 所在磁盘是只读的。磁盘出现故障时，Linux 会将其设为只读。
    .block-package-why = 此安装包的服务会写入其目录，而 { $path } 所在磁盘是只读的：以只读方式挂载，或者出现了故障。
    .unknown-why = 无法得知数据能否写入：{ $reason }。
    .found = 只读
    .unknown-found = 未能查看
    .required = 可写入的磁盘
    .step-1 = 先保存磁盘上的内容，再请本机管理员检查磁盘：dmesg 会指出有故障的磁盘。
    .block-package-step-1 = 将安装包复制到本机磁盘并从那里打开，或请本机管理员检查该磁盘。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接。
    .step-2 = 然后重新检查。
