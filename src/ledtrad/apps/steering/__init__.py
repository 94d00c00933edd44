"""The steering year (styråret): its calendar of phases, and the decisions that change a plan."""
