"""The demo: a real small model behind Flask, sample pictures, and rules for it. Needs the extra `demo`."""
