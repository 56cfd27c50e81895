"""What is sent over a real socket for each cause of the catalogue, and what the server behind us answers."""
