"""The command line: `precedent …`. One module a command group; nothing heavy is imported before it is needed."""

from explorer.cli.main import main

__all__ = ["main"]
