"""`python -m bench [NAME…]`: run all measurements, or those named. Each prints its figure beside its floor from the same run.

`bench.learn_adapter` is no measurement and is run by its own name.
"""

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    known = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith(("_", "learn_")))
    chosen = sys.argv[1:] or known
    for name in chosen:
        if name not in known:
            sys.exit(f"no measurement {name!r}: choose from {', '.join(known)}")
    for name in chosen:
        print(f"== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
