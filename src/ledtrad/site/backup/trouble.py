"""What stops a backup or a restoration."""


class BackupTrouble(Exception):
    """Nothing was changed. The message says in Swedish why, and what to do."""
