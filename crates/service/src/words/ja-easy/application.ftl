# The application.
