"""The runbook: led through the hours after personal data goes missing, in earnest or in a drill."""

__version__ = "0.1.0"
