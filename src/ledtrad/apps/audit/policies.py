"""What an action answers when it must not be done."""


class Refused(Exception):
    """An action that may not be done. The message is a whole sentence for the person who asked; nothing was stored."""


def check_actor(by: str) -> None:
    """Everything that is done is done by somebody."""
    if not by.strip():
        raise Refused("Ange vem som gör ändringen. Ingenting har sparats.")
