"""What the goals' pages show, worked out from what the queries read."""
