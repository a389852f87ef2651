"""Her safety: her net, her plan for when it gets heavy, how she stays on course."""
