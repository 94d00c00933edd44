"""Putting the demo city into the database, through the apps' actions and nothing else."""
