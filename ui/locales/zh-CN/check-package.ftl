# 检查（package）：格式同 check.ftl，以及其修复所做的事。
