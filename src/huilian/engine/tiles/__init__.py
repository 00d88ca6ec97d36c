"""「看板」 Pieces of a dashboard: what they show, how it is counted, where the rows behind them stand."""
