"""Views to take away: a table as CSV, and a page of its own that needs nothing from the net."""

from __future__ import annotations

import csv
import io
import re
from html import escape

from explorer.graph.canvas import canvas_data
from explorer.graph.view import View
from explorer.words import say_class

# pyvis 0.3.2 leaves these in its page even when it is told to inline everything
_REMOTE = re.compile(
    r"<link\b[^>]*\bhref=\"(?:https?:)?//[^>]*?/?>|<script\b[^>]*\bsrc=\"(?:https?:)?//[^>]*>\s*</script>", re.DOTALL
)


def view_rows(view: View) -> list[dict[str, str]]:
    """Relationships with both ends in words, one row for each label."""
    nodes = {node.id: node for node in view.nodes}
    return [
        {
            "from": nodes[link.source].name, "from class": say_class(nodes[link.source].type), "relationship": label,
            "to": nodes[link.target].name, "to class": say_class(nodes[link.target].type),
            "from id": link.source, "to id": link.target,
        }
        for link in view.links for label in link.labels
    ]  # fmt: skip


def to_csv(rows: list[dict[str, str]]) -> str:
    """Rows as CSV, with a header."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def to_page(view: View, title: str, origin: str) -> str:
    """A self-contained HTML page with the view, drawn by pyvis. Raises ValueError if it would fetch anything."""
    from pyvis.network import Network

    data = canvas_data(view, None, 640, origin, view.focus)
    network = Network(height="86vh", width="100%", directed=True, cdn_resources="in_line")
    for node in data["nodes"]:
        network.add_node(
            node["id"], label=node["label"], title=node["title"], x=node["x"], y=node["y"], color=node["colour"],
            shape="dot" if node["shape"] == "circle" else str(node["shape"]), size=node["size"], physics=False,
        )  # fmt: skip
    for link in data["links"]:
        network.add_edge(link["from"], link["to"], title=link["label"], color="#a9a297")
    network.set_options('{"physics": {"enabled": false}, "edges": {"smooth": false}, "interaction": {"hover": true}}')
    page = _REMOTE.sub("", network.generate_html(notebook=False))
    if found := re.search(r"(?:src|href)=[\"'](?:https?:)?//[^\"']+", page):
        raise ValueError(f"the page would fetch {found.group(0)}")
    style = "<style>body{font-family:Georgia,serif;margin:1rem}h1{font-size:1.3rem;font-weight:500}</style>"
    head = f"<title>{escape(title)}</title>{style}"
    foot = f"<p>{escape(origin)}</p>"
    page = page.replace("<head>", f"<head>{head}", 1).replace("<body>", f"<body><h1>{escape(title)}</h1>", 1)
    before, _, after = page.rpartition("</body>")
    return f"{before}{foot}</body>{after}"
