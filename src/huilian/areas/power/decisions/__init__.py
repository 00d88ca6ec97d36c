"""「民主决策」 How a village, its cooperative and a township decide: chains, meetings, votes, publications."""
