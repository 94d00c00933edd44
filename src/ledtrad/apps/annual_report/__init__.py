"""The annual report: editions, their sections and statements, what checking found, publication."""
