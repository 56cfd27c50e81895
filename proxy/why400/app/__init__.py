"""Assembly: what the rooms export is collected into tables, and everything is built here and nowhere else.

`tables` are what is collected, `rules` what is read from files, `traffic` a worker, `parent` the process above them.
"""
