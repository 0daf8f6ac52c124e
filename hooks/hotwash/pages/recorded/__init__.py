"""Pages and files that are made of the records of all postmortems."""
