"""What a worker writes for herself alone, which goes when she leaves."""
