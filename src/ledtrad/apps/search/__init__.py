"""Finding goals, indicators, activities and assessments by Swedish words."""
