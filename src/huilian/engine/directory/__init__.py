"""「单位与人」 Places, units, posts, people and their appointments; organisations, kin, work groups."""
