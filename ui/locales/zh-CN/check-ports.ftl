# 检查（ports）：格式同 check.ftl，以及其修复所做的事。

check-port-in_use =
    .pass = { $count ->
        [0] 未发布端口
       *[other] 端口 { $ports } 空闲或由本项目使用
    }
    .unknown = 无法查看本机的端口
    .unknown-why = 无法得知端口是否空闲：{ $reason }。
    .unknown-step-1 = 重新检查。
    .warn = 端口 { $port } 已被占用：{ $holder }
    .warn-why = { $service } 使用本机自己的网络，可能要在该端口监听。
    .warn-required = 本机端口 { $port } 空闲
    .warn-step-1 = 如果 { $service } 无法启动，则停止{ $holder }，或向供应商索取其他端口的配置。
    .block = 端口 { $port } 已被占用：{ $holder }
    .block-own = 端口 { $port } 仍被占用：{ $holder }
    .block-hidden = 端口 { $port } 已被占用：{ $holder }
    .block-twice = 此安装包有两个服务要使用端口 { $port }
    .block-range = 端口 { $port } 全部被占用
    .block-replicas = { $service } 要运行 { $count } 个容器，它们不能共用端口 { $port }
    .why = { $service } 需要它，而两个程序不能共用一个端口。
    .block-twice-why = { $service } 需要它，{ $holder } 也需要它。只有一个能使用。
    .block-range-why = { $service } 需要其中一个，而两个程序不能共用一个端口。
    .block-replicas-why = 每个容器都需要自己的端口，因此只有第一个能启动。
    .found = { $holder }
    .block-range-found = { $holders }
    .block-replicas-found = { $count } 个容器只有 1 个端口
    .required = 本机端口 { $port } 空闲
    .block-range-required = { $port } 中有一个端口空闲
    .block-replicas-required = { $count } 个端口，或不发布端口
    .step-1 = { $other }
    .step-2 = 或者停止{ $holder }（如果没有人需要它）。
    .step-3 = 然后重新检查。
    .block-own-step-1 = 停止此安装包的服务，然后重新检查。
    .block-own-step-2 = { $other }
    .block-hidden-step-2 = 或者请管理员查明是哪个程序，如果没有人需要它则将其停止。
    .block-twice-step-2 = 然后重新检查。
    .block-range-step-2 = 或者停止其中一个程序（如果没有人需要它）。
    .block-replicas-step-1 = 向供应商索取 { $service } 只运行一个容器、或发布端口范围的安装包。
    .block-replicas-step-2 = 然后重新检查。
check-port-excluded_windows =
    .block = 端口 { $port } 被 Windows 保留
    .why = { $service } 需要它，虽然没有程序在监听，但 Windows 已将其保留。
    .found = 已保留
    .required = 本机端口 { $port } 空闲
    .step-1 = { $other }
    .step-2 = 查看保留的端口：netsh interface ipv4 show excludedportrange protocol=tcp
    .step-3 = 然后重新检查。
check-net-bind_address_missing =
    .block = 本机没有地址 { $address }
    .why = { $service } 要在该地址监听，而 Docker 无法监听本机没有的地址。
    .found = 没有使用 { $address } 的网络接口
    .required = 本机有地址 { $address }
    .step-1 = 接入本机使用地址 { $address } 的网络。
    .step-2 = { $other }
    .step-3 = 然后重新检查。

# 还有谁可能占用端口。
holder-own = 此安装包的容器 { $name }
holder-other-engine = 本机上的另一个 Docker 或 Podman（{ $name }，进程 { $pid }）
holder-hidden-user = 用户 { $user } 的程序（只有管理员才能查看）

# 对端口可以做什么。
port-other-variable = 选用一个建议的端口，或在安装包的 .env 文件中将 { $name } 设为其他端口。
port-other-file = 选用一个建议的端口。
port-other-outside = 变量 { $name } 已在当前会话的环境中设置，优先于 .env 文件。在那里更改。
port-other-foreign = 无法从这里更改安装包的 .env 文件：它是指向别处的链接，或者无法读取。在那里更改端口。
port-other-in-file = 端口写在 { $file } 中，本机的 Compose 无法以其他方式读取它。在该文件中更改，或请供应商更改。
port-other-by-hand = 向供应商确认如何为 { $service } 换用其他端口。
address-other-offered = 或者按建议，让 { $service } 在本机的所有地址上监听。
address-other-by-hand = 或者向供应商确认如何为 { $service } 换用其他地址。

