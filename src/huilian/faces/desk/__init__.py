"""「工作台」 The desk of officials: my tasks, all cases, supervisions, and the page of one case."""
