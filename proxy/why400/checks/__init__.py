"""The checks: one file each, a yes/no question about facts. Adding one is adding a file with `CHECK`."""
