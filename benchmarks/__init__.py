"""How long the main jobs take and how much memory, beside bibtexparser and pandoc in the same run.

``python -m benchmarks`` prints a table and writes the same as JSON. A module of this folder that ends
in ``TASKS = (Task(...), ...)`` takes part; adding one touches nothing else.
"""
