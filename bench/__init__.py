"""What the runbook takes in time and memory, against baselines measured in the same run. `make bench`."""
