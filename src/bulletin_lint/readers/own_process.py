"""Whether this process is the program's own, or that of another program which called it."""

from __future__ import annotations


class OwnProcess:
    """What a reader may do to a library that a whole process has once: as it likes, or as a guest."""

    def __init__(self) -> None:
        self.is_claimed = False
        """Nobody else calls libraries here."""

    def claim(self) -> None:
        """Says that this process is the program's own: one that only reads and judges files."""
        self.is_claimed = True


OWN_PROCESS = OwnProcess()
