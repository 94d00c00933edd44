"""The city auditors (stadsrevisionen): their own opinions beside the city's, and the answers they get."""
