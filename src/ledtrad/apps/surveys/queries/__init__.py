"""Reading surveys: what is said of them, and what their answers say."""
