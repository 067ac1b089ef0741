"""What must hold whatever happens: random walks over every process that there is."""
