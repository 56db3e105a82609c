"""The channels: each translates between one kind of chat and :mod:`bot.answers`."""
