"""Measures of quality and speed. Each runner prints one JSON object on standard output, all else on standard error."""
