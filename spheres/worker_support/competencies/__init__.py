"""Where does a worker stand in what this work asks? Said for herself; together, never who."""
