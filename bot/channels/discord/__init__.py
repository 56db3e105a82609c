"""The Discord channel: translates between Discord and :mod:`bot.answers`. Only this package imports ``discord``."""
