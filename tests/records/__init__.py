"""Tests of why400.records."""
