"""What people touch: the command line, the pages, the graph views and the exports."""
