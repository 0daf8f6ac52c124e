"""Prose read without a model: blocks, sentences, and who does what."""
