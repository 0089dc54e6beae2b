"""Values of a query's result as one line of text."""

from __future__ import annotations

from typing import Any


def say_value(value: Any) -> Any:
    """Numbers stay numbers; nodes by name and class, relationships by type, lists joined, missing as nothing."""
    if value is None:
        return ""
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return ", ".join(str(say_value(item)) for item in value)
    if isinstance(value, dict):
        if "labels" in value and "props" in value:
            return f"{value['props'].get('name') or value['id']} ({(value['labels'] or ['node'])[0]})"
        if "source" in value and "type" in value:
            return f"[{value['type']}]"
        return ", ".join(f"{key}: {say_value(item)}" for key, item in value.items())
    return str(value)
