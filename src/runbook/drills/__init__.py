"""Drills: scenarios played on the real thing, scored from the record alone, and reported on.

`room` is what both front ends do in a drill at a desk; everything else here is pure: the score, the report, the events
list as a sheet. What is decided and recorded is in `actions.drills`, what is due in `script`.
"""
