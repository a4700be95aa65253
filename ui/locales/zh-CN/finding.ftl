# 安装包无法读取的原因。

error-package-not-found = 目录 { $path } 不存在。
error-package-packed = { $path } 是压缩包。需要先解压，再选择解压得到的目录。
error-package-is-file = { $path } 是一个文件。需要选择它所在的目录。
error-package-empty =
    { $path } 中没有 Compose 文件。已在该目录及其 docker/ 子目录中查找 { $files }。{ $count ->
        [0] 该目录为空。
       *[other] 只找到：{ $found }。
    }{ $near ->
        [none] { "" }
       *[other] Compose 文件位于 { $near }，可选择该目录。
    }
found-folders = { $count } 个文件夹
found-files = { $count } 个 { $kind } 文件
found-others = { $count } 个其他文件
found-separator = 、
error-package-unreadable = 无法读取 { $path }：{ $reason }
error-compose-yaml_syntax =
    { $line ->
        [0] 无法读取 { $file }
       *[other] 无法读取 { $file }，第 { $line } 行
    }：{ $reason }。需要向供应商重新索取此文件。
error-compose-schema_invalid =
    { $line ->
        [0] Compose 不接受 { $file }
       *[other] Compose 不接受 { $file }，第 { $line } 行
    }：{ $reason }。需要由供应商更正。
error-compose-env_missing =
    { $key ->
        [none] 缺少 env 文件 { $file }：有服务要从中读取设置。需要从供应商的介质中恢复。
       *[other] { $line ->
            [0] { $file }：{ $key } 没有值
           *[other] { $file } 第 { $line } 行：{ $key } 没有值
        }：{ $reason }。可在安装包的 .env 文件中设置。
    }
error-env-file-invalid =
    { $line ->
        [0] 无法读取 { $file }
       *[other] 无法读取 { $file }，第 { $line } 行
    }：{ $reason }。需要更正这一行；以引号开头的值也必须以引号结尾。
error-compose-remote =
    { $line ->
        [0] { $file }
       *[other] { $file } 第 { $line } 行
    }：{ $key } 指向互联网上的内容：{ $reason }。Quayside 不会获取任何内容，需要由供应商放入安装包。
error-compose-undefined_ref =
    { $line ->
        [0] { $file }
       *[other] { $file } 第 { $line } 行
    }：{ $key ->
        [none] 引用了此文件，但文件不存在
       *[other] 使用了 { $key }，但没有定义
    }：{ $reason }。需要由供应商更正。
error-compose-version_unsupported =
    { $line ->
        [0] { $file }
       *[other] { $file } 第 { $line } 行
    }：本机的 Compose（{ $compose }）{ $key ->
        [none] 不接受此文件：{ $reason }
       *[other] 不支持这里写的 { $key }
    }，{ $needs ->
        [none] 需要较新版本的 Docker Compose。
       *[other] 需要 Docker Compose { $needs } 或更新版本。
    }
error-compose-dependency_cycle =
    { $file } 中存在循环，都无法启动：{ $key ->
        [none] { $reason }
       *[other] { $key }
    }。需要由供应商更正。
error-compose-missing = 未安装 Docker Compose。只有 Docker 无法启动安装包。
error-compose-timed-out = { $program } 在 { $seconds } 秒内没有响应，已被终止。
error-compose-not-started = { $program } 无法启动：{ $reason }
error-compose-failed = Compose 执行出错（{ $verb }）：{ $reason }

# YAML 文件的问题，用于 error-compose-yaml_syntax 之内。

yaml-web-page = 这是保存下来的网页，不是 Compose 文件
yaml-tab = 有一行以制表符开头，而这里只能使用空格
yaml-duplicate-key = “{ $key }”出现了两次
yaml-hostile = 内容无限展开或嵌套过深
yaml-too-large = 文件过大，不可能是 Compose 文件
yaml-encoding = 文本编码既不是 UTF-8 也不是 UTF-16

# 整个 Compose 文件的问题，用于 error-compose-schema_invalid 之内。

compose-empty = 文件是空的
compose-no-mapping = 内容是文本，但不是 Compose 文件

# Compose 文件中某一处的问题，用于同一句之内。

compose-at = { $key }：{ $reason }
compose-unknown-key = Compose 不支持键 { $name }
compose-missing-key = 缺少键 { $name }
compose-type =
    必须是{ $kind ->
        [number] 数字
        [bool] { " true 或 false" }
        [list] 列表
        [mapping] 映射
       *[text] 文本
    }
compose-one-of = 必须是 { $words } 之一
compose-twice = 有重复的条目
compose-service-name = “{ $name }”不能用作服务名
compose-included-twice = 被包含的文件中也有服务 { $name }
compose-no-image = 既没有 image 也没有 build
compose-mode-and-networks = 不能与 network_mode 同时使用
compose-external-and = 外部资源不能再有 { $name }
compose-scale-twice = 与 deploy.replicas 的数值不同
compose-one-name-for-many = 只有一个名称，却要用于多个容器
compose-bad-value = 不能是“{ $value }”
compose-bad-port = “{ $value }”不是端口
compose-bad-volume = “{ $value }”不是挂载
compose-named-by = 服务 { $service } 在 { $place } 中引用了它
compose-project-name = COMPOSE_PROJECT_NAME 为“{ $name }”，但只能包含小写字母、数字、- 和 _，并以字母或数字开头
compose-folder-name = Compose 用目录名中的拉丁字母和数字生成项目名，而“{ $folder }”中没有。可以重命名该目录，或在 .env 中设置 COMPOSE_PROJECT_NAME
compose-file-list = COMPOSE_FILE 为空或其中有空的部分，Compose 因此把目录当成文件。需要写出文件名，或删除这一行
compose-no-file = { $file } 不存在

