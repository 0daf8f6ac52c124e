"""Language that describes what happened and which conditions allowed it, and judges nobody."""
