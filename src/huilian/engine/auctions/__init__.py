"""「网络竞价」 Bidding in the open: timed and sealed auctions that anybody can judge again."""
