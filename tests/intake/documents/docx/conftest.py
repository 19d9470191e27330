"""The scripts here need programs that the tests do not: pytest shall not import them to look for examples."""

collect_ignore_glob = ["*.py"]
