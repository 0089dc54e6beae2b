"""Briefs as people read and keep them: made by `BriefDesk`, written as Markdown, DOCX or JSON, their sources as CSL-JSON."""

from explorer.briefs.desk import BriefDesk
from explorer.briefs.files import write_docx, write_json, write_markdown, write_sources

__all__ = ["BriefDesk", "write_docx", "write_json", "write_markdown", "write_sources"]
