"""What the answers of a wave are divided by, and what stands where nothing is said. Plain names, quick to load."""

DISTRICT, SEX, AGE = "district", "sex", "age"
UNKNOWN = "?"  # the district, sex or age of those who did not say
NUMBER = "tal"  # the only answer to a question that is answered by a number
