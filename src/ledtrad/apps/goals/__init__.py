"""Goals: the objective tree, who must assess what, the assessments, and the city's verdicts."""
