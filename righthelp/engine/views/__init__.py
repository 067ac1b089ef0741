"""Pages that the engine makes from any process's page: its list, its record, its forms."""
