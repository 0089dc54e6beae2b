"""Briefs as people read and keep them: made by `BriefDesk`, written as Markdown, DOCX or JSON."""

from explorer.briefs.desk import BriefDesk
from explorer.briefs.files import write_docx, write_json, write_markdown

__all__ = ["BriefDesk", "write_docx", "write_json", "write_markdown"]
