"""「工作日历」 Which days count, for the nation and for a place, as dated tables with the document they come from."""
