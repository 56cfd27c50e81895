"""Experiments on an upstream: what to send next, what the answers mean, what to conclude. Sends nothing by itself."""
