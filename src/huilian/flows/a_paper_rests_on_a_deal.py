"""「按成交办事」 Contracts and works that name a deal of the exchange ask for it; the exchange answers."""

from huilian.areas.watch.exchange.queries.grounds import check, find
from huilian.engine.procedures import grounds

grounds.provide("deal", check, find)
