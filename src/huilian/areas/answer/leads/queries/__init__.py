"""Reading leads: who sees which, marks and links, figures."""
