collect_ignore_glob = ["make.py", "making/*"]  # they need programs that the tests do not
