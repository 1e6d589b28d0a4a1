"""Hypothesis strategies for the parts of a program."""
