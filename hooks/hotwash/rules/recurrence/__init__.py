"""The same incident does not happen twice without anybody noticing."""
