"""What people see on a terminal, as rich draws it; loaded by those who draw, for rich takes a while to load."""
