"""Views of the graph: what is shown (view, questions, steps), where it stands (layout), how it is drawn and taken away."""
