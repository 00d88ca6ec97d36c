"""「依决议办事」 Payments, contracts, listings, works and seals ask for a decision; its register answers."""

from huilian.areas.power.decisions.queries import check, find
from huilian.engine.procedures import grounds

grounds.provide("decision", check, find)
