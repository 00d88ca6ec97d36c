"""Screens of the services that are not a register; one application is /desk/cases/<number>/."""
