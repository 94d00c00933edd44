"""What is sent about surveys."""
