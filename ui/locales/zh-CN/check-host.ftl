# 检查（host）：格式同 check.ftl，以及其修复所做的事。
