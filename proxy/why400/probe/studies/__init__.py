"""One question a file: what is sent, and what the answers mean. Each adds lines to the contract."""
