"""The front door of zhize (职责): the ``zhize`` command line, one module a command."""