# 端口修复所做的事。
fix-port-variable = 将 { $service } 发布在端口 { $new }，不再使用 { $old }：在 .env 文件中设置 { $place }。
fix-port-override = 将 { $service } 发布在端口 { $new }，不再使用 { $old }：写入 { $place }，Compose 会用它覆盖供应商的文件。
fix-port-copy = 将 { $service } 发布在端口 { $new }，不再使用 { $old }：写入 { $place }，即供应商文件的副本，由 Compose 代替原文件读取。
fix-port-urls = { $effect }同时更改 { $keys } 中的端口。
fix-address-variable = 让 { $service } 在 { $new } 上监听，不再使用 { $old }：在 .env 文件中设置 { $place }。
fix-address-override = 让 { $service } 在 { $new } 上监听，不再使用 { $old }：写入 { $place }，Compose 会用它覆盖供应商的文件。
fix-address-copy = 让 { $service } 在 { $new } 上监听，不再使用 { $old }：写入 { $place }，即供应商文件的副本，由 Compose 代替原文件读取。
override-file-head = 由 Quayside 写入：与供应商文件不同的内容。

# .env 的值。
check-compose-env_missing =
    .pass = 安装包需要的值均已设置
    .unknown = 无法查看安装包的设置
    .unknown-why = 无法得知是否缺少值：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .warn = { $name } 没有值
    .block = 必须填写 { $name }
    .why = { $file } 第 { $line } 行引用了它，但没有任何地方设置它，在那里会是空值。
    .block-why = 供应商说明，没有它安装包无法工作。
    .block-demanded = 必须填写 { $name }
    .block-demanded-why = { $words ->
        [none] { $file } 第 { $line } 行需要它。缺少它 Compose 无法读取安装包。
       *[other] { $file } 第 { $line } 行需要它，并注明：{ $words }
    }
    .block-demanded-secret = 必须填写 { $name }
    .block-demanded-secret-why = { $words ->
        [none] { $file } 第 { $line } 行需要它。缺少它 Compose 无法读取安装包。
       *[other] { $file } 第 { $line } 行需要它，并注明：{ $words }
    }
    .block-demanded-secret-step-1 = 在这里填写，或运行 quayside-cli set "{ $name }=-" 后输入。
    .block-demanded-secret-step-2 = 如果已有以前安装留下的数据，使用当时的密码：数据库会保留最初的密码。
    .block-file = 缺少存放设置的文件：{ $file }
    .block-file-why = { $services } 从该文件读取设置。缺少它，Compose 无法读取此安装包。
    .block-file-found = { $file } 处没有文件
    .block-file-required = 文件 { $file }
    .block-file-step-1 = { $near ->
        [none] 从供应商的介质中复制该文件。如果那里也没有，向供应商索取。
       *[other] 查看 { $near }：如果就是它，将其复制为 { $file }，并按需填写。Quayside 可以代为复制。
    }
    .block-file-step-2 = 然后重新检查。
    .found = 没有值
    .required = .env 文件中的值
    .step-1 = 在这里填写，或运行：quayside-cli set "{ $name }=VALUE"
    .step-2 = 如果不知道该填什么，向供应商确认。
check-compose-env_placeholder =
    .warn = { $name } 仍是供应商的占位内容
    .warn-secret = { $name } 仍是供应商的占位内容
    .warn-empty = { $name } 为空
    .why = { $file } 第 { $line } 行的内容应当替换。
    .warn-secret-why = { $file } 第 { $line } 行的内容应当替换。人人都知道的密码起不到保护作用。
    .warn-empty-why = 它是服务要使用的密码或密钥，而 { $file } 第 { $line } 行没有填写。
    .found = 占位内容
    .warn-empty-found = 空
    .required = 自己的值
    .step-1 = 在这里填写，或运行：quayside-cli set "{ $name }=VALUE"
    .warn-secret-step-1 = 在这里填写，或运行 quayside-cli set "{ $name }=-" 后输入。
    .warn-secret-step-2 = 如果已有以前安装留下的数据，使用当时的密码：数据库会保留最初的密码。
    .warn-empty-step-1 = 在这里填写，或运行 quayside-cli set "{ $name }=-" 后输入。
    .warn-empty-step-2 = 如果已有以前安装留下的数据，使用当时的密码：数据库会保留最初的密码。
fix-save-values = 将 { $keys } 保存到安装包的 .env 文件。

# 未保存某个值的原因。
error-setting-refused = 未保存 { $key }：{ $reason }
env-value-name = 这不是变量名。
env-value-control = 其中有换行或其他无法写在一行中的字符。
env-value-unwritable = 本机的 Compose 无法从 .env 文件中读取这样的值。
env-value-unclear = 无法准确理解安装包的文件。用编辑器更改 .env 文件。
env-value-foreign = .env 文件是指向别处的链接，或者无法读取。
env-value-unknown = 安装包中没有变量 { $key }。
env-value-outside = { $key } 已在当前会话的环境中设置，优先于 .env 文件。
env-value-pattern = 供应商要求其他格式的值。
env-value-form = 应写作 KEY=VALUE。
env-value-no-input = 标准输入中没有内容。
