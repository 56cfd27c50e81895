"""Tests of why400.observe."""
