"""The graph of diplomatic history and what can be asked of it."""
