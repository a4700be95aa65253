# Checks about ports: one message per id, as in check.ftl, and what their fixes do.
