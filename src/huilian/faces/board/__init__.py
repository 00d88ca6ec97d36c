"""「看板」 The wall of the county and the one-page monthly, for leaders."""
