# Checks about package: one message per id, as in check.ftl, and what their fixes do.
