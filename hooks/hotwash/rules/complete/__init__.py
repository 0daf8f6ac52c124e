"""The postmortem is whole, readable and true to itself."""
