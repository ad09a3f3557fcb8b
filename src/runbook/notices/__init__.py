"""Notices: texts for others, made of the incident's facts.

A template says how; it can use nothing but facts, each of which says by itself how sure it is (`views`). `drafting` is
the whole way from a case to a checked draft; `rendering` in it is pure, `templates` reads the files, `sandbox` compiles
them, `marks` and `files` are for what leaves the program.
"""
