"""The fixes: one file each, a change that makes a failed check hold. Adding one is adding a file with `FIX`."""