# env 文件某一行的问题，用于 error-env-file-invalid 之内。

env-file-space = “=”之前的名称中有空格
env-file-character = “=”之前的名称中有不允许的字符
env-file-quote = 引号没有结束

# 可以读取的安装包中值得注意之处。

finding-value-needed = 变量 { $name } 没有值，缺少它 Compose 无法读取安装包。
finding-compose-env_missing = 变量 { $name } 没有值，因此为空。
finding-package-no-services = { $file } 中没有要启动的服务。
finding-compose-undefined_ref = { $service } 需要 { $missing }，而它属于未启用的 profile，Compose 因此都不会启动。
finding-mount-source_missing = 缺少文件 { $file }。{ $service } 需要把它挂载到 { $target }。
finding-mount-file_vs_dir = { $file } 是目录，但 { $service } 在 { $target } 处需要一个文件。
finding-image-archive_empty = { $file } 是空文件。需要从供应商的介质重新复制。
finding-image-archive_unreadable = 无法读取 { $file }：{ $reason }
finding-image-archive_permission = 当前用户无权读取 { $file }。需要请文件的所有者或管理员在安装包文件夹中运行：chmod a+rX "{ $file }"
finding-image-archive_foreign = { $file } 中没有镜像：{ $reason }。从供应商的介质重新复制，或向供应商索取正确的文件。
finding-image-archive_window = 无法在本机解压 { $file }：{ $reason }。需要请供应商用 zstd 重新压缩，不使用 --long 和 --ultra。也可以在任何一台空间足够的计算机上运行 zstd -d --long=31 "{ $file }"，再用得到的 .tar 文件替换它。
finding-image-archive_corrupt = { $file } 已损坏：{ $reason }。需要从供应商的介质重新复制。
finding-image-platform_name = { $file } 中的 { $image } 名称标注为 { $claimed }，实际平台是 { $platform }。
finding-quayside-unknown-key =
    { $line ->
        [0] { $file }
       *[other] { $file } 第 { $line } 行
    }：无法识别 { $key }，该项不起作用。{ $nearest ->
        [none] { "" }
       *[other] 也许应为 { $nearest }。
    }
finding-quayside-unknown-service = { $file } 提到了服务 { $service }，但 compose 文件中没有它。
finding-quayside-wrong-type =
    { $line ->
        [0] { $file }
       *[other] { $file } 第 { $line } 行
    }：{ $key } 应为{ $expected }；该项不起作用。
finding-quayside-bad-value =
    { $line ->
        [0] { $file }
       *[other] { $file } 第 { $line } 行
    }：{ $key } 不起作用：{ $reason }。
finding-quayside-other-project = { $file } 将项目称为 { $name }，而 Compose 称之为 { $project }。
finding-quayside-invalid =
    { $line ->
        [0] 无法读取 { $file }
       *[other] 无法读取 { $file }，第 { $line } 行
    }：{ $reason }。标题和版本将不显示。

# 镜像文件的问题，用于以上句子之内。

archive-empty = 0 字节
archive-web-page = 这是保存下来的网页，通常是下载失败留下的
archive-kind = 这是 { $kind } 文件
archive-unknown-kind = 这不是 tar 归档
archive-truncated = 文件不完整
archive-damaged = 内容前后矛盾（{ $detail }）
archive-no-manifest = 缺少镜像清单（manifest.json 或 index.json）
archive-large-window = 压缩窗口超过 64 MB，所需内存超出 Quayside 的使用范围
archive-no-images = 这个 tar 归档中没有镜像

# quayside.yaml 中的问题，用于以上句子之内。

quayside-a-mapping = 键值对
quayside-a-text = 文本
quayside-a-text-per-language = 文本，或每种语言一段文本
quayside-yes-or-no = true 或 false
quayside-a-list = 列表
quayside-a-page = 页面（例如 /admin）、false，或 port、scheme 和 path
quayside-outside = 文件必须在安装包内
quayside-not-there = 文件不存在
quayside-no-picture = 图片只能是 .png、.jpg 或 .webp
quayside-picture-too-large = 图片超过 512 KiB
quayside-no-email = 这不是电子邮件地址
quayside-no-url = 只能打开 http 和 https
quayside-no-size = 这不是大小；4GB 和 512m 才是
quayside-no-version = 这不是版本号；24.0 才是
quayside-no-number = 这不是处理器数量
quayside-no-duration = 这不是 4 小时以内的时间；90s 和 2m 才是
quayside-no-port = 这不是端口
quayside-no-page = 页面以一个斜杠开头，且不含空格
quayside-no-variable = 每项设置都需要一个 key，即变量名
quayside-no-pattern = { $key } 的 pattern 不是正则表达式
quayside-no-default = { $key } 的 default 不符合其 pattern
quayside-twice = { $key } 出现了两次
quayside-no-digest = SHA-256 应为 64 位十六进制数字
