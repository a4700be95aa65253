# Checks about files: one message per id, as in check.ftl, and what their fixes do.
