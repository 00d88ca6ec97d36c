"""Pages of the seals, and the door for boxes on the network."""
