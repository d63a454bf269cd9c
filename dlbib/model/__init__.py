"""What a reference is: values and pure functions; no I/O, no SQL, no format."""
