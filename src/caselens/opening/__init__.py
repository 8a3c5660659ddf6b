"""Opening ready to work: the page in Jupyter, and the command that starts it."""
