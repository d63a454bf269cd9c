"""dlbib: a bibliography and citation database library."""
