"""The one error tree of Precedent.

Every error says in one line what is wrong, where, and what to do next. Programming mistakes are left as
Python's own exceptions.

    PrecedentError
     ├─ RecordError            data files: a record that cannot be read or breaks the ontology
     │   ├─ RecordSyntaxError     not YAML, a duplicate key, a wrong kind of value
     │   └─ ValidationError       one or more problems found by the record checks
     ├─ DateError              a date that is not EDTF
     ├─ OntologyError          ontology/ itself is inconsistent
     ├─ StoreError             the graph database
     │   ├─ StoreUnavailable      no server answers, wrong credentials
     │   ├─ GraphEmpty            the server answers but nothing was built yet
     │   ├─ QueryRefused          reader's Cypher that is not allowed
     │   ├─ QueryFailed           reader's Cypher that the engine rejects (syntax, type)
     │   └─ QueryTimeout          reader's Cypher cut off by the time limit
     ├─ ModelError             the embedding model or the language model for names
     ├─ NotFound               an id that no record has
     └─ UsageError             input that cannot be understood (an empty text, an impossible date)

Each class carries the exit code the command line ends with.
"""


class PrecedentError(Exception):
    """Base of every error that a reader can do something about."""

    exit_code = 1


class RecordError(PrecedentError):
    """A data file holds something that cannot become a record."""

    exit_code = 3


class RecordSyntaxError(RecordError):
    """The file is not YAML of the expected shape."""


class ValidationError(RecordError):
    """Records break the ontology; the message lists every problem."""


class DateError(PrecedentError):
    """A date is not valid EDTF."""

    exit_code = 3


class OntologyError(PrecedentError):
    """The files of ontology/ contradict one another."""

    exit_code = 4


class StoreError(PrecedentError):
    """The graph database refused or failed."""

    exit_code = 5


class StoreUnavailable(StoreError):
    """No graph database answers."""


class GraphEmpty(StoreError):
    """The database answers, but holds no graph yet."""


class QueryRefused(StoreError):
    """A reader's query asks for something that readers may not do."""

    exit_code = 6


class QueryFailed(StoreError):
    """The engine rejects a reader's query."""

    exit_code = 6


class QueryTimeout(StoreError):
    """A reader's query ran into the time limit."""

    exit_code = 6


class ModelError(PrecedentError):
    """A language model cannot be found or is not the one expected."""

    exit_code = 7


class NotFound(PrecedentError):
    """No record has the id that was asked for."""

    exit_code = 8


class UsageError(PrecedentError):
    """The input cannot be understood."""

    exit_code = 2
