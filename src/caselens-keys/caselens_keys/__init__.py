"""The keys of the graded cases, as files beside this one in `keys/`."""
