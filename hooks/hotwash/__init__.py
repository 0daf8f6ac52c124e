"""hotwash: Git-native, blameless postmortems."""

__version__ = "0.1.0"
