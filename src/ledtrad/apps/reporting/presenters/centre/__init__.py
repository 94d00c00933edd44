"""What the centre's pages show, worked out from what the queries read."""
