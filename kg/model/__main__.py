"""`python -m kg.model [--data DIR] [PATH…]` prints what is wrong with data files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.errors import PrecedentError, ValidationError
from kg.model.validation import validate_paths


def main(arguments: list[str] | None = None) -> int:
    """Print the problems of the files; 0 when there are no errors, 3 when there are."""
    parser = argparse.ArgumentParser(prog="python -m kg.model", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders; all of the data if none is named")
    parser.add_argument("--data", type=Path, default=Path("data"), help="what references may name (default: data)")
    options = parser.parse_args(arguments)
    try:
        problems = validate_paths(options.paths or [options.data], options.data)
    except PrecedentError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for problem in problems:
        print(problem)
    errors = sum(p.severity == "error" for p in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings", file=sys.stderr)
    return ValidationError.exit_code if errors else 0


if __name__ == "__main__":
    sys.exit(main())
