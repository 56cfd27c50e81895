"""Fingerprints of replies: one file a framework, server or library; each exports `FINGERPRINTS`."""
