# The status page.
