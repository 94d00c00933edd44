"""People (personer): who they are, how they sign in, which roles they hold and what they answer for."""
