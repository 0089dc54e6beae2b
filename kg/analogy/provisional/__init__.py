"""Provisional cases: what a reader's text suggests, read clause by clause, every fact marked as presumed."""

from kg.analogy.provisional.make import CaseReader, provisional_case

__all__ = ["CaseReader", "provisional_case"]
