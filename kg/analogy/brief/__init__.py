"""The brief: everything that is shown about a situation's analogues, as one object behind page, exports and JSON."""
