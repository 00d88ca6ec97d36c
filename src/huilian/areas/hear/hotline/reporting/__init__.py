"""「月报」 The hotline counted: figures with one definition each, the rows behind them, the monthly report."""
