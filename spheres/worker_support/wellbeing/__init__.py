"""How is a worker, for herself alone? What she answers is read by nobody else."""
