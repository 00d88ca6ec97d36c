"""三清单: what each kind of body may do, must do and must never do, by which flow, and how a case of an item runs."""
