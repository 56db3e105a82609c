"""What can be printed or shown around: the timeline as a picture, and a sheet for a meeting."""
