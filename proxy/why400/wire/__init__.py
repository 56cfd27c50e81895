"""Bytes in and out: receive, forward, the upstream pool, tunnels, headers."""
