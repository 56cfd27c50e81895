"""Decode work in worker processes: a pool with deadlines, memory limits and a bounded queue."""
