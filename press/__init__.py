"""Makes the documentation: `python -m press` builds the site, `python -m press.pictures` the pictures.

site       Markdown of `docs/` and of the checkout's own files, as pages that need no network
commands   the page of all commands, from what each says of itself
records    the page of all records and that of the Python functions, from the code
tables     the page of all assumptions and word lists, from the files beside the code
notebook   the example notebook, run and written with what it shows
pictures   screenshots of the program as it runs
"""
