"""What reporting's pages show, ready to print."""
