"""Reads of the services: public ones in `public`, those of the desk in `desk`, figures in `figures`."""
