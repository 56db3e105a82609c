"""What a user can mend, as opposed to what went wrong inside."""


class UserError(Exception):
    """Something the user gave cannot be used; the text is a German sentence for the user."""
