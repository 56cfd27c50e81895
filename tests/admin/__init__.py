"""Tests of why400.admin."""
