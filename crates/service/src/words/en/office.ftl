# The office page.
